"""A run's history is bounded, covers it evenly, and keeps its first step."""

import gc
import tracemalloc
from threading import Event, Lock, Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.runs.frame_history import FrameHistory
from playground.core.runs.frames import Frame
from playground.core.training.trainer import Moment


def frame(step: int, size: int = 10) -> Frame:
    values = np.full(size, step, np.float32)
    return Frame(Moment(step, values, (step, {"m": np.zeros(size, np.float32)})), values)


def filled(steps: int, **limits) -> FrameHistory:
    history = FrameHistory(**limits)
    for step in range(steps + 1):
        if history.wants(step):
            history.add(frame(step))
    return history


@given(steps=st.integers(0, 3000), most=st.integers(2, 64))
def test_no_more_than_asked_for_however_long_the_run(steps, most):
    history = filled(steps, most=most)
    kept = [each.step for each in history.frames]
    assert len(kept) <= most
    assert kept[0] == 0
    gaps = set(np.diff(kept))
    assert len(gaps) <= 1
    assert steps - kept[-1] < max(gaps, default=1)


@given(
    st.integers(1, 40), st.integers(2, 9), st.lists(st.integers(0, 200), unique=True, max_size=30)
)
def test_pauses_are_kept_as_room_allows_and_never_cost_a_frame_between_them(spacing, most, pauses):
    plain, history = FrameHistory(most=most), FrameHistory(most=most)
    for each in (plain, history):
        each.keep_every(spacing)
    for step in range(200):
        for each in (plain, history):
            if each.wants(step):
                each.add(frame(step))
        if step in pauses:
            history.add(frame(step), pause=True)
        steps = [each.step for each in history.frames]
        assert len(steps) <= most
        assert steps == sorted(set(steps))
    assert history.spacing == plain.spacing
    kept = {each.step for each in history.frames}
    assert kept >= {each.step for each in plain.frames}
    assert kept - {each.step for each in plain.frames} <= set(pauses)
    if plain.spacing == spacing and len(plain.frames) + len(pauses) <= most:
        assert kept >= set(pauses)


def test_the_memory_limit_holds():
    history = filled(5000, memory_limit=8000)
    assert history.nbytes <= 8000


def test_the_latest_moment_before_a_step_is_found():
    history = filled(100, most=16)
    for step in (0, 1, 7, 50, 99, 100, 1000):
        found = history.at(step).step
        assert found <= step
        assert all(each.step <= found or each.step > step for each in history.frames)


def test_a_frame_of_the_same_step_takes_the_place_of_the_one_before():
    history = filled(8, most=16)
    history.add(Frame(frame(8).moment, np.full(10, 7, np.float32), revision=1))
    assert [each.step for each in history.frames] == list(range(9))
    assert (history.at(8).gradients == 7).all()
    assert history.at(8).revision == 1


def test_a_history_that_is_let_go_gives_its_memory_back():
    history = filled(8, most=16)
    assert history.room > 0
    history.let_go()
    assert (history.room, history.at(3), history.frames) == (0, None, ())


@pytest.mark.parametrize("size", [1, 10_000])
def test_even_a_network_beyond_the_limit_keeps_its_start(size):
    history = FrameHistory(memory_limit=100)
    for step in range(4):
        history.add(frame(step, size))
    assert history.frames[0].step == 0


def test_all_memory_is_asked_for_at_the_start_and_used_again():
    history = FrameHistory(most=16)
    history.add(frame(0))
    tracemalloc.start()
    try:
        history.add(frame(1))
        before = tracemalloc.get_traced_memory()[0]
        for step in range(2, 20_000):
            if history.wants(step):
                history.add(frame(step))
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] - before < 4096
    finally:
        tracemalloc.stop()
    assert [each.step for each in history.frames] == list(range(0, 20_000, history.spacing))


@given(steps=st.integers(0, 2000), most=st.integers(2, 20))
def test_what_is_kept_stays_what_it_was_through_all_thinning(steps, most):
    history = filled(steps, most=most)
    assert all((each.moment.parameters == each.step).all() for each in history.frames)
    assert (history.at(steps).moment.parameters == history.at(steps).step).all()


def test_one_thread_may_look_while_another_adds():
    history, size = FrameHistory(most=4, lock=Lock()), 200_000
    history.add(frame(0, size))
    done = Event()

    def add():
        for step in range(1, 2000):
            each = frame(1, size)  # takes a while, in which there is something to look at
            each.moment.parameters[...] = step
            history.add(each)
        done.set()

    adding = Thread(target=add)
    adding.start()
    torn = 0
    while not done.is_set():
        found = history.at(2000)
        torn += len(np.unique(found.moment.parameters)) > 1
    adding.join()
    assert torn == 0


@given(steps=st.integers(0, 300), most=st.integers(2, 64), step=st.integers(-1, 310))
def test_the_next_kept_step_is_known(steps, most, step):
    history = filled(steps, most=most)
    behind = [each.step for each in history.frames if each.step > step]
    assert history.after(step) == (behind[0] if behind else None)
