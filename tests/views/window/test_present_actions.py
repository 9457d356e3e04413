"""The actions of a presentation stand in the table, in the menu and on the sheet of keys."""

from PySide6.QtGui import QAction

from playground.models.state.presenting import PRESENTED
from playground.views.window.present_actions import key_line


def test_every_view_has_an_action_with_its_digit_and_a_tip(stage):
    table = stage.window.action_table
    for number, view in enumerate(PRESENTED, 1):
        action = table[f"present.{view}"]
        assert action.shortcut().toString() == str(number)
        assert action.toolTip() != action.text()


def test_the_menu_lists_them_all(stage):
    menus = stage.window.menuBar().findChildren(QAction)
    listed = {action for menu in menus if menu.menu() for action in menu.menu().actions()}
    missing = [
        action.objectName()
        for action in stage.window.action_table
        if action.objectName().startswith("present.") and action not in listed
    ]
    assert not missing


def test_the_line_of_keys_names_the_keys_that_work(stage):
    for key in key_line(stage.window.action_table):
        if key.action.objectName() != "view.present":  # Esc is the view's own.
            assert key.action.shortcut().toString() == key.keys
