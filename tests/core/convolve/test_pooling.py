"""Pooling keeps one value per window, whatever stands beyond the last whole one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core.convolve.pooling import pool2d, pooled_size
from playground.core.errors import PlaygroundError
from playground.core.specs import Pool2DSpec

COMBINE = {"max": np.max, "average": np.mean}
kinds = st.sampled_from(["max", "average"])


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 6), kinds, st.integers(0, 99))
def test_each_window_becomes_its_maximum_or_its_mean(height, width, size, kind, seed):
    values = np.random.default_rng(seed).normal(size=(2, height, width))
    before = values.copy()
    if min(height, width) < size:
        with pytest.raises(PlaygroundError, match=f"{size} × {size}"):
            pool2d(values, Pool2DSpec(kind, size))
        return
    pooled = pool2d(values, Pool2DSpec(kind, size))
    assert pooled.shape == (2, *pooled_size((height, width), size))
    for k, i, j in np.ndindex(pooled.shape):
        window = values[k, i * size : (i + 1) * size, j * size : (j + 1) * size]
        assert pooled[k, i, j] == pytest.approx(COMBINE[kind](window), abs=1e-12)
    assert np.array_equal(values, before)


def test_rows_and_columns_that_fill_no_window_are_left_out():
    assert pooled_size((7, 8), 3) == (2, 2)


@pytest.mark.parametrize("kind", ["max", "average"])
def test_a_window_of_one_changes_nothing_and_shares_nothing(kind):
    values = np.random.default_rng(0).normal(size=(4, 5)).astype(np.float32)
    pooled = pool2d(values, Pool2DSpec(kind, 1))
    assert np.array_equal(pooled, values)
    assert pooled.dtype == np.float32
    assert not np.shares_memory(pooled, values)


def test_the_maximum_of_negative_values_is_negative():
    assert pool2d(np.array([[-1.0, -2.0], [-3.0, -4.0]]), Pool2DSpec("max", 2)) == -1
