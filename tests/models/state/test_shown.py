"""The frame that a session names is there as long as it is, whatever its run lets go of."""

import numpy as np
import pytest

from playground.core.kernels import bank
from playground.core.runs import run as runs
from playground.core.runs.frame_history import FrameHistory
from playground.models.state.shown import Live, Replay


def set_weight(bench, value):
    document = bench.document
    document.change_conv("Set weight", bank.set_weights(document.conv, {(1, 1, 0, 0): value}))


@pytest.fixture
def sparse(monkeypatch):
    """Runs keep four frames at most."""
    monkeypatch.setattr(runs, "FrameHistory", lambda lock: FrameHistory(most=4, lock=lock))


def test_each_stretch_is_shown_at_its_very_frame_however_much_was_thinned(
    qtbot, sparse, bench, copying, steps
):
    copying.change_setup(epochs=1000)
    document, stack, ends = bench.document, bench.document.undo_stack, []
    for count in (3, 1, 4, 2, 5, 3):
        steps(copying, count)
        ends.append((stack.index(), copying.run, copying.frame, document.session))
    newest = ends[-1][1]
    assert len(newest.log.history.frames) <= 4
    assert [newest.frame(frame.step).step for *_, frame, _ in ends] != [
        frame.step for *_, frame, _ in ends
    ]
    for index, run, frame, session in reversed(ends):
        stack.setIndex(index)
        assert document.session is session
        shown = document.shown
        assert isinstance(shown, Live if frame.step == run.steps else Replay)
        assert shown.run is run
        assert shown.frame.step == frame.step
        assert np.array_equal(shown.frame.gradients, frame.gradients)
        assert document.network == session.network


def test_going_on_from_a_stretch_that_was_thinned_away_is_going_on_from_its_frame(
    qtbot, sparse, bench, copying, steps
):
    copying.change_setup(epochs=1000, optimizer="adam")
    stack = bench.document.undo_stack
    steps(copying, 7)
    index, old, frame = stack.index(), copying.run, copying.frame
    expected = copying.task.trainer(copying.network, copying.setup)
    expected.return_to(frame.moment)
    steps(copying, 14)
    assert old.frame(7).step != 7
    stack.setIndex(index)
    assert isinstance(bench.document.shown, Replay)
    copying.step_once()
    qtbot.waitUntil(lambda: not copying.running)
    steps(copying, 2)
    for _ in range(3):
        expected.step()
    run = copying.run
    assert run is not old
    assert (run.parent, run.steps, old.steps) == ((old.number, 7), 10, 21)
    assert np.array_equal(run.newest.moment.parameters, expected.network.parameters)
    stack.setIndex(index)
    assert copying.run is old
    assert copying.frame.step == 7


def test_an_edit_at_rest_undone_shows_the_frame_it_went_out_from(qtbot, bench, copying, steps):
    steps(copying, 4)
    set_weight(bench, 2.0)
    old = copying.run
    qtbot.waitUntil(lambda: old.known)
    bench.document.undo_stack.undo()
    assert isinstance(bench.document.shown, Replay)
    assert (copying.run, copying.frame.step) == (old, 4)
    bench.document.undo_stack.redo()
    assert isinstance(bench.document.shown, Live)


def test_the_frames_that_sessions_name_count_for_undo(bench, copying, steps):
    steps(copying, 2)
    for entry in bench.document.undo_stack.entries[-1:]:
        frame = entry.before.pinned
        assert frame is not None
        block = frame.moment.parameters.base
        assert entry.held >= block.nbytes > frame.moment.parameters.nbytes
