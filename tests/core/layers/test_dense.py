"""The dense layer: a weighted sum of every input for every unit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.errors import PlaygroundError
from tests.core.differences import check_network, with_normal_weights

few = st.integers(1, 5)


@settings(max_examples=50, deadline=None)
@given(few, few, few, few, st.booleans())
def test_outputs_and_gradients(height, channels, units, count, use_bias):
    rng = np.random.default_rng(height)
    layer = layers.Dense(units, use_bias=use_bias)
    shape = (height, 2, channels)
    network = with_normal_weights(Network([layers.Flatten(), layer], shape), rng)
    batch = rng.normal(size=(count, *shape))
    kernel, *bias = layer.weights
    expected = batch.reshape(count, -1) @ kernel + (bias[0] if bias else 0)
    assert network.forward(batch) == pytest.approx(expected, abs=1e-12)
    check_network(network, batch)


def test_weights_have_keras_shapes():
    layer = layers.Dense(10)
    Network([layers.Flatten(), layer], (4, 5, 2))
    assert [values.shape for values in layer.weights] == [(40, 10), (10,)]
    assert not layer.weights[1].any()
    assert np.abs(layer.weights[0]).max() <= np.sqrt(6 / 50)


def test_it_starts_as_the_named_initializer_says():
    from playground.core.kernels import initializers

    layer = layers.Dense(3, initializer="he_uniform")
    Network([layers.Flatten(), layer], (2, 2, 1), seed=3)
    expected = initializers.he_uniform((4, 3), np.random.default_rng(3))
    assert np.array_equal(layer.weights[0], expected)


def test_it_has_at_least_one_unit():
    with pytest.raises(PlaygroundError, match="at least one unit"):
        layers.Dense(0)


def test_the_order_is_height_width_channel():
    batch = np.random.default_rng(0).normal(size=(3, 4, 5, 2))
    network = Network([layers.Flatten()], (4, 5, 2))
    assert np.array_equal(network.forward(batch), batch.reshape(3, -1))
    check_network(network, batch)


def test_a_row_of_numbers_stays_as_it_is():
    batch = np.random.default_rng(0).normal(size=(2, 3, 2, 2))
    network = Network([layers.Flatten(), layers.Flatten()], (3, 2, 2))
    assert np.array_equal(network.forward(batch), batch.reshape(2, -1))
    check_network(network, batch)
