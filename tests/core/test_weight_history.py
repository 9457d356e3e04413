"""A run's history is bounded, covers it evenly, and keeps its first step."""

import gc
import tracemalloc
from threading import Event, Lock, Thread

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


def test_all_memory_is_asked_for_at_the_start_and_used_again():
    history = WeightHistory(most=16)
    history.add(moment(0))
    tracemalloc.start()
    try:
        history.add(moment(1))
        before = tracemalloc.get_traced_memory()[0]
        for step in range(2, 20_000):
            if history.wants(step):
                history.add(moment(step))
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] - before < 4096
    finally:
        tracemalloc.stop()
    assert [each.step for each in history.moments] == list(range(0, 20_000, history.spacing))


@given(st.lists(st.integers(0, 400), max_size=8))
def test_what_is_kept_stays_what_it_was_through_thinning_and_going_back(returns):
    history, step = filled(100, most=9), 100
    for back in returns:
        history.cut(back)
        step = min(step, back)
        for _ in range(50):
            step += 1
            if history.wants(step):
                history.add(moment(step))
        assert all((each.parameters == each.step).all() for each in history.moments)
        assert (history.at(step).parameters == history.at(step).step).all()


def test_one_thread_may_look_while_another_adds():
    history, size = WeightHistory(most=4, lock=Lock()), 200_000
    history.add(moment(0, size))
    done = Event()

    def add():
        for step in range(1, 2000):
            each = moment(step, size)  # takes a while, in which there is something to look at
            history.cut(0)
            history.add(each)
        done.set()

    adding = Thread(target=add)
    adding.start()
    torn = 0
    while not done.is_set():
        found = history.at(2000)
        torn += not (found.parameters == found.step).all()
    adding.join()
    assert torn == 0
