"""Pooling layers: what each window becomes, and where its gradient goes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.convolve.pooling import pool2d
from playground.core.errors import PlaygroundError
from playground.core.specs import Pool2DSpec
from tests.core.differences import check_network, spaced

KINDS = {"max": layers.MaxPool2D, "average": layers.AveragePool2D}
sizes = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 3))


@settings(max_examples=100, deadline=None)
@given(sizes, st.integers(1, 4), st.integers(1, 3), st.sampled_from(sorted(KINDS)))
def test_outputs_and_gradients(shape, size, count, kind):
    if min(shape[:2]) < size:
        with pytest.raises(PlaygroundError, match=f"{size} × {size}"):
            Network([KINDS[kind](size)], shape)
        return
    network = Network([KINDS[kind](size)], shape)
    batch = spaced((count, *shape), np.random.default_rng(size))
    maps = batch.transpose(0, 3, 1, 2)
    expected = pool2d(maps, Pool2DSpec(kind, size)).transpose(0, 2, 3, 1)
    assert network.forward(batch) == pytest.approx(expected, abs=1e-12)
    check_network(network, batch)


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(1, 3))
def test_global_average(shape, count):
    network = Network([layers.GlobalAveragePool2D()], shape)
    batch = np.random.default_rng(count).normal(size=(count, *shape))
    assert network.forward(batch) == pytest.approx(batch.mean(axis=(1, 2)), abs=1e-12)
    check_network(network, batch)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 99))
def test_the_first_of_equal_maxima_takes_the_gradient(size, seed):
    rng = np.random.default_rng(seed)
    batch = rng.integers(0, 2, (2, 3 * size, 2 * size + 1, 2)).astype(float)
    network = Network([layers.MaxPool2D(size)], batch.shape[1:])
    rates = rng.normal(size=network.forward(batch).shape)
    back = network.backward(rates)
    expected = np.zeros_like(batch)
    for n, i, j, c in np.ndindex(rates.shape):
        window = batch[n, i * size : (i + 1) * size, j * size : (j + 1) * size, c]
        y, x = divmod(int(window.argmax()), size)
        expected[n, i * size + y, j * size + x, c] = rates[n, i, j, c]
    assert np.array_equal(back, expected)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_window_is_at_least_one_pixel(kind):
    with pytest.raises(PlaygroundError, match="1 × 1"):
        KINDS[kind](0)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_values_outside_of_whole_windows_get_no_gradient_after_a_larger_batch(kind):
    # The array of the gradient is used again: what stood in it must not shine through.
    network = Network([KINDS[kind](2)], (5, 5, 1))
    for count in (4, 3):
        batch = spaced((count, 5, 5, 1), np.random.default_rng(0))
        back = network.backward(np.ones_like(network.forward(batch)))
        assert not back[:, 4].any()
        assert not back[:, :, 4].any()
