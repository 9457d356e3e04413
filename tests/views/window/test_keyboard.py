"""All is reached, seen and pressed by keyboard."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen

TAB, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Space
FAR_TOO_OFTEN = 400


@pytest.fixture
def bench(qtbot):
    bench = Workbench()
    yield bench
    bench.close()


@pytest.fixture
def window(qtbot, bench):
    window = MainWindow(bench, Theming(bench.settings, bench))
    qtbot.addWidget(window)
    window.resize(1280, 680)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    return window


@pytest.fixture
def train(qtbot, bench, window):
    """The window in Train, with a task and the confusion matrix in sight."""
    bench.settings.set_mode("train")
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(chosen("digits"))
    with qtbot.waitSignal(bench.classes.reported):
        bench.training.step_once()
    return window


def controls(window):
    """Everything in sight that wants to be reached by Tab."""
    return {
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None  # as the field in a spin box
    }


def walked(window):
    """The controls that Tab comes to until it is where it began, and whether each was framed."""
    start, reached = QApplication.focusWidget(), {}
    for _ in range(FAR_TOO_OFTEN):
        at = QApplication.focusWidget()
        assert at is not None, f"nothing has the focus after {len(reached)} controls"
        QTest.keyClick(at, TAB)
        now = QApplication.focusWidget()
        place = QRect(now.mapTo(window, QPoint(0, 0)), now.size())
        ring = window.focus_ring
        around = ring.isVisible() and ring.geometry().contains(place.intersected(window.rect()))
        reached[now] = around
        if now is start:
            return reached
    raise AssertionError(f"Tab never comes back; it is at {now}, {now.accessibleName()}")


def check_a_walk(window):
    window.input.bar.grey.setFocus()
    reached = walked(window)
    missed = controls(window) - set(reached)
    assert not [(type(one).__name__, one.accessibleName()) for one in missed]
    unseen = {control for control, around in reached.items() if not around}
    assert not unseen - {window.kernel.grid}  # The grid marks the cell.


def test_tab_reaches_every_control_of_explore_and_shows_where_it_is(window):
    check_a_walk(window)


def test_tab_reaches_every_control_of_train_and_shows_where_it_is(train):
    check_a_walk(train)


@pytest.mark.parametrize("views", [("equation", "arithmetic"), ("kernels", "curve"), ("classes",)])
def test_tab_reaches_every_control_of_a_presentation_and_shows_where_it_is(qtbot, train, views):
    train.top_bar.present.setChecked(True)
    train.setWindowState(Qt.WindowState.WindowNoState)
    train.resize(1280, 720)
    train._workbench.presenting.announce("views", views)
    for _ in range(3):
        QApplication.processEvents()
    first = train.presentation.view.keys.buttons["present.equation"]
    first.setFocus()
    reached = walked(train)
    missed = controls(train) - set(reached)
    assert not [(type(one).__name__, one.accessibleName()) for one in missed]
    pane = train.presentation.view.panes.get("equation")
    grids = set() if pane is None else set(pane.kernel.grids)
    assert not {control for control, around in reached.items() if not around} - grids
    train.top_bar.present.setChecked(False)


def test_a_click_needs_no_frame(window):
    QTest.mouseClick(window.kernel.flip, Qt.MouseButton.LeftButton)
    assert not window.focus_ring.isVisible()


def test_the_frame_stays_around_its_control_and_goes_with_it(window):
    window.bank.view.setFocus()
    QTest.keyClick(window.bank.view, TAB)
    at = QApplication.focusWidget()
    window.resize(1400, 800)
    QApplication.processEvents()
    ring = window.focus_ring.geometry()
    assert ring.contains(at.mapTo(window, at.rect().center()))
    at.hide()
    assert not window.focus_ring.isVisible()


def test_space_presses_every_button_of_train(bench, train):
    pressed = []
    buttons = [
        one for one in controls(train)
        if isinstance(one, QAbstractButton) and getattr(one, "menu", lambda: None)() is None
    ]  # fmt: skip
    assert len(buttons) > 15
    for button in buttons:
        button.blockSignals(True)
        button.setFocus()
        QTest.keyPress(button, SPACE)
        pressed.append(button.isDown())
        QTest.keyRelease(button, SPACE)
        button.blockSignals(False)
    assert all(pressed)
    assert not bench.training.running


def test_space_begins_and_stops_training_everywhere_else(qtbot, bench, train):
    train.kernel.grid.setFocus()
    QTest.keyClick(train.kernel.grid, SPACE)
    assert bench.training.running
    QTest.keyClick(train.kernel.grid, SPACE)
    qtbot.waitUntil(lambda: not bench.training.running)


def test_after_train_is_chosen_space_begins(bench, train):
    QTest.mouseClick(train.top_bar.modes.explore, Qt.MouseButton.LeftButton)
    QTest.mouseClick(train.top_bar.modes.train, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is train.train.run_controls.play
    QTest.keyClick(QApplication.focusWidget(), SPACE)
    assert bench.training.running
    bench.training.pause()


def test_a_control_that_goes_takes_its_frame_with_it(window):
    window.bank.view.setFocus()
    QTest.keyClick(window.bank.view, TAB)
    at = QApplication.focusWidget()
    room = at.parentWidget()
    assert window.focus_ring.isVisible()
    at.deleteLater()
    QApplication.sendPostedEvents(at, QEvent.Type.DeferredDelete.value)
    room.resize(room.width() + 20, room.height() + 20)
    QApplication.processEvents()
    assert not window.focus_ring.isVisible()
