"""A run's history is bounded, covers it evenly, and keeps its first step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.trainer import Moment
from playground.core.weight_history import WeightHistory


def moment(step: int, size: int = 10) -> Moment:
    return Moment(step, np.full(size, step, np.float32), (step, {"m": np.zeros(size, np.float32)}))


def filled(steps: int, **limits) -> WeightHistory:
    history = WeightHistory(**limits)
    for step in range(steps + 1):
        if history.wants(step):
            history.add(moment(step))
    return history


@given(steps=st.integers(0, 3000), most=st.integers(2, 64))
def test_no_more_than_asked_for_however_long_the_run(steps, most):
    history = filled(steps, most=most)
    kept = [each.step for each in history.moments]
    assert len(kept) <= most
    assert kept[0] == 0
    gaps = set(np.diff(kept))
    assert len(gaps) <= 1
    assert steps - kept[-1] < max(gaps, default=1)


def test_the_memory_limit_holds():
    history = filled(5000, memory_limit=8000)
    assert history.nbytes <= 8000


def test_the_latest_moment_before_a_step_is_found():
    history = filled(100, most=16)
    for step in (0, 1, 7, 50, 99, 100, 1000):
        found = history.at(step).step
        assert found <= step
        assert all(each.step <= found or each.step > step for each in history.moments)


def test_cutting_forgets_what_came_after():
    history = filled(100, most=16)
    history.cut(40)
    assert max(each.step for each in history.moments) <= 40
    assert history.wants(48) == (48 % 8 == 0)


@pytest.mark.parametrize("size", [1, 10_000])
def test_even_a_network_beyond_the_limit_keeps_its_start(size):
    history = WeightHistory(memory_limit=100)
    for step in range(4):
        history.add(moment(step, size))
    assert history.moments[0].step == 0
