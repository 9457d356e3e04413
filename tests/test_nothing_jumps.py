"""Nothing on screen moves when a message comes, a run begins or ends, or other words are shown."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen


@pytest.fixture
def window(qtbot):
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    theming.apply()
    window = MainWindow(bench, theming)
    window.bench = bench
    qtbot.addWidget(window)
    window.resize(1280, 680)
    window.show()
    qtbot.waitExposed(window)
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    qtbot.waitUntil(lambda: len(bench.preview.maps) == 12 and not bench.preview.busy)
    yield window
    bench.close()
    QApplication.instance().setStyleSheet("")


@pytest.fixture
def train(qtbot, window):
    window.bench.settings.set_mode("train")
    with qtbot.waitSignal(window.bench.training.task_changed):
        window.bench.training.choose(chosen("lines"))
    return window.bench.training


def rows(window):
    """Where everything in sight stands, from the top, and how high it is."""
    QApplication.processEvents()
    return {
        one: (one.mapTo(window, QPoint(0, 0)).y(), one.height())
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.window() is window
    }


def moved(window, before):
    now = rows(window)
    return [
        (type(one).__name__, before[one], now[one])
        for one in before
        if one in now and before[one] != now[one]
    ]


def test_in_explore(qtbot, window):
    selection, before = window.bench.document.selection, rows(window)
    window.messages.show_problem("This picture cannot be opened: copy it once more. " * 3)
    assert not moved(window, before)
    window.kernel.grid.setFocus()
    window.kernel.grid.setCurrentIndex(window.kernel.grid.model().index(0, 0))
    qtbot.waitUntil(lambda: selection.weight is not None)
    assert not moved(window, before)
    window.bank.view.setFocus()
    selection.set_pixel((0, 0))
    assert not moved(window, before)


def test_while_a_run_is_watched_from_its_begin_to_its_end(qtbot, window, train):
    before = rows(window)
    train.change_setup(epochs=2)
    train.play()
    qtbot.waitUntil(lambda: train.frame is not None)
    assert not moved(window, before)
    qtbot.waitUntil(lambda: bool(train.ending))
    qtbot.waitUntil(window.train.ending.isVisible)
    assert not moved(window, before)
    window.bench.timeline.show(1)
    qtbot.waitUntil(window.train.timeline.go_on.isVisible)
    assert not moved(window, before)


def test_when_a_hidden_kernel_is_found(qtbot, window, train):
    with qtbot.waitSignal(train.task_changed):
        train.choose(chosen("copy", goal=preset_goal("sobel_x", 1)))
    train.set_pace(None)
    before = rows(window)
    train.play()
    qtbot.waitUntil(lambda: "Found" in window.train.ending.text())
    assert window.train.ending.isVisible()
    assert not moved(window, before)


def test_in_slow_motion(qtbot, window, train):
    before = rows(window)
    window.bench.slow.advance()
    qtbot.waitUntil(window.train.phase.isVisible)
    assert not moved(window, before)


def test_when_the_loss_explodes(qtbot, window, train):
    before = rows(window)
    train.change_setup(learning_rate=50.0)
    train.play()
    qtbot.waitUntil(window.train.remark.isVisible)
    assert not moved(window, before)


def test_in_slow_motion_from_the_first_phase_to_the_last(qtbot, window, train):
    train.step_once()
    qtbot.waitUntil(lambda: train.frame is not None and not train.running)
    slow, before = window.bench.slow, rows(window)
    slow.advance()
    while slow.done[-1].kind != "update":
        assert not moved(window, before)
        slow.advance()
    qtbot.waitUntil(lambda: train.frame.step == 2 and not train.running)
    assert not moved(window, before)
