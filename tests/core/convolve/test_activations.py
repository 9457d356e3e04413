"""Every activation is its formula, in place or not, and stays finite at the ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.core.convolve.activations import activate
from playground.core.specs import ACTIVATIONS, ActivationSpec

FORMULAS = {
    "none": lambda v: v,
    "relu": lambda v: max(v, 0.0),
    "leaky_relu": lambda v: v if v > 0 else 0.1 * v,
    "abs": abs,
    "sigmoid": lambda v: 1 / (1 + np.exp(-v)),
    "tanh": lambda v: (np.exp(v) - np.exp(-v)) / (np.exp(v) + np.exp(-v)),
}
some_values = arrays.arrays(
    np.float64, arrays.array_shapes(max_dims=3, max_side=6), elements=st.floats(-30, 30)
)


def test_every_activation_has_its_formula_here():
    assert set(FORMULAS) == set(ACTIVATIONS)


@given(some_values, st.sampled_from(ACTIVATIONS))
def test_it_is_the_formula(values, name):
    expected = np.vectorize(FORMULAS[name], otypes=[float])(values)
    assert activate(values, ActivationSpec(name)) == pytest.approx(expected, abs=1e-12)
    single = activate(values.astype(np.float32), ActivationSpec(name))
    assert single.dtype == np.float32
    assert single == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(some_values, st.sampled_from(ACTIVATIONS))
def test_it_can_work_in_place_and_otherwise_leaves_its_input_alone(values, name):
    before = values.copy()
    expected = activate(values, ActivationSpec(name)).copy()
    assert np.array_equal(values, before)
    room = np.empty_like(values)
    assert activate(values, ActivationSpec(name), out=room) is room
    assert np.array_equal(room, expected)
    assert np.array_equal(values, before)
    assert activate(values, ActivationSpec(name), out=values) is values
    assert np.array_equal(values, expected)


@pytest.mark.parametrize("slope", [0.0, 0.01, 1.0, 2.0])
def test_leaky_relu_keeps_its_slope_below_zero(slope):
    values = np.array([-3.0, 0.0, 3.0])
    assert list(activate(values, ActivationSpec("leaky_relu", slope))) == [-3 * slope, 0, 3]


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_the_largest_numbers_saturate_without_a_warning(name):
    ends = activate(np.array([-3e38, 3e38], np.float32), ActivationSpec(name))
    assert list(ends) == [0 if name == "sigmoid" else -1, 1]
