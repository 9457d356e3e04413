"""Mirrored and shifted pictures."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.datasets.augment import mirror_and_shift
from playground.core.errors import PlaygroundError


def numbered(count=20, height=5, width=7, channels=2):
    """Pictures in which every value is another."""
    shape = (count, height, width, channels)
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


def versions(picture, shift, mirror):
    """Every picture that may come out, by padding and cropping."""
    height, width, _ = picture.shape
    for seen in (picture, picture[:, ::-1]) if mirror else (picture,):
        padded = np.pad(seen, ((shift, shift), (shift, shift), (0, 0)), mode="edge")
        for top in range(2 * shift + 1):
            for left in range(2 * shift + 1):
                yield padded[top : top + height, left : left + width]


@given(
    st.integers(0, 5),
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(0, 8),
    st.booleans(),
    st.integers(0, 99),
)
def test_each_picture_is_a_crop_of_itself_with_its_edges_repeated(
    count, height, width, shift, mirror, seed
):
    batch = numbered(count, height, width)
    changed = mirror_and_shift(batch, np.random.default_rng(seed), mirror, shift)
    assert changed.shape == batch.shape
    for before, after in zip(batch, changed, strict=True):
        assert any(np.array_equal(after, one) for one in versions(before, shift, mirror))


def test_all_versions_come_up():
    batch = np.repeat(numbered(1), 2000, axis=0)
    changed = mirror_and_shift(batch, np.random.default_rng(0), shift=1)
    expected = {one.tobytes() for one in versions(batch[0], 1, mirror=True)}
    assert {one.tobytes() for one in changed} == expected
    assert len(expected) == 18


def test_about_half_are_mirrored():
    batch = numbered(1000)
    changed = mirror_and_shift(batch, np.random.default_rng(0), shift=0)
    mirrored = (changed == batch[:, :, ::-1]).all((1, 2, 3))
    assert 400 < mirrored.sum() < 600
    np.testing.assert_array_equal(changed[~mirrored], batch[~mirrored])


def test_the_input_stays_and_the_result_is_new():
    batch = numbered()
    kept = batch.copy()
    for mirror, shift in ((True, 2), (False, 2), (True, 0), (False, 0)):
        changed = mirror_and_shift(batch, np.random.default_rng(0), mirror, shift)
        assert not np.shares_memory(changed, batch)
        changed[:] = -1
        np.testing.assert_array_equal(batch, kept)


def test_a_read_only_batch_is_enough():
    batch = numbered()
    batch.flags.writeable = False
    changed = mirror_and_shift(batch, np.random.default_rng(0))
    assert changed.flags.writeable
    assert changed.flags.c_contiguous


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_type_of_the_values_stays(dtype):
    assert mirror_and_shift(numbered().astype(dtype), np.random.default_rng(0)).dtype == dtype


def test_neither_changes_nothing():
    batch = numbered()
    changed = mirror_and_shift(batch, np.random.default_rng(0), mirror=False, shift=0)
    np.testing.assert_array_equal(changed, batch)


def test_the_generator_decides():
    batch = numbered()
    first, same, other = (mirror_and_shift(batch, np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("part", [slice(0, 7), slice(7, 20), slice(4, 5)])
def test_a_picture_is_moved_alike_in_every_part_of_its_batch(part):
    batch = numbered()
    whole = mirror_and_shift(batch, np.random.default_rng(0))
    some = mirror_and_shift(
        batch[part], np.random.default_rng(0), start=part.start, whole=len(batch)
    )
    np.testing.assert_array_equal(some, whole[part])


def test_a_shift_below_zero_is_refused():
    with pytest.raises(PlaygroundError, match=r"0 pixels or more, not by -1\.$"):
        mirror_and_shift(numbered(), np.random.default_rng(0), shift=-1)


def test_a_batch_takes_a_few_milliseconds():
    batch = np.zeros((64, 28, 28, 1), np.float32)
    rng = np.random.default_rng(0)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        mirror_and_shift(batch, rng)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.005
