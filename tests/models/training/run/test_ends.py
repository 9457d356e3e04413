"""How a run ends is a value, and what is said of it follows from what is shown."""

import numpy as np
import pytest

from playground.core.tasks.copy_filter import FOUND
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen


def rests(qtbot, training):
    qtbot.waitUntil(lambda: not training.running, timeout=20_000)


def off(training):
    """How far the kernel is from the hidden one, as a part of its largest weight."""
    goal = training.task.goal
    kernel, bias = training.network.conv().kernel, training.network.conv().bias
    most = max(np.abs(kernel - goal.kernel).max(), np.abs(bias - goal.bias).max())
    return most / np.abs(goal.kernel).max()


@pytest.fixture
def found(qtbot, copying):
    """Sobel x has been found."""
    copying.play()
    rests(qtbot, copying)
    return copying


def test_copying_stops_by_itself_when_the_kernel_is_found_and_says_so(found):
    assert found.end == "found"
    assert found.run.steps < found.run.setup_goal
    assert off(found) < FOUND
    assert f"Found after {found.run.steps} steps" in found.ending
    before = found.run.frame(found.run.steps - 1)
    assert before.step == found.run.steps - 1
    assert not found.task.finds(found.run.unpacked(before.moment.parameters))


@pytest.mark.parametrize("elsewhere", [False, True])
def test_it_is_found_at_the_same_step_whoever_does_the_steps(qtbot, monkeypatch, found, elsewhere):
    from playground.models.training.run import process_steps

    steps, kernel = found.run.steps, found.network.conv().kernel
    found.reset()
    if elsewhere:
        monkeypatch.setattr(process_steps, "AFTER", 0.0)
        found.set_pace(20.0)
        found.play()
        qtbot.waitUntil(lambda: found.frame.step > 2)
        found.set_pace(None)
    else:
        found.set_pace(5000.0)
        found.play()
    rests(qtbot, found)
    assert (found.end, found.run.steps) == ("found", steps)
    assert np.array_equal(found.network.conv().kernel, kernel)


def test_a_replay_says_nothing_of_the_end_and_the_end_says_it_again(bench, found):
    bench.timeline.show(3)
    assert found.end is None
    assert found.ending == ""
    bench.timeline.show(found.run.steps)
    assert found.end == "found"


def test_undo_takes_the_end_back_and_redo_brings_it_again(bench, found):
    stack = bench.document.undo_stack
    stack.undo()
    assert found.end is None
    stack.redo()
    assert found.end == "found"


def test_a_weight_changed_by_hand_is_no_longer_found(qtbot, bench, found, steps):
    KernelEdits(bench.document).nudge([(0, 0, 0, 0)], 1)
    assert found.end is None
    qtbot.waitUntil(lambda: found.frame.revision == bench.document.revision)
    assert found.end is None
    found.play()
    rests(qtbot, found)
    assert found.end == "found"


def test_another_task_takes_the_end_with_it(qtbot, bench, found):
    with qtbot.waitSignal(found.task_changed):
        found.choose(chosen("lines"))
    assert (found.end, found.ending, found.fault) == (None, "", "")


def test_whoever_plays_on_from_there_goes_on(qtbot, found):
    steps = found.run.steps
    found.set_pace(200.0)
    found.play()
    qtbot.waitUntil(lambda: found.run.steps > steps + 5)
    assert found.end is None
    found.pause()
    rests(qtbot, found)


def test_it_does_not_go_far_from_there(qtbot, found):
    steps = found.run.steps
    found.play()
    rests(qtbot, found)
    each = found.task.steps_per_epoch(found.setup.batch_size)
    assert steps < found.run.steps <= steps + each


def test_all_epochs_done_is_finished_until_there_are_to_be_more(qtbot, lines):
    lines.change_setup(epochs=1)
    lines.play()
    rests(qtbot, lines)
    assert lines.end == "finished"
    assert lines.ending == "Finished: the planned epochs are done (1)."
    lines.change_setup(epochs=2)
    assert lines.end != "finished"


def test_a_step_and_a_pause_are_a_pause(qtbot, lines, steps):
    assert lines.end is None
    steps(lines, 2)
    assert lines.end == "paused"
    assert lines.ending == ""


def test_numbers_that_run_away_are_told_from_a_fault(qtbot, copying):
    copying.change_setup(learning_rate=1e9)
    copying.play()
    rests(qtbot, copying)
    assert copying.end == "diverged"
    assert "learning rate" in copying.fault


def test_a_fault_is_a_stop(qtbot, monkeypatch, caplog, copying, steps):
    from playground.core.runs.run import Run

    def fail(_run):
        raise ValueError("on purpose")

    steps(copying, 1)
    with monkeypatch.context() as patched:
        patched.setattr(Run, "step", fail)
        copying.play()
        rests(qtbot, copying)
    assert copying.end == "stopped"
    assert "log file" in copying.fault


def test_a_run_that_is_left_under_way_was_interrupted(qtbot, bench, lines):
    lines.play()
    qtbot.waitUntil(lambda: lines.frame.step > 2)
    run = lines.run
    lines.reset()
    qtbot.waitUntil(lambda: run.rest is not None)
    assert run.rest.kind == "interrupted"
    assert bench.runs.name(run).endswith("interrupted")


def test_a_run_that_is_being_replayed_while_it_goes_is_paused(qtbot, bench, lines):
    lines.play()
    qtbot.waitUntil(lambda: lines.frame.step > 5)
    run = lines.run
    bench.timeline.show(2)
    qtbot.waitUntil(lambda: run.rest is not None)
    assert run.rest.kind == "paused"


def test_a_task_begins_at_its_own_pace_and_keeps_what_is_set(qtbot, training):
    goal = training.network.conv(0)
    one = type(goal)(goal.kernel[..., :1], goal.bias[:1], goal.names[:1])
    for _ in range(2):
        with qtbot.waitSignal(training.task_changed):
            training.choose(chosen("copy", goal=one))
        if _ == 0:
            assert training.pace == training.task.pace
            training.set_pace(7.0)
    assert training.pace == 7.0
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    assert training.pace is None


def test_another_kernel_to_be_copied_has_a_pace_of_its_own(qtbot, training):
    paces = []
    for key in ("sobel_x", "laplacian_of_gaussian"):
        with qtbot.waitSignal(training.pace_changed):
            training.choose(chosen("copy", goal=preset_goal(key, 1)))
        assert training.pace == training.task.pace
        paces.append(training.pace)
    assert paces[0] < paces[1]


def test_a_kernel_is_found_in_seconds_that_can_be_followed(copying):
    trainer = copying.task.trainer(copying.network, copying.setup)
    while not copying.task.finds(trainer.network.weights):
        trainer.step()
    assert 10 < trainer.steps / copying.task.pace < 35


def test_what_is_not_the_hidden_kernels_shape_is_never_found(copying):
    kernel, bias = copying.task.goal.kernel, copying.task.goal.bias
    task = copying.task
    assert task.finds([kernel, bias])
    assert task.distance([kernel + np.float32(0.02), bias]) == pytest.approx(0.01)
    assert not task.finds([kernel, bias + 1])
    assert not task.finds([kernel[:2], bias])
    assert not task.finds([kernel, bias, kernel, bias])
