"""A stretch of a run ends where the run did, and is shown again at exactly that frame."""

from itertools import pairwise
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from playground.core.kernels import bank
from playground.core.runs.run import Run
from playground.models.kernels.bank_edits import BankEdits
from playground.models.state.shown import Live, Replay

NEVER = Event()


@pytest.fixture
def slowly(monkeypatch):
    """Each step of training takes a tenth of a second, and is in its middle when asked to stop."""
    step = Run.step

    def slow(self):
        NEVER.wait(0.1)
        return step(self)

    monkeypatch.setattr(Run, "step", slow)


def set_weight(bench, value):
    document = bench.document
    document.change_conv("Set weight", bank.set_weights(document.conv, {(1, 1, 0, 0): value}))


def start(qtbot, training, steps=1):
    """Play, and wait for so many steps more."""
    before = 0 if training.run is None else training.run.steps
    training.play()
    qtbot.waitUntil(lambda: training.run.steps >= before + steps)


def pause(qtbot, training):
    training.pause()
    qtbot.waitUntil(lambda: not training.running)


def rests(qtbot, run):
    qtbot.waitUntil(lambda: run.known and run.newest.step == run.steps, timeout=10_000)
    QCoreApplication.processEvents()


def names(stack):
    return [entry.text for entry in stack.entries]


def joined(stack):
    """Whether each entry begins where the one before it ends."""
    entries = stack.entries
    return all(a.after is b.before for a, b in pairwise(entries))


def test_undo_in_a_slow_step_loses_nothing_of_the_run(qtbot, slowly, bench, copying):
    copying.change_setup(epochs=1000)
    before, stack = bench.document.session, bench.document.undo_stack
    start(qtbot, copying, 2)
    old = copying.run
    QCoreApplication.processEvents()
    stack.undo()
    assert not copying.running
    seen = bench.document.session
    rests(qtbot, old)
    assert bench.document.session is seen
    assert joined(stack)
    stack.setIndex(stack.count())
    assert isinstance(bench.document.shown, Live)
    assert copying.run is old
    assert copying.frame.step == old.steps == bench.document.session.place.step
    assert np.array_equal(bench.document.conv.kernel, old.learned().conv().kernel)
    assert names(stack)[-1] == "Training"
    assert names(stack).count("Training") == 1
    stack.undo()
    assert bench.document.session is before


def test_the_undone_stretch_that_nobody_saw_a_step_of_is_there_too(qtbot, slowly, bench, copying):
    copying.change_setup(epochs=1000)
    before, stack = bench.document.session, bench.document.undo_stack
    count = stack.count()
    copying.play()
    stack.undo()  # takes back the setup: of the run nothing has been heard
    old = bench.document.runs.newest_first[0]
    rests(qtbot, old)
    if old.steps:
        assert names(stack)[count:] == ["Training"]
    assert joined(stack)
    stack.setIndex(count)
    assert bench.document.session is before
    stack.setIndex(stack.count())
    assert copying.run is old or not old.steps


def test_another_optimizer_in_a_slow_step_and_undone_shows_the_old_run_at_its_end(
    qtbot, slowly, bench, copying
):
    copying.change_setup(epochs=1000, optimizer="adam")
    stack = bench.document.undo_stack
    start(qtbot, copying, 2)
    old = copying.run
    copying.change_setup(optimizer="sgd")
    assert copying.run is not old
    rests(qtbot, old)
    start(qtbot, copying)
    pause(qtbot, copying)
    assert joined(stack)
    place = names(stack).index("Training")
    stack.setIndex(place + 1)
    assert isinstance(bench.document.shown, Live)
    assert copying.run is old
    assert copying.frame.step == old.steps
    copying.step_once()
    assert copying.run is old
    qtbot.waitUntil(lambda: not copying.running)


def test_an_edit_undone_in_a_slow_step_does_not_come_back_by_itself(qtbot, slowly, bench, copying):
    copying.change_setup(epochs=1000)
    stack = bench.document.undo_stack
    start(qtbot, copying, 2)
    old = copying.run
    set_weight(bench, 3.0)
    edited = bench.document.session
    stack.undo()
    session, shown = bench.document.session, bench.document.network
    rests(qtbot, old)
    assert bench.document.session is session
    assert bench.document.network == shown == session.network
    assert joined(stack)
    assert "Set weight" in names(stack)[stack.index() :]
    stack.redo()
    assert bench.document.session is edited
    stack.setIndex(stack.count())
    assert copying.run is old
    assert copying.frame.step == old.steps


def test_looking_back_in_a_slow_step_settles_where_the_run_ended(qtbot, slowly, bench, copying):
    copying.change_setup(epochs=1000)
    start(qtbot, copying, 3)
    old = copying.run
    QCoreApplication.processEvents()
    bench.timeline.show(1)
    rests(qtbot, old)
    assert isinstance(bench.document.shown, Replay)
    assert copying.frame.step == 1
    assert bench.document.session.place == (old.number, old.steps)
    bench.timeline.show(old.steps)
    assert isinstance(bench.document.shown, Live)


def test_a_run_goes_on_live_where_an_undone_stretch_is_redone_at_once(
    qtbot, slowly, bench, copying
):
    copying.change_setup(epochs=1000)
    stack = bench.document.undo_stack
    start(qtbot, copying, 2)
    old = copying.run
    QCoreApplication.processEvents()
    stack.undo()
    stack.redo()
    rests(qtbot, old)
    stack.setIndex(stack.count())
    assert isinstance(bench.document.shown, Live)
    assert copying.frame.step == old.steps


def test_what_is_changed_under_a_run_that_rests_goes_into_it_when_it_goes_on(
    qtbot, bench, copying, steps
):
    steps(copying, 3)
    old = copying.run
    copying.reset()
    qtbot.waitUntil(lambda: old._run is None)
    bench.document.undo_stack.undo()
    assert isinstance(bench.document.shown, Live)
    assert copying.run is old
    set_weight(bench, 3.0)
    copying.freezing.set_kernel(0, 0, True)
    copying.change_setup(learning_rate=0.5)
    steps(copying, 2)
    assert copying.run is old
    assert bench.document.conv.kernel[1, 1, 0, 0] == 3.0
    assert old.learned().conv().kernel[1, 1, 0, 0] == 3.0
    assert old.newest.rate == 0.5
    assert not bench.document.shown.pending


def test_a_kernel_that_is_moved_takes_its_mark_along_in_a_run_too(qtbot, bench, lines):
    lines.change_setup(epochs=1000)
    lines.freezing.set_kernel(0, 0, True)
    kept = bench.document.conv.kernel[..., 0]
    start(qtbot, lines, 2)
    at = bench.document.conv.filters - 1
    assert BankEdits(bench.document).move({0}, at + 1)
    assert lines.freezing.is_frozen(0, at)
    if not lines.running:
        lines.play()
    done = lines.run.steps
    qtbot.waitUntil(lambda: lines.frame.step > done + 2)
    pause(qtbot, lines)
    kernel = bench.document.conv.kernel
    assert np.array_equal(kernel[..., at], kept)
    moved = [not np.array_equal(kernel[..., each], kept) for each in range(kernel.shape[-1])]
    assert moved.count(False) == 1
