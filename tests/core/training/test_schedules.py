"""Schedules: a factor for the learning rate at each step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.errors import PlaygroundError
from playground.core.training import optimizers, schedules


@given(st.integers(0, 10**9))
def test_constant_is_one(step):
    assert schedules.Constant()(step) == 1


def test_step_multiplies_after_every_so_many_steps():
    schedule = schedules.Step(every=3, factor=0.5)
    assert [schedule(n) for n in range(8)] == [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]


def test_cosine_falls_from_one_to_the_floor_and_stays_there():
    schedule = schedules.Cosine(steps=10, floor=0.2)
    values = [schedule(n) for n in range(15)]
    assert values[0] == 1
    assert values[5] == pytest.approx(0.6)
    assert values[10:] == pytest.approx([0.2] * 5)
    assert sorted(values, reverse=True) == values


@given(st.integers(0, 10**7), st.floats(0.01, 100))
def test_a_factor_is_a_number_however_many_steps_went(step, factor):
    assert schedules.Step(every=1, factor=factor)(step) >= 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: schedules.Step(every=0),
        lambda: schedules.Step(factor=0),
        lambda: schedules.Step(factor=float("nan")),
        lambda: schedules.Cosine(steps=0),
    ],
)
def test_impossible_settings_are_refused(make):
    with pytest.raises(PlaygroundError):
        make()


def test_an_optimizer_follows_its_schedule():
    optimizer = optimizers.SGD(0.1, schedule=schedules.Step(every=2, factor=0.1))
    weights = np.zeros(1)
    values = []
    for _ in range(4):
        optimizer.apply(np.ones(1), weights)
        values.append(float(weights[0]))
    assert values == pytest.approx([-0.1, -0.2, -0.21, -0.22])
    assert optimizer.rate == pytest.approx(0.001)
