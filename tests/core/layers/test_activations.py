"""Activation layers: each value by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, layers
from tests.core.differences import check_network, spaced

FORMULAS = {
    "relu": (layers.ReLU, lambda v: np.maximum(v, 0)),
    "leaky": (lambda: layers.LeakyReLU(0.2), lambda v: np.where(v > 0, v, 0.2 * v)),
    "steep": (lambda: layers.LeakyReLU(3.0), lambda v: np.where(v > 0, v, 3.0 * v)),
    "turned": (lambda: layers.LeakyReLU(-0.5), lambda v: np.where(v > 0, v, -0.5 * v)),
    "sigmoid": (layers.Sigmoid, lambda v: 1 / (1 + np.exp(-v))),
    "tanh": (layers.Tanh, np.tanh),
}
shapes = st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))


@pytest.mark.parametrize("kind", sorted(FORMULAS))
@settings(max_examples=30, deadline=None)
@given(shape=shapes)
def test_outputs_and_gradients(kind, shape):
    make, formula = FORMULAS[kind]
    batch = spaced(shape, np.random.default_rng(0), gap=0.05)
    network = Network([make()], shape[1:])
    assert network.forward(batch) == pytest.approx(formula(batch), abs=1e-12)
    check_network(network, batch)


@pytest.mark.parametrize(("kind", "slope"), [("relu", 0.0), ("leaky", 0.2), ("steep", 3.0)])
def test_at_zero_the_slope_is_that_of_the_negative_side(kind, slope):
    network = Network([FORMULAS[kind][0]()], (1, 1, 2))
    network.forward(np.array([0.0, -0.0]).reshape(1, 1, 1, 2))
    assert network.backward(np.ones((1, 1, 1, 2))).ravel().tolist() == [slope, slope]


@pytest.mark.parametrize("kind", ["sigmoid", "tanh"])
def test_they_saturate_without_overflow(kind):
    network = Network([FORMULAS[kind][0]()], (1, 1, 2))
    values = np.array([-1e30, 1e30], np.float32).reshape(1, 1, 1, 2)
    low = {"sigmoid": 0, "tanh": -1}[kind]
    assert network.forward(values).ravel().tolist() == [low, 1]
    assert not network.backward(np.ones((1, 1, 1, 2))).any()


@pytest.mark.parametrize("kind", sorted(FORMULAS))
def test_inputs_and_gradients_given_are_left_alone(kind):
    network = Network([FORMULAS[kind][0]()], (2, 2, 1))
    batch = np.random.default_rng(0).normal(size=(3, 2, 2, 1)).astype(np.float32)
    gradient = batch + 1
    copies = batch.copy(), gradient.copy()
    network.forward(batch)
    network.backward(gradient)
    assert np.array_equal(batch, copies[0])
    assert np.array_equal(gradient, copies[1])
