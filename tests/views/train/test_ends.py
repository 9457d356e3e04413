"""What is on screen when a run ends, and that nothing of it survives another task."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.core.claims import percent
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen
from tests.views.train.hands import click, paused, reached

KEY = Qt.Key


def says(qtbot, panel, words):
    qtbot.waitUntil(lambda: words in panel.detail.text())


def another_task(qtbot, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("shapes"))


def test_found_is_said_in_the_header_and_in_a_sentence(qtbot, window, copying):
    copying.set_pace(None)
    click(window.train.run_controls.play)
    paused(qtbot, copying)
    panel = window.train
    says(qtbot, panel, "found")
    assert panel.ending.isVisible()
    assert panel.ending.text().startswith(f"Found after {copying.run.steps} steps")
    assert not panel.remark.isVisible()
    assert window.train.run_controls.play.text() == "▶"
    another_task(qtbot, copying)
    assert not panel.ending.isVisible()
    assert "found" not in panel.detail.text()


def test_a_finished_run_says_so_and_what_lies_beyond_it(qtbot, window, lines):
    panel = window.train
    row = panel.timeline.y()
    lines.change_setup(epochs=2)
    lines.play()
    paused(qtbot, lines)
    says(qtbot, panel, "epoch 2 of 2")
    says(qtbot, panel, "finished")
    assert panel.ending.text() == "Finished: the planned epochs are done (2)."
    assert panel.timeline.y() == row, "an end moves no row"
    lines.epoch_once()
    qtbot.waitUntil(lambda: lines.frame.step > lines.goal)
    paused(qtbot, lines)
    says(qtbot, panel, "epoch 3 of 3, beyond the 2 planned")


def test_an_accuracy_of_an_earlier_step_says_which(qtbot, window, lines):
    lines.epoch_once()
    paused(qtbot, lines)
    measured = lines.run.steps
    share = float(lines.run.curves.validation_accuracy.since(0)[-1])
    says(qtbot, window.train, f"accuracy {percent(share, 1)}")
    assert "at step" not in window.train.detail.text()
    lines.step_once()
    qtbot.waitUntil(lambda: lines.frame.step == measured + 1)
    says(qtbot, window.train, f"accuracy {percent(share, 1)} at step {measured}")


def test_a_cosine_that_is_played_on_says_why_nothing_moves(qtbot, window, lines):
    lines.change_setup(epochs=1, schedule="cosine")
    lines.play()
    paused(qtbot, lines)
    assert not window.train.remark.isVisible()
    lines.set_pace(1.0)
    lines.play()
    qtbot.waitUntil(lambda: "the schedule" in window.train.remark.text())
    assert "learning rate is zero" not in window.train.remark.text()
    lines.pause()
    paused(qtbot, lines)
    qtbot.waitUntil(lambda: not window.train.remark.isVisible())


def test_frozen_weights_are_given_as_the_reason_that_nothing_moves(
    qtbot,
    window,
    copying,
):
    copying.freezing.set_layer(0, True)
    click(window.train.run_controls.step)
    qtbot.waitUntil(lambda: "Every weight is frozen" in window.train.remark.text())


def test_a_task_that_fails_leaves_no_word_of_waiting(qtbot, tmp_path, window, lines):
    panel = window.train
    with qtbot.waitSignal(lines.making.failed):
        lines.choose(chosen("own", folder=tmp_path))
        assert "Getting the examples ready" in panel.detail.text()
    assert "1600 examples" in panel.detail.text()
    assert "Getting" not in panel.detail.text()
    assert panel.task_button.text() == lines.task.name


def test_before_there_is_any_task_the_words_of_waiting_are_seen(qtbot, window, training):
    panel = window.train
    assert panel.hint.isVisible()
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
        assert panel.detail.isVisible()
        assert "Getting the examples ready" in panel.detail.text()
    assert panel.detail.isVisible()


def test_the_words_of_waiting_stay_until_the_task_is_there(qtbot, window, lines):
    panel = window.train
    lines.set_pace(20.0)
    lines.play()
    reached(qtbot, lines, 2)
    with qtbot.waitSignal(lines.task_changed):
        lines.choose(chosen("shapes"))
        panel._show_status()  # as the clock does while a run goes
        assert "Getting the examples ready" in panel.detail.text()
    assert "examples ·" in panel.detail.text()


def test_why_it_stopped_stays_beside_the_controls_until_another_task(
    qtbot,
    window,
    copying,
):
    copying.change_setup(learning_rate=1e9)
    click(window.train.run_controls.play)
    paused(qtbot, copying)
    says(qtbot, window.train, "diverged")
    assert "learning rate" in window.train.remark.text()
    another_task(qtbot, copying)
    assert not window.train.remark.isVisible()
    assert not window.messages.isVisible()


def test_undo_of_the_task_takes_its_name_from_the_button(qtbot, window, copying):
    window.bench.document.undo_stack.undo()
    assert window.train.task_button.text() == "Choose a task"


def test_the_caption_of_slow_motion_goes_with_its_run(qtbot, window, copying):
    for _ in range(4):
        QTest.keyClick(window, KEY.Key_S)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    assert window.train.phase.isVisible()
    assert "weight" in window.train.phase.text()
    assert f"learning rate {copying.setup.learning_rate:.3g}" in window.train.phase.toolTip()
    another_task(qtbot, copying)
    assert not window.train.phase.isVisible()


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_what_moves_against_its_gradient_is_counted(qtbot, window, copying, momentum):
    copying.change_setup(momentum=momentum, optimizer="momentum" if momentum else "sgd")
    copying.set_pace(None)
    copying.go(30, None)
    paused(qtbot, copying)
    for _ in range(4):
        QTest.keyClick(window, KEY.Key_S)
    reached(qtbot, copying, 31)
    before, after = (copying.run.frame(step) for step in (30, 31))
    moved = after.moment.parameters - before.moment.parameters
    against = int((moved * before.gradients < 0).sum())
    text = window.train.phase.text()
    if momentum:
        assert 0 < against < len(moved)
        assert f"{against} of {len(moved)} weights move against their gradient" in text
    else:
        assert against == len(moved)
        assert "every weight that has a gradient moves against it" in text


def test_a_perfect_score_on_few_pictures_says_how_few(qtbot, window, training):
    from dataclasses import replace

    from playground.models.words.claim_words import accuracy_text

    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    task = training.task
    few = tuple(values[:6] for values in task.validation)
    assert accuracy_text(replace(task, validation=few), 1.0) == "accuracy 100 % on 6 pictures"
    count = len(task.validation[1])
    nearly = accuracy_text(task, (count - 1) / count)
    assert nearly == f"accuracy {percent((count - 1) / count, 1)}"
    assert "100 %" not in nearly


def test_copying_shows_its_steps(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("copy", goal=preset_goal("sobel_x", 1)))
    assert window.train.run_controls.pace.text() == f"{training.task.pace:.0f}/s"


def test_one_click_ends_the_task_and_brings_ones_own_kernels_back(qtbot, window, training):
    own, network = window.train.own, window.bench.document.network
    play = window.train.run_controls.play
    assert not own.isVisible()
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    assert own.isVisible()
    line = window.train.curves.geometry()
    click(play)
    reached(qtbot, training, 2)
    click(own)
    paused(qtbot, training)
    assert window.bench.document.network is network
    assert not own.isVisible()
    assert not play.isEnabled()
    assert window.train.task_button.text() == "Choose a task"
    assert window.train.curves.geometry() == line
