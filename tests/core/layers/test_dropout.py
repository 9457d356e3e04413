"""Dropout forgets in training only, the same values forward and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.errors import PlaygroundError


def trained_on(network: Network, batch: np.ndarray, seed: tuple[int, ...]) -> np.ndarray:
    """Outputs (N, …) of a training pass whose random numbers come from `seed`."""
    for layer in network.layers:
        layer.reseed(seed)
    inside = network.run(network.to_inside(batch), training=True)
    return np.moveaxis(inside.transpose(0, 2, 1, 3), -1, 0).copy()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_share_is_zero_and_the_rest_is_larger(dtype):
    network = Network([layers.Dropout(0.25)], (20, 20, 5))
    batch = np.ones((10, 20, 20, 5), dtype)
    outputs = trained_on(network, batch, (1, 2))
    assert outputs.dtype == dtype
    assert np.unique(outputs) == pytest.approx([0, 1 / 0.75])
    assert (outputs == 0).mean() == pytest.approx(0.25, abs=0.02)


def test_the_gradient_takes_the_same_way_back():
    network = Network([layers.Dropout(0.5)], (6, 5, 3))
    rng = np.random.default_rng(0)
    batch, rates = rng.normal(size=(2, 4, 6, 5, 3))
    outputs = trained_on(network, batch, (7,))
    back = network.backward(rates)
    # It is linear: each input's slope is its output over itself.
    assert back == pytest.approx(rates * outputs / batch, rel=1e-12)


def test_the_same_seed_forgets_the_same():
    network = Network([layers.Dropout(0.5)], (6, 5, 3))
    batch = np.ones((4, 6, 5, 3), np.float32)
    first, again, other = (trained_on(network, batch, (seed,)) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@given(size=st.integers(1, 9), count=st.integers(1, 12), data=st.data())
def test_an_example_forgets_the_same_in_every_part_of_its_batch(size, count, data):
    start = data.draw(st.integers(0, count - 1))
    stop = data.draw(st.integers(start + 1, count))
    whole, part = layers.Dropout(0.4), layers.Dropout(0.4)
    whole.reseed((3, 1, 4))
    part.reseed((3, 1, 4), start, count)
    ones = np.ones((size, 2, 3, count))
    all_of_it = whole.forward(ones, training=True)
    some = part.forward(ones[..., start:stop].astype(np.float32), training=True)
    assert np.array_equal(some, all_of_it[..., start:stop].astype(np.float32))


def test_outside_of_training_nothing_is_forgotten():
    network = Network([layers.Dropout(0.9)], (6, 5, 3))
    batch = np.random.default_rng(0).normal(size=(4, 6, 5, 3))
    trained_on(network, batch, (1,))
    assert np.array_equal(network.forward(batch), batch)
    assert np.array_equal(network.backward(batch), batch)


def test_a_rate_of_zero_forgets_nothing():
    network = Network([layers.Dropout(0)], (2, 2, 1))
    batch = np.ones((1, 2, 2, 1), np.float32)
    assert np.array_equal(trained_on(network, batch, (1,)), batch)


@pytest.mark.parametrize("rate", [-0.1, 1.0, 1.5, float("nan")])
def test_other_rates_are_refused(rate):
    with pytest.raises(PlaygroundError, match="rate"):
        layers.Dropout(rate)
