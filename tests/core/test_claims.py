"""Shares in percent: 100 % means all and 0 % means none."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.claims import Claim, accuracy, against_gradient, chance, percent


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (255, 256, "99.6 %"),
        (1999, 2000, "99.95 %"),
        (1, 300, "0.3 %"),
        (43, 100, "43 %"),
        (300, 300, "100 %"),
        (0, 300, "0 %"),
        (199_999, 200_000, "> 99.99 %"),
        (1, 1_000_000, "< 0.01 %"),
    ],
)
def test_a_share_in_percent(part, whole, text):
    assert percent(part / whole) == text


@given(
    whole=st.integers(1, 10**7),
    data=st.data(),
    decimals=st.integers(0, 3),
    most=st.integers(0, 4),
)
def test_all_is_100_and_none_is_0_and_nothing_else_and_the_number_is_the_nearest(
    whole, data, decimals, most
):
    part = data.draw(st.integers(0, whole))
    text = percent(part / whole, decimals, most)
    assert (text == "100 %") == (part == whole)
    assert (text == "0 %") == (part == 0)
    exact, said = 100 * Fraction(part, whole), Fraction(text.strip("<> %"))
    if text[0] == "<":
        assert exact < said
    elif text[0] == ">":
        assert exact > said
    else:
        digits = len(text.partition(".")[2].strip(" %"))
        assert abs(exact - said) <= Fraction(1, 2 * 10**digits) + Fraction(1, 10**9)


@given(st.floats(0, 1))
def test_a_network_is_never_sure(share):
    assert chance(share) not in ("100 %", "0 %")
    assert chance(float(np.float32(share))) not in ("100 %", "0 %")


@given(count=st.integers(1, 100_000), data=st.data())
def test_how_many_were_right_follows_from_a_share_in_single_precision(count, data):
    right = data.draw(st.integers(0, count))
    claim = accuracy(float(np.float32(right / count)), count)
    assert claim == Claim("accuracy", (right,), count, exact=True)
    assert claim.share == right / count


def test_a_share_of_nothing_is_none():
    assert Claim("dead").share == 0


@given(st.lists(st.tuples(*(st.floats(-2, 2, width=32),) * 2), max_size=30))
def test_weights_that_move_against_their_gradient_are_counted_one_by_one(pairs):
    gradients, change = np.array(pairs, np.float32).reshape(-1, 2).T
    against = sum(1 for g, c in pairs if (g > 0 > c) or (g < 0 < c))
    sloping = sum(1 for g, _ in pairs if g != 0)
    assert against_gradient(gradients, change) == Claim("against gradient", (against,), sloping)
