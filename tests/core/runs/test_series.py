"""A series keeps its newest numbers, and the means of its oldest, in bounded memory."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.core.runs.series import MOST_MEANS, NEWEST, Series


def counted(count, some=1000):
    """The numbers 0, 1, 2 … of which some come at a time."""
    series = Series(np.float64)
    for start in range(0, count, some):
        series.extend(np.arange(start, min(start + some, count), dtype=np.float64))
    return series


def test_a_series_grows_and_is_cut():
    series = Series()
    for number in range(1000):
        series.append(number)
    assert series.since(990).tolist() == list(range(990, 1000))
    series = series.until(3)
    series.append(7)
    assert series.since(0).tolist() == [0, 1, 2, 7]


def test_numbers_come_back_as_they_went_in_until_they_are_very_many():
    count = MOST_MEANS + NEWEST
    assert np.array_equal(counted(count).since(0), np.arange(count))


@given(count=st.integers(0, 400_000), some=st.sampled_from([777, 5000, 20_000]))
def test_however_many_there_are_memory_is_bounded_and_the_newest_are_exact(count, some):
    series = counted(count, some)
    assert len(series) == count
    start = max(0, count - NEWEST // 2)
    assert np.array_equal(series.since(start), np.arange(start, count))
    assert len(series.points()[1]) <= MOST_MEANS + 3 * NEWEST


def test_old_numbers_are_means_at_even_distances():
    series = counted(300_000)
    counts, means = series.points()
    every = counts[0]
    assert every > 1
    assert np.array_equal(np.diff(counts), np.full(len(counts) - 1, every))
    assert np.allclose(means, counts - (every + 1) / 2)
    assert np.allclose(series.since(0), np.arange(300_000), atol=every)


@given(kept=st.integers(0, 120_000))
def test_a_long_series_is_cut_anywhere(kept):
    series = counted(120_000, 20_000)
    series = series.until(kept)
    assert len(series) == kept
    assert np.allclose(series.since(0), np.arange(kept), atol=16)
    series.append(-1.0)
    assert series.since(kept).tolist() == [-1.0]


def test_one_by_one_is_the_same_as_together():
    one, other = Series(), Series()
    numbers = np.random.default_rng(0).random(60_000).astype(np.float32)
    for number in numbers:
        one.append(number)
    other.extend(numbers)
    assert np.allclose(one.since(0), other.since(0), atol=1)
    assert len(one) == len(other)
