"""Into a presentation and out of it, and the tools that step aside meanwhile."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

AWAY = QPoint(600, 500)


def test_everything_is_where_it_was_when_the_presentation_ends(stage):
    window = stage.window
    window.resize(1280, 720)
    QApplication.processEvents()
    parts = window.top_bar, window.strip, window.kernel, window.maps, window.arithmetic
    before = [(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]
    stage.begin()
    assert not any(part.isVisible() for part in parts)
    assert not window.menuBar().isVisible()
    window.top_bar.present.setChecked(False)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1280, 720)
    QApplication.processEvents()
    assert [(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts] == before


def test_the_tools_come_at_the_pointer_s_approach_and_by_key(qtbot, stage):
    QCursor.setPos(stage.window.mapToGlobal(AWAY))
    stage.begin()
    tools, window = stage.window.presentation.tools, stage.window
    assert not tools.isVisible()
    stage.press(Qt.Key.Key_T)
    assert tools.isVisible()
    assert window.top_bar.isVisible()
    assert tools.geometry().width() == stage.view.width()
    stage.press(Qt.Key.Key_T)
    assert not tools.isVisible()
    QCursor.setPos(window.mapToGlobal(QPoint(600, 2)))
    qtbot.waitUntil(tools.isVisible)
    QCursor.setPos(window.mapToGlobal(QPoint(600, tools.height() + 200)))
    qtbot.waitUntil(lambda: not tools.isVisible())


def test_in_train_the_run_s_controls_are_among_the_tools(qtbot, stage):
    stage.bench.settings.set_mode("train")
    stage.begin()
    stage.presenting.toggle_tools()
    train = stage.window.train
    for part in (train.bar, train.setup_controls, stage.window.strip):
        assert stage.window.presentation.tools.isAncestorOf(part)
        assert part.isVisible()
    stage.window.top_bar.present.setChecked(False)
    QApplication.processEvents()
    assert stage.window.train.beside.isAncestorOf(train.setup_controls)
    assert train.bar.isVisible()


def test_space_plays_what_the_mode_plays(qtbot, stage):
    stage.begin()
    stage.press(Qt.Key.Key_Space)
    assert stage.bench.player.playing
    stage.press(Qt.Key.Key_Space)
    assert not stage.bench.player.playing


def test_a_choice_in_the_menu_begins_to_present(stage):
    stage.window.action_table["present.map"].trigger()
    assert stage.window.presentation.active
    assert stage.presenting.views[-1] == "map"


def test_another_mode_brings_its_own_tools_and_views(stage):
    stage.begin()
    stage.presenting.toggle_tools()
    stage.bench.settings.set_mode("train")
    stage.settle()
    tools, train = stage.window.presentation.tools, stage.window.train
    assert tools.isAncestorOf(train.bar)
    assert stage.presenting.views == ("equation", "curve")
    stage.bench.settings.set_mode("explore")
    stage.settle()
    assert not tools.isAncestorOf(train.bar)
    assert not train.bar.isVisible()
    assert tools.isAncestorOf(stage.window.top_bar)
    stage.window.top_bar.present.setChecked(False)
    stage.settle()
    assert stage.window.arithmetic.isVisible()
    assert stage.window.top_bar.isVisible()


def test_a_pointer_that_lies_at_the_edge_has_not_come_there(stage):
    QCursor.setPos(stage.window.mapToGlobal(QPoint(300, 0)))
    stage.begin()
    tools = stage.window.presentation.tools
    tools.look()
    assert not tools.isVisible()
    QCursor.setPos(stage.window.mapToGlobal(QPoint(304, 1)))
    tools.look()
    assert tools.isVisible()


def test_the_tools_are_as_wide_as_the_screen_whatever_it_becomes(stage):
    stage.begin()
    stage.presenting.toggle_tools()
    stage.window.resize(1600, 900)
    stage.settle()
    assert stage.window.presentation.tools.width() == stage.view.width() == 1600


def test_the_keys_go_on_when_what_had_the_focus_is_gone(stage):
    stage.begin()
    stage.show("equation")
    grid = stage.view.panes["equation"].kernel.grids[0]
    grid.setFocus()
    grid.clearFocus()
    assert QApplication.focusWidget() is stage.view
    stage.press(Qt.Key.Key_2)
    assert stage.presenting.views == ("map",)
