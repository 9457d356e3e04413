"""Train mode by hand: the switch, the buttons, the space bar, the sliders, what is on screen."""

import numpy as np
import pytest
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playground.core.claims import percent
from playground.models.kernels.kernel_edits import KernelEdits
from tests.models.made_tasks import chosen
from tests.views.train.hands import (
    KEY,
    click,
    paused,
    reached,
    says_step,
)


def test_the_switch_changes_what_stands_below_and_back(window):
    assert window.train.isVisible()
    assert not window.arithmetic.isVisible()
    click(window.top_bar.modes.explore)
    assert window.arithmetic.isVisible()


def test_without_a_task_nothing_can_be_played(window):
    controls = window.train.run_controls
    assert not controls.play.isEnabled()
    QTest.keyClick(window, KEY.Key_Space)
    assert not window.bench.training.running


def test_a_task_whose_maps_are_smaller_points_at_their_middle(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("digits"))
    picture = window.bench.document.picture
    row, column = window.bench.document.selection.pixel
    assert abs(row - picture.height / 4) <= 1
    assert abs(column - picture.width / 4) <= 1


def test_train_leaves_the_room_to_the_weights(window, copying):
    buttons = window.kernel.flow_buttons
    assert not any(each.isVisible() for each in buttons)
    click(window.top_bar.modes.explore)
    assert all(each.isVisible() for each in buttons)


def test_space_plays_and_pauses(qtbot, window, copying):
    window.input.setFocus()
    QTest.keyClick(window, KEY.Key_Space)
    assert copying.running
    reached(qtbot, copying, 5)
    QTest.keyClick(window, KEY.Key_Space)
    paused(qtbot, copying)


def test_play_learns_and_grid_maps_and_target_follow(qtbot, window, copying):
    copying.set_pace(100.0)
    click(window.train.run_controls.play)
    goal = copying.task.goal.kernel
    conv = window.bench.document
    qtbot.waitUntil(lambda: np.abs(conv.conv.kernel - goal).max() < 0.01, timeout=10_000)
    qtbot.waitUntil(lambda: not copying.running, timeout=10_000)  # it stops when it has found it
    grid = window.kernel.grids.grids[0]
    assert np.array_equal(grid.table.weights, window.bench.document.conv.kernel[:, :, 0, 0])
    qtbot.waitUntil(lambda: not window.bench.preview.busy)
    page = window.train.pages.target
    says_step(qtbot, page, copying)
    assert page.learner.values == pytest.approx(goal[:, :, 0, 0], abs=0.01)
    assert np.abs(page.error.values).max() < 0.05


def test_one_step_and_one_epoch(qtbot, window, copying):
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    assert copying.run.steps == 1
    click(window.train.run_controls.epoch)
    reached(qtbot, copying, 32)
    paused(qtbot, copying)
    assert copying.run.steps == 32


def test_reset_goes_back_to_the_same_fresh_weights_and_the_dice_to_others(qtbot, window, copying):
    start = window.bench.document.conv.kernel
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    click(window.train.run_controls.again)
    assert np.array_equal(window.bench.document.conv.kernel, start)
    click(window.train.run_controls.reseed)
    assert not np.array_equal(window.bench.document.conv.kernel, start)
    assert window.train.setup_controls.seed.value() == 1


def test_training_is_off_while_the_network_cannot_learn_the_task(qtbot, window, copying):
    play = window.train.run_controls.play
    assert play.isEnabled()
    window.strip.edits.add_layer("flatten", 0)
    assert not play.isEnabled()
    assert "the network must make" in play.toolTip()
    assert window.train.remark.text() == play.toolTip()
    window.bench.document.undo_stack.undo()
    assert play.isEnabled()
    assert not window.train.remark.isVisible()


def test_the_speed_slider_goes_from_one_step_a_second_to_no_limit(window, copying):
    slider = window.train.run_controls.speed
    slider.setFocus()
    QTest.keyClick(slider, KEY.Key_Home)
    assert copying.pace == pytest.approx(1)
    QTest.keyClick(slider, KEY.Key_End)
    assert copying.pace is None


def test_the_curve_on_screen_has_the_numbers_of_the_run(qtbot, window, copying):
    curves = window.train.curves
    curves.smooth.setValue(0)
    curves.log.setChecked(False)
    window.bench.timeline.set_log(False)
    click(window.train.run_controls.play)
    reached(qtbot, copying, 60)
    copying.pause()
    paused(qtbot, copying)
    curves.redraw()
    steps, losses = curves.training_line.getOriginalDataset()
    assert steps.tolist() == list(range(1, copying.run.steps + 1))
    assert losses == pytest.approx(copying.run.curves.loss.since(0), rel=1e-6)


def test_a_weight_tells_its_gradient_and_its_next_step(qtbot, window, copying):
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    grid = window.kernel.grids.grids[0]
    gradient = copying.run.unpacked(copying.frame.gradients)[0][0, 1, 0, 0]
    step = window.bench.hints.hint((0, 1, 0, 0)).step
    tip = grid.tip(grid.table.index(0, 1))
    words = f"∂L/∂w = {gradient:+.4g}; the next step adds {step:+.4g}"
    assert words.replace("-", "−") in tip


def test_the_timeline_shows_an_earlier_kernel_and_goes_on_from_it(qtbot, window, copying):
    for step in (1, 2, 3):
        click(window.train.run_controls.step)
        reached(qtbot, copying, step)
        paused(qtbot, copying)
    newest = window.bench.document.conv.kernel
    slider = window.train.timeline.slider
    slider.setFocus()
    QTest.keyClick(slider, KEY.Key_Left)
    assert not np.array_equal(window.bench.document.conv.kernel, newest)
    assert window.train.timeline.go_on.isVisible()
    click(window.train.timeline.go_on)
    reached(qtbot, copying, 3)
    copying.pause()
    paused(qtbot, copying)
    assert not window.train.timeline.go_on.isVisible()


def test_why_it_stopped_is_said_once_and_where_it_is_seen(qtbot, window, copying):
    copying.change_setup(learning_rate=1e9)
    remark = window.train.remark
    click(window.train.run_controls.play)
    qtbot.waitUntil(lambda: remark.isVisible() and "learning rate" in remark.text())
    paused(qtbot, copying)
    assert window.messages.text == ""
    copying.reset()
    copying.play()
    window.bench.settings.set_mode("explore")
    qtbot.waitUntil(lambda: "learning rate" in window.messages.text)
    paused(qtbot, copying)


def test_every_control_of_the_panel_has_a_name_and_a_tooltip(window, copying):
    controls = window.train.run_controls
    setup = window.train.setup_controls
    for widget in (
        *(controls.play, controls.step, controls.epoch, controls.again, controls.reseed),
        *(controls.speed, setup.rate, setup.batch, setup.optimizer, setup.initializer),
        *(setup.seed, setup.epochs, setup.schedule, window.train.timeline.slider),
    ):
        assert widget.accessibleName()
        assert widget.toolTip()


def test_the_window_can_be_closed_while_it_trains(qtbot, window, copying):
    click(window.train.run_controls.play)
    reached(qtbot, copying, 3)
    window.close()
    QApplication.processEvents()
    assert not copying._thread.isRunning()


def test_slow_motion_goes_along_the_strip_by_key_and_into_the_grid(qtbot, window, copying):
    marks = lambda: window.strip.itemDelegate().marks  # noqa: E731 - read as one line
    QTest.keyClick(window, KEY.Key_S)
    assert marks().texts[0].startswith("→")
    assert marks().here == {0}
    assert "forward through Conv2D" in window.train.phase.text()
    QTest.keyClick(window, KEY.Key_S)
    assert "loss" in window.train.phase.text()
    assert window.phases.loss.isVisible()
    QTest.keyClick(window, KEY.Key_S)
    assert marks().texts[0].startswith("←")
    before = window.bench.document.conv.kernel
    click(window.train.run_controls.slow)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    assert marks().texts[0].startswith("Δw")
    cell, grid = (0, 2, 0, 0), window.kernel.grids.grids[0]
    moved = window.bench.document.conv.kernel[cell] - before[cell]
    assert window.bench.hints.hint(cell).change == pytest.approx(moved, abs=1e-6)
    assert "The step in slow motion has added" in grid.tip(grid.table.index(0, 2))
    click(window.train.run_controls.step)
    reached(qtbot, copying, 2)
    paused(qtbot, copying)
    assert window.bench.hints.hint(cell).change is None
    assert not marks().texts


def test_a_right_click_on_a_kernel_freezes_it(qtbot, window, copying):
    view = window.maps.view
    place, port = view.cell_rect(0).center(), view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))
    menu = next(m for m in window.bank.findChildren(QMenu) if m.isVisible())
    assert "Duplicate" in [action.text() for action in menu.actions()]
    assert "Rename" not in [action.text() for action in menu.actions()]
    next(a for a in menu.actions() if a.text() == "Freeze this kernel").trigger()
    menu.close()
    before = window.bench.document.conv.kernel
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    assert np.array_equal(window.bench.document.conv.kernel, before)


def test_what_looks_wrong_is_said_beside_the_controls(qtbot, window, copying):
    slider = window.train.setup_controls.rate
    copying.change_setup(learning_rate=0.0)
    with qtbot.waitSignal(window.bench.layers.changed):
        click(window.train.run_controls.step)
    assert "learning rate is zero" in window.train.remark.text()
    assert window.train.remark.isVisible()
    # Said once: not on the page of layers too.
    window.train.pages.show_page(window.train.pages.layers)
    assert window.train.pages.layers.rows.isVisible()
    assert not window.train.pages.layers.problem.isVisible()
    assert slider.value() == 0


def test_at_an_earlier_step_header_curve_and_timeline_say_that_step(qtbot, window, lines):
    panel, training = window.train, window.bench.training
    training.change_setup(epochs=3)
    training.play()
    qtbot.waitUntil(lambda: not training.running and training.frame.step == training.run.goal)
    each = training.task.steps_per_epoch(training.setup.batch_size)
    qtbot.waitUntil(lambda: "epoch 3 of 3" in panel.detail.text())
    assert not panel.curves.marker.isVisible()
    panel.timeline.slider.setValue(each)
    qtbot.waitUntil(lambda: "epoch 1 of 3" in panel.detail.text())
    first = float(training.run.curves.validation_accuracy.since(0)[0])
    right = percent(first, 1)
    assert f"accuracy {right}" in panel.detail.text()
    qtbot.waitUntil(panel.curves.marker.isVisible)
    assert panel.curves.marker.value() == each


def test_a_finished_run_is_not_warned_about(qtbot, window, lines):
    panel, training = window.train, window.bench.training
    training.change_setup(epochs=1, schedule="cosine")
    training.play()
    qtbot.waitUntil(lambda: not training.running and training.frame.step == training.run.goal)
    assert training.frame.rate == pytest.approx(0, abs=1e-9)
    with qtbot.waitSignal(window.bench.layers.changed):
        window.bench.timeline.show(training.run.steps)
    assert not panel.remark.isVisible()


def test_a_run_played_again_says_how_far_it_goes_now(qtbot, window, lines):
    panel, training = window.train, window.bench.training
    training.change_setup(epochs=1)
    for passes in (1, 2):
        training.play()
        qtbot.waitUntil(lambda: not training.running)
        qtbot.waitUntil(lambda passes=passes: f"epoch {passes} of {passes}" in panel.detail.text())


def test_after_a_change_by_hand_nothing_measured_before_is_said_of_the_weights(
    qtbot, window, lines
):
    panel, training, timeline = window.train, lines, window.bench.timeline
    click(window.train.run_controls.epoch)
    each = training.task.steps_per_epoch(training.setup.batch_size)
    reached(qtbot, training, each)
    paused(qtbot, training)
    share = float(training.run.curves.validation_accuracy.since(0)[-1])
    said, before = f"accuracy {percent(share, 1)}", "before a change by hand"
    qtbot.waitUntil(lambda: said in panel.detail.text())
    assert before not in panel.detail.text()
    KernelEdits(window.bench.document).nudge([(0, 0, 0, 0)], 1)
    qtbot.waitUntil(lambda: f"{said} {before}" in panel.detail.text())
    click(window.train.run_controls.step)
    reached(qtbot, training, each + 1)
    paused(qtbot, training)
    qtbot.waitUntil(lambda: f"{said} at step {each}" in panel.detail.text())
    # The step that is kept is that of the changed weights.
    timeline.show(each)
    qtbot.waitUntil(lambda: f"{said} {before}" in panel.detail.text())


def test_a_run_that_begins_with_changed_weights_does_not_claim_what_was_measured_before(
    qtbot, window, lines
):
    panel, training, timeline = window.train, lines, window.bench.timeline
    each = training.task.steps_per_epoch(training.setup.batch_size)
    click(window.train.run_controls.epoch)
    reached(qtbot, training, each)
    paused(qtbot, training)
    click(window.train.run_controls.step)
    reached(qtbot, training, each + 1)
    paused(qtbot, training)
    timeline.show(each)
    KernelEdits(window.bench.document).nudge([(0, 0, 0, 0)], 1)
    first = training.origin.run
    assert training.ready_to_go() is training.run
    assert training.run.number != first
    qtbot.waitUntil(lambda: "before a change by hand" in panel.detail.text())


def test_a_loss_of_the_weights_before_is_not_said_after_a_change_by_hand(qtbot, window, copying):
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    qtbot.waitUntil(lambda: " · loss " in window.train.detail.text())
    KernelEdits(window.bench.document).nudge([(0, 0, 0, 0)], 1)
    qtbot.waitUntil(lambda: " · loss " not in window.train.detail.text())


def test_weights_changed_by_hand_say_from_which_step_they_went_out(qtbot, window, copying):
    for step in (1, 2):
        click(window.train.run_controls.step)
        reached(qtbot, copying, step)
        paused(qtbot, copying)
    window.bench.timeline.show(1)
    KernelEdits(window.bench.document).nudge([(0, 0, 0, 0)], 1)
    said = f"changed by hand from step 1 of run {copying.origin.run}"
    qtbot.waitUntil(lambda: said in window.train.detail.text())


def test_the_pause_sign_fits_its_button_in_larger_text_too(qtbot, window):
    play = window.train.run_controls.play
    play.setText("▶")
    for larger in (0, 4):
        window.bench.settings.change_text(larger)
        room = play.fontMetrics().horizontalAdvance("❚❚")
        assert play.minimumWidth() > room
    window.bench.settings.change_text(0)


def test_what_a_task_did_to_the_picture_is_said_below_it(qtbot, window, training):
    note = window.train.note
    assert note.isHidden()
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise"))
    assert note.isVisible()
    assert note.text() == window.bench.note.text
    assert note.text().startswith("Noise of about ±0.1 was added to your picture")
    assert note.shown_text() == note.text(), "there is room for it"
    place = window.train.setup_controls.geometry()
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)
    paused(qtbot, training)
    note.setText("")
    window.layout().activate()
    assert window.train.setup_controls.geometry() == place


def test_a_task_with_classes_puts_an_example_in_the_place_of_the_pad(qtbot, window, training):
    draw = window.input.bar.draw
    click(draw)
    assert window.input.pad.isVisible()
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    assert not draw.isChecked()
    assert window.input.view.isVisible()
    assert window.train.note.isVisible()
    click(draw)
    assert window.bench.pad.active
    assert window.train.note.isHidden(), "the pad has the room"
    window.bench.document.undo_stack.undo()
    assert not draw.isChecked()
    assert window.bench.document.picture.source.checking


def test_a_long_sentence_at_the_end_of_a_run_moves_no_row(qtbot, window, copying):
    train = window.train
    rows = train.curves, train.pages
    places = [row.mapTo(window, row.rect().topLeft()) for row in rows]
    train.ending.setText("Finished: the planned epochs are done. " * 5)
    train._choose_line()
    QApplication.processEvents()
    assert train.ending.isVisible()
    assert [row.mapTo(window, row.rect().topLeft()) for row in rows] == places
    assert train._line.height() == train.detail.sizeHint().height()
