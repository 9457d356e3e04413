"""What the core's doors let in."""

import math
from fractions import Fraction

import numpy as np
import pytest

from playground.core import checks
from playground.core.errors import PlaygroundError


@pytest.mark.parametrize(
    ("number", "whole", "real"),
    [
        (3, True, True),
        (np.int8(3), True, True),
        (2.5, False, True),
        (Fraction(1, 3), False, True),
        (10**400, True, False),
        (math.nan, False, False),
        (math.inf, False, False),
        ("3", False, False),
        (None, False, False),
        (1j, False, False),
    ],
)
def test_whole_and_real_numbers_of_every_type(number, whole, real):
    assert checks.is_whole(number, 0) == whole
    assert checks.is_real(number) == real


def test_positive_is_above_zero_infinity_too():
    assert checks.is_positive(math.inf)
    assert not checks.is_positive(0)
    assert not checks.is_positive(math.nan)


def test_a_flag_is_true_or_false_or_their_numbers():
    assert checks.flag(np.bool_(True), "x") is True
    assert checks.flag(0, "x") is False
    with pytest.raises(PlaygroundError, match="x is True or False, not 2"):
        checks.flag(2, "x")


def test_arrays_come_in_as_floats_and_doubles_stay_doubles():
    assert checks.real_array([1, 2], "x").dtype == np.float32
    assert checks.real_array(np.zeros(2), "x").dtype == np.float64
    assert checks.real_numbers(np.zeros(2, np.uint8), "x").dtype == np.uint8
    for wrong in ([[1, 2], [3]], ["a"], np.zeros(2, complex)):
        with pytest.raises(PlaygroundError, match="x: "):
            checks.real_array(wrong, "x")


def test_a_kernel_has_the_dimensions_asked_for_and_a_weight():
    assert checks.kernel_array(np.ones((3, 3)), 2).shape == (3, 3)
    for wrong in (np.ones(3), np.ones((0, 3))):
        with pytest.raises(PlaygroundError, match="2 or 4 dimensions"):
            checks.kernel_array(wrong, 2, 4)


def test_an_index_below_a_count_and_weights_below_the_most():
    assert checks.index_below(3, np.int64(2), "kernel") == 2
    with pytest.raises(PlaygroundError, match="no kernel 3: they are 0 to 2"):
        checks.index_below(3, 3, "kernel")
    assert checks.weight_count([(2, 3), (4,)]) == 10
    with pytest.raises(PlaygroundError, match="million weights"):
        checks.weight_count([(10**6, 10**6)])


def test_a_long_value_is_shortened_in_a_sentence():
    assert len(checks.shown("x" * 1000)) == 40
    assert checks.shown(2.5) == "2.5"
