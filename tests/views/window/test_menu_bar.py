"""The menu bar: every action of the window, and what is chosen of a few."""

import pytest
from PySide6.QtWidgets import QMenu

from playground.models.state.view_settings import ViewSettings
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from playground.views.window.menu_bar import ChoiceMenu, view_choices


@pytest.fixture
def settings(qapp):
    return ViewSettings()


@pytest.fixture
def window(qtbot):
    bench = Workbench()
    window = MainWindow(bench, Theming(bench.settings, bench))
    qtbot.addWidget(window)
    window.show()
    yield window
    bench.close()


def entries(menu):
    """All actions of a menu and of the menus in it, as they are when it is opened."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        if action.menu() is not None:
            yield from entries(action.menu())
        elif not action.isSeparator():
            yield action


def test_every_action_of_the_window_stands_in_a_menu(window):
    inside = [e for top in window.menuBar().actions() for e in entries(top.menu())]
    names = {action.objectName() for action in window.action_table}
    missing = names - {action.objectName() for action in inside}
    assert missing == {"view.player"}  # A key of the maps alone, where its button is.


def test_every_entry_says_what_it_does(window):
    for top in window.menuBar().actions():
        for entry in entries(top.menu()):
            assert entry.text()
            assert entry.toolTip()


def test_tasks_are_loaded_when_they_are_first_asked_for(window):
    training = window.menuBar().actions()[3].menu()
    before = [entry.text() for entry in training.actions()]
    training.aboutToShow.emit()
    training.aboutToShow.emit()
    after = [entry.text() for entry in training.actions()]
    assert after == ["Task", "Transfer", *before]


def test_a_menu_of_choices_ticks_the_setting_as_it_is(qtbot, settings):
    window = QMenu()
    qtbot.addWidget(window)
    names = {"diverging": "Blue and orange", "grey": "Grey"}
    menu = ChoiceMenu(
        "Colours", names, "diverging", settings.set_colour_map, settings.colour_map_changed, window
    )
    diverging, grey = menu.actions()
    grey.trigger()
    assert settings.colour_map == "grey"
    settings.set_colour_map("diverging")
    assert diverging.isChecked()
    assert not grey.isChecked()


def test_theme_colours_and_levels_are_chosen_of_a_few(qtbot, settings):
    window = QMenu()
    qtbot.addWidget(window)
    for menu in view_choices(settings, window):
        for action in menu.actions():
            action.trigger()
            assert action.isChecked()
    assert (settings.theme, settings.colour_map, settings.levels) == ("dark", "grey", "common")
