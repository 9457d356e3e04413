"""An axis has room for what is drawn on it, and its labels are true and stand apart."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.models.training.run.axis import Axis, whole_steps

LOSSES = st.lists(
    st.one_of(
        st.just(0.0),
        st.floats(1e-30, 1e30),
        st.sampled_from([math.nan, math.inf, -math.inf, 3e38, 1e-12]),
    ),
    max_size=8,
)
APART = st.floats(0.05, 0.4)


def axis_of(losses, log):
    return Axis.over([np.array(losses, np.float64)], log=log)


def number(text):
    """The number that a label says."""
    mantissa, _, power = text.rpartition("10") if "⁰¹²³⁴⁵⁶⁷⁸⁹".count(text[-1]) else (text, "", "")
    value = float((mantissa.rstrip("·") or "1").replace(",", "").replace("−", "-"))
    plain = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return value * 10.0 ** int(plain or 0)


@given(LOSSES, st.booleans())
def test_every_finite_value_has_its_place_and_the_axis_its_width(losses, log):
    axis = axis_of(losses, log)
    low, high = axis.span
    assert low < high
    assert np.isfinite([low, high]).all()
    values = np.array([each for each in losses if np.isfinite(each)])
    for value, place in zip(values, axis.drawn(values), strict=True):
        assert low - 1e-9 <= place <= high + 1e-9 * max(1, abs(high))
        assert place == pytest.approx(axis.place(value))


@given(LOSSES, st.booleans(), APART)
def test_labels_stand_apart_and_say_where_they_stand(losses, log, apart):
    axis = axis_of(losses, log)
    low, high = axis.span
    labels = axis.labels(apart)
    assert labels
    places = [label.at for label in labels]
    assert low - 1e-6 * (high - low) <= places[0] <= places[-1] <= high + 1e-6 * (high - low)
    for one, other in pairwise(places):
        assert other - one >= 0.999 * apart * (high - low)
    assert len({label.text for label in labels}) == len(labels)
    for label in labels:
        if log and label.text == "0":
            assert axis.zero
            assert label.at == low
        elif len(labels) > 1:
            value = 10**label.at if log else label.at
            assert number(label.text) == pytest.approx(value, rel=1e-6)


@given(st.integers(0, 10_000_000), st.floats(0.05, 0.4))
def test_steps_are_counted_in_whole_numbers_from_0(last, apart):
    labels = whole_steps(last, apart)
    assert labels[0].text == "0"
    assert [number(label.text) for label in labels] == [label.at for label in labels]
    assert all(label.at == int(label.at) <= max(1, last) for label in labels)


def test_one_step_has_an_axis_about_its_loss():
    axis = axis_of([0.0123], log=True)
    assert 0.01 < axis.low < 0.0123 < axis.high < 0.015
    assert [label.text for label in axis.labels(0.2)] == ["0.012", "0.013"]
    axis = axis_of([0.5, 0.5], log=False)
    assert axis.low < 0.5 < axis.high
    assert axis.high - axis.low < 0.1


def test_six_powers_of_ten_are_labelled_one_by_one_where_there_is_room():
    axis = axis_of([1e-6, 1.0], log=True)
    texts = [label.text for label in axis.labels(0.1)]
    assert texts == ["10⁻⁶", "10⁻⁵", "0.0001", "0.001", "0.01", "0.1", "1"]
    assert [label.text for label in axis.labels(0.2)] == ["10⁻⁶", "0.0001", "0.01", "1"]


def test_a_loss_of_zero_is_at_the_bottom_and_says_so():
    axis = axis_of([1.0, 0.01, 0.0], log=True)
    assert axis.low == pytest.approx(0.001)
    assert axis.labels(0.1)[0].text == "0"
    assert axis.drawn(np.array([0.0])) == pytest.approx(-3)
    assert [label.text for label in axis_of([0.0, 0.0], log=True).labels(0.2)] == ["0"]
    assert axis_of([0.0, 0.0], log=False).span == (0, 1)
