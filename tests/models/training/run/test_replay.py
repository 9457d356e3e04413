"""An earlier step shown: everything is of that step, and nothing of the run is lost or changed."""

import numpy as np
import pytest

from playground.core.kernels import bank
from playground.models.state.shown import Live, Own, Replay

CELL = (1, 1, 0, 0)


@pytest.fixture
def six(copying, steps):
    """A run of six steps."""
    steps(copying, 6)
    return copying


def set_weight(bench, value):
    document = bench.document
    document.change_conv("Set weight", bank.set_weights(document.conv, {CELL: value}))


def test_what_is_shown_is_one_frame_weights_gradient_and_next_step_alike(bench, six):
    bench.timeline.show(2)
    shown = bench.document.shown
    assert isinstance(shown, Replay)
    assert shown.place == (six.run.number, 2)
    trainer = six.task.trainer(bench.document.network, six.setup)
    trainer.return_to(shown.frame.moment)
    trainer.propagate(trainer.batch())
    bench.hints.set_visible(True)
    hint = bench.hints.hint(CELL)
    gradient = trainer.network.unpacked(trainer.network.gradients)[0][CELL]
    assert hint.gradient == pytest.approx(gradient)
    before = trainer.network.weights[0][CELL]
    trainer.step()
    assert hint.step == pytest.approx(trainer.network.weights[0][CELL] - before, abs=1e-6)


def test_looking_back_is_no_step_and_leaves_the_session_alone(bench, six):
    session, count = bench.document.session, bench.document.undo_stack.count()
    bench.timeline.show(2)
    bench.timeline.show(4)
    assert bench.document.session is session
    bench.timeline.show(6)
    assert isinstance(bench.document.shown, Live)
    assert bench.document.undo_stack.count() == count


def test_an_edit_goes_out_from_the_step_that_is_shown_and_begins_a_new_run(bench, six, steps):
    old, newest = six.run, bench.document.conv.kernel
    bench.timeline.show(2)
    replayed = bench.document.conv.kernel
    set_weight(bench, 5.0)
    expected = replayed.copy()
    expected[CELL] = 5.0
    assert isinstance(bench.document.shown, Own)
    assert np.array_equal(bench.document.conv.kernel, expected)
    assert bench.document.session.place == (old.number, 2)
    steps(six, 1)
    run = six.run
    assert run is not old
    assert run.parent == (old.number, 2)
    assert run.steps == 3
    assert len(old.curves.loss) == 6
    assert np.array_equal(run.curves.loss.since(0)[:2], old.curves.loss.since(0)[:2])
    assert np.array_equal(old.weights[0], newest)


def test_undoing_that_edit_shows_the_old_run_at_its_last_step_able_to_go_on(bench, six, steps):
    old, newest = six.run, bench.document.conv.kernel
    bench.timeline.show(2)
    set_weight(bench, 5.0)
    bench.document.undo_stack.undo()
    assert six.run is old
    assert isinstance(bench.document.shown, Live)
    assert six.frame.step == 6
    assert np.array_equal(bench.document.conv.kernel, newest)
    steps(six, 1)
    assert six.run is old
    assert old.steps == 7


def test_going_on_from_an_earlier_step_keeps_the_old_run(qtbot, bench, six):
    old = six.run
    six.set_pace(1.0)
    bench.timeline.show(3)
    bench.timeline.continue_from_here()
    assert six.running
    six.pause()
    qtbot.waitUntil(lambda: not six.running)
    assert six.run is not old
    assert six.run.parent == (old.number, 3)
    assert old.steps == 6
    assert old in bench.runs.records


def test_starting_again_during_a_replay_keeps_the_run_as_it_ended(bench, six):
    old, newest = six.run, bench.document.conv.kernel
    bench.timeline.show(2)
    six.reset()
    assert bench.runs.record(0) is old
    assert np.array_equal(old.learned().conv().kernel, newest)


def test_undo_during_a_replay_goes_back_from_the_session(bench, six):
    first = six.run
    bench.timeline.show(2)
    bench.document.undo_stack.undo()
    assert isinstance(bench.document.shown, Replay | Own)
    assert bench.document.network == bench.document.session.network
    bench.document.undo_stack.redo()
    assert six.run is first


def test_why_explains_the_step_that_is_shown(qtbot, bench, six):
    bench.why.set_watched(True)
    bench.document.selection.set_weight((1, 1))
    bench.timeline.show(2)
    qtbot.waitUntil(lambda: bench.why.answer is not None and bench.why.answer.step == 2)
    explained = bench.why.answer.explanation
    assert explained.weight == bench.document.conv.kernel[CELL]
    bench.hints.set_visible(True)
    assert explained.gradient == pytest.approx(bench.hints.hint(CELL).gradient)


def test_a_run_that_has_rested_goes_on_as_if_it_had_not(qtbot, bench, copying, steps):
    copying.change_setup(optimizer="adam")
    copying.freezing.set_kernel(0, 0, False)
    steps(copying, 4)
    run, expected = copying.run, copying.task.trainer(copying.network, copying.setup)
    expected.return_to(copying.frame.moment)
    copying.reset()
    qtbot.waitUntil(lambda: run._run is None)
    bench.document.undo_stack.undo()
    assert copying.run is run
    assert copying.frame.step == 4
    steps(copying, 3)
    for _ in range(3):
        expected.step()
    assert copying.run is run
    assert np.array_equal(run.newest.moment.parameters, expected.network.parameters)
    assert len(run.curves.loss) == 7


def test_a_run_left_in_the_middle_keeps_all_its_steps(qtbot, bench, copying):
    copying.change_setup(epochs=100_000, learning_rate=1e-5)
    copying.play()
    qtbot.waitUntil(lambda: copying.frame.step > 20)
    run = copying.run
    copying.reset()
    qtbot.waitUntil(lambda: run._run is None)
    assert run.newest.step == run.steps == len(run.curves.loss)
