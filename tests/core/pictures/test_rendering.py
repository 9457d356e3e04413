"""Maps become pictures: zero stays neutral, means stay means, a few extremes do not bleach."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.pictures.rendering import (
    ZERO_INDEX,
    StatsCollector,
    quantize,
    reduce_columns,
    reduce_rows,
)


def random_map(height: int, width: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(height, width)).astype(np.float32)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 12), st.integers(0, 99))
def test_each_reduced_value_is_the_mean_of_its_block(height, width, step, seed):
    values = random_map(height, width, seed)
    reduced = reduce_columns(reduce_rows(values, step), step)
    rows, columns = -(-height // step), -(-width // step)
    assert reduced.shape == (rows, columns)
    for row in {0, rows - 1}:
        for column in {0, columns - 1}:
            block = values[row * step : (row + 1) * step, column * step : (column + 1) * step]
            assert reduced[row, column] == pytest.approx(block.mean(), abs=1e-5)


def test_reducing_leaves_the_map_as_it_was():
    values = random_map(10, 10, 0)
    before = values.copy()
    reduce_columns(reduce_rows(values, 3), 3)
    assert np.array_equal(values, before)


@given(st.floats(1e-3, 1e3))
def test_zero_is_the_middle_entry_and_the_level_the_ends(level):
    values = np.array([[-2 * level, -level, 0.0, level, 2 * level]], np.float32)
    assert quantize(values, level).tolist() == [[0, 0, ZERO_INDEX, 254, 254]]


def test_a_map_of_zeros_is_neutral():
    assert set(quantize(np.zeros((3, 3), np.float32), 0.0).ravel()) == {ZERO_INDEX}


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 7), st.integers(0, 99))
def test_statistics_from_strips_are_those_of_the_whole_map(height, width, strip, seed):
    values = np.maximum(random_map(height, width, seed), 0)
    collector = StatsCollector(values.shape)
    for top in range(0, height, strip):
        collector.add(top, values[top : top + strip])
    stats = collector.stats()
    assert stats.minimum == values.min()
    assert stats.maximum == values.max()
    assert stats.mean == pytest.approx(values.mean(), abs=1e-5)
    assert stats.zeros == pytest.approx((values == 0).mean())


def test_one_extreme_pixel_does_not_bleach_a_map():
    values = random_map(128, 128, 1)
    values[5, 5] = 1000
    collector = StatsCollector(values.shape)
    collector.add(0, values)
    assert collector.level() < 5


def test_a_single_bright_pixel_sets_the_level_itself():
    values = np.zeros((128, 128), np.float32)
    values[60, 60] = 2.0
    collector = StatsCollector(values.shape)
    collector.add(0, values)
    assert collector.level() == 2.0
