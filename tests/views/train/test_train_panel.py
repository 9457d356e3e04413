"""Train mode by hand: the switch, the buttons, the space bar, the sliders, what is on screen."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playground.core.claims import percent
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.training.tasks.task_choice import TaskChoice, preset_goal
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


def click(widget):
    QTest.mouseClick(widget, LEFT)


@pytest.fixture
def window(qtbot):
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    window = MainWindow(bench, theming)
    window.bench = bench
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    click(window.top_bar.modes.train)
    yield window
    bench.close()


@pytest.fixture
def training(window):
    return window.bench.training


@pytest.fixture
def copying(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(TaskChoice("copy", goal=preset_goal("sobel_x", 1)))
    return training


@pytest.fixture
def lines(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(TaskChoice("lines"))
    return training


def reached(qtbot, training, step):
    qtbot.waitUntil(
        lambda: training.frame is not None and training.frame.step >= step, timeout=10_000
    )


def paused(qtbot, training):
    qtbot.waitUntil(lambda: not training.running)


def says_step(qtbot, page, training):
    """Wait until the target page says how things are at the step that is shown."""
    step = f"step {training.frame.step} · "
    qtbot.waitUntil(lambda: page.verdict.text().startswith(step))


def entries(menu: QMenu):
    for action in menu.actions():
        if action.menu():
            yield from entries(action.menu())
        elif not action.isSeparator():
            yield action


def fill_with_classes(folder):
    """Two folders of six coloured pictures each."""
    rng = np.random.default_rng(0)
    for name in ("cats", "dogs"):
        (folder / name).mkdir()
        for number in range(6):
            pixels = rng.integers(0, 255, (40, 50, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")


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


def test_the_menu_starts_a_task_with_one_click(qtbot, window, training):
    action = next(a for a in entries(window.train.task_menu) if a.text() == "Sobel x")
    with qtbot.waitSignal(training.task_changed):
        action.trigger()
    assert training.task.goal.names == ("Sobel x",)
    assert window.train.task_button.text() == "Copy a filter"


def test_a_picture_is_denoised_with_as_many_kernels_as_are_chosen(qtbot, window, training):
    menus = {a.text(): a.menu() for a in window.train.task_menu.actions() if a.menu()}
    action = next(a for a in menus["Denoise this picture"].actions() if a.text() == "3 kernels")
    with qtbot.waitSignal(training.task_changed):
        action.trigger()
    assert training.network.conv(0).filters == 3


def test_a_task_whose_maps_are_smaller_points_at_their_middle(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(TaskChoice("digits"))
    picture = window.bench.document.picture
    row, column = window.bench.document.selection.pixel
    assert abs(row - picture.height / 4) <= 1
    assert abs(column - picture.width / 4) <= 1


def test_presenting_leaves_the_room_to_the_weights(qtbot, window, copying):
    buttons = window.kernel.flow_buttons
    window.top_bar.present.setChecked(True)
    assert not any(each.isVisible() for each in buttons)
    click(window.top_bar.modes.explore)
    assert all(each.isVisible() for each in buttons)
    click(window.top_bar.modes.train)
    window.top_bar.present.setChecked(False)
    assert all(each.isVisible() for each in buttons)


def test_space_plays_and_pauses(qtbot, window, copying):
    window.input.setFocus()
    QTest.keyClick(window, KEY.Key_Space)
    assert copying.running
    reached(qtbot, copying, 5)
    QTest.keyClick(window, KEY.Key_Space)
    paused(qtbot, copying)


def test_play_learns_and_grid_maps_and_target_follow(qtbot, window, copying):
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


def test_the_learning_rate_slider_is_logarithmic_and_counts_at_once(window, copying):
    slider = window.train.setup_controls.rate
    slider.setFocus()
    QTest.keyClick(slider, KEY.Key_Home)
    assert copying.setup.learning_rate == 0
    QTest.keyClick(slider, KEY.Key_Right)
    assert copying.setup.learning_rate == pytest.approx(1e-5, rel=0.1)
    QTest.keyClick(slider, KEY.Key_End)
    assert copying.setup.learning_rate == pytest.approx(10)
    assert window.train.setup_controls.rate_text.text() == "10"


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, KEY.Key_Return)


def test_a_learning_rate_can_be_typed_and_a_wrong_one_is_said(window, copying):
    field = window.train.setup_controls.rate_text
    type_into(field, "1/8")
    assert copying.setup.learning_rate == pytest.approx(0.125)
    for wrong in ("fast", "-1"):
        type_into(field, wrong)
        assert copying.setup.learning_rate == pytest.approx(0.125)
        assert field.text() == "0.125"
        assert window.messages.isVisible()


def test_numbers_are_typed_and_shown_in_every_country(locale, window, copying):
    controls, point = window.train.setup_controls, locale.decimalPoint()
    type_into(controls.epochs, "7")
    for wrong in ("1.234", "1,234"):
        type_into(controls.epochs, wrong)
        assert copying.setup.epochs == 7
    type_into(controls.epochs, "1234")
    assert (copying.setup.epochs, controls.epochs.text()) == (1234, "1234")
    for text in ("0.25", "0,25"):
        type_into(controls.rate_text, "1")
        type_into(controls.rate_text, text)
        assert copying.setup.learning_rate == 0.25
        assert controls.rate_text.text() == f"0{point}25"
        type_into(controls.momentum, "0")
        type_into(controls.momentum, text)
        assert copying.setup.momentum == 0.25
        assert controls.momentum.text() == f"0{point}25"


def test_decay_clipping_and_momentum_go_into_the_run(qtbot, window, copying):
    controls = window.train.setup_controls
    assert controls.momentum.isVisible()
    for control, value in ((controls.momentum, 0.5), (controls.decay, 0.01), (controls.clip, 2)):
        control.setValue(value)
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    optimizer = copying.run.handed_over().trainer.optimizer
    assert optimizer.momentum == 0.5
    assert optimizer.weight_decay == 0.01
    assert optimizer.global_clipnorm == 2
    controls.optimizer.setCurrentIndex(controls.optimizer.findData("adam"))
    controls.optimizer.activated.emit(controls.optimizer.currentIndex())
    assert not controls.momentum.isVisible()


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


def test_optimizer_and_batch_are_chosen_by_key(window, copying):
    combo = window.train.setup_controls.optimizer
    combo.setCurrentIndex(combo.findData("adam"))
    combo.activated.emit(combo.currentIndex())
    assert copying.setup.optimizer == "adam"
    combo = window.train.setup_controls.batch
    combo.setCurrentIndex(combo.findData(8))
    combo.activated.emit(combo.currentIndex())
    assert copying.setup.batch_size == 8


def test_the_curve_on_screen_has_the_numbers_of_the_run(qtbot, window, copying):
    curves = window.train.curves
    curves.smooth.setValue(0)
    curves.log.setChecked(False)
    click(window.train.run_controls.play)
    reached(qtbot, copying, 60)
    copying.pause()
    paused(qtbot, copying)
    curves.redraw()
    steps, losses = curves.training_line.getOriginalDataset()
    assert steps.tolist() == list(range(1, copying.run.steps + 1))
    assert losses == pytest.approx(copying.run.curves.loss.since(0), rel=1e-6)


def test_a_ticked_earlier_run_is_drawn_behind(qtbot, window, copying):
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    click(window.train.run_controls.again)
    runs = window.bench.runs
    runs.setData(runs.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    window.train.curves.redraw()
    assert len(window.train.curves.earlier_lines) == 1
    assert len(window.train.curves.earlier_lines[0].getOriginalDataset()[0]) == 1


def test_a_weight_tells_its_gradient_and_its_next_step(qtbot, window, copying):
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    grid = window.kernel.grids.grids[0]
    gradient = copying.run.unpacked(copying.frame.gradients)[0][0, 1, 0, 0]
    step = window.bench.hints.hint((0, 1, 0, 0)).step
    tip = grid.tip(grid.table.index(0, 1))
    assert f"∂L/∂w = {gradient:+.4g}; the next step adds {step:+.4g}" in tip


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


def test_layers_are_listed_with_their_histograms(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(TaskChoice("lines"))
    with qtbot.waitSignal(window.bench.layers.changed, timeout=10_000):
        click(window.train.run_controls.step)
    rows = window.train.pages.layers.rows
    assert [layer.name for layer in rows.layers][:2] == ["Conv2D", "ReLU"]
    assert rows.layers[0].update_ratio > 0
    rows.repaint()


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


def test_a_folder_of_pictures_becomes_a_task_and_says_what_it_left_out(
    qtbot, window, training, tmp_path
):
    fill_with_classes(tmp_path)
    (tmp_path / "cats" / "broken.png").write_bytes(b"no picture")
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(TaskChoice("own", folder=tmp_path, side=32, colour=True))
    assert training.task.class_names == ("cats", "dogs")
    assert "broken.png" in window.messages.text
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)


def test_two_picture_files_become_a_task(qtbot, window, training, tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (60, 50), dtype=np.uint8)
    paths = tmp_path / "before.png", tmp_path / "after.png"
    Image.fromarray(pixels).save(paths[0])
    Image.fromarray(255 - pixels).save(paths[1])
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(TaskChoice.of_pair(*paths, 3))
    click(window.train.run_controls.play)
    reached(qtbot, training, 3000)
    copying = training
    copying.pause()
    paused(qtbot, copying)
    says_step(qtbot, window.train.pages.target, copying)
    assert "one linear filter did it" in window.train.pages.target.verdict.text()


def test_the_window_can_be_closed_while_it_trains(qtbot, window, copying):
    click(window.train.run_controls.play)
    reached(qtbot, copying, 3)
    window.close()
    QApplication.processEvents()
    assert not copying._thread.isRunning()


def test_slow_motion_goes_along_the_strip_by_key(qtbot, window, copying):
    QTest.keyClick(window, KEY.Key_S)
    assert window.badge.isVisible()
    assert window.badge.text().startswith("→")
    assert "forward through Conv2D" in window.train.phase.text()
    QTest.keyClick(window, KEY.Key_S)
    assert "loss" in window.train.phase.text()
    assert not window.badge.isVisible()
    QTest.keyClick(window, KEY.Key_S)
    assert window.badge.text().startswith("←")
    click(window.train.run_controls.slow)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)


def test_a_right_click_on_a_kernel_freezes_it(qtbot, window, copying):
    view = window.bank.view
    place, port = view.visualRect(view.model().index(0, 0)).center(), view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
    assert "Rename" in [action.text() for action in menu.actions()]
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


def test_the_pause_sign_fits_its_button_from_the_back_row_too(qtbot, window):
    play = window.train.run_controls.play
    play.setText("▶")
    for present in (False, True):
        window.top_bar.present.setChecked(present)
        room = play.fontMetrics().horizontalAdvance("❚❚")
        assert play.minimumWidth() > room
    window.top_bar.present.setChecked(False)
