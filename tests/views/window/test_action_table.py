"""One table for menus, keys and the sheet of keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.views.window.action_table import ActionRow, ActionTable


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.part = QWidget(focusPolicy=Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(window).addWidget(window.part)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def test_an_action_is_found_by_its_id_and_does_what_its_row_says(window):
    done = []
    table = ActionTable(window)
    table.add(ActionRow("wave", "Wave", "Wave a hand", lambda: done.append("wave"), ("F7", "W")))
    assert [action.objectName() for action in table] == ["wave"]
    assert (table["wave"].text(), table["wave"].toolTip()) == ("Wave", "Wave a hand")
    for key in (Qt.Key.Key_F7, Qt.Key.Key_W):
        QTest.keyClick(window, key)
    table["wave"].trigger()
    assert done == ["wave"] * 3


def test_keys_of_one_part_work_only_there(window):
    done = []
    table = ActionTable(window)
    row = ActionRow("wave", "Wave", "", lambda: done.append(1), ("W",), owner=window.part)
    table.add(row)
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_W)
    assert not done
    window.part.setFocus()
    QTest.keyClick(window.part, Qt.Key.Key_W)
    assert done == [1]


def test_an_action_made_elsewhere_can_stand_in_it(window):
    made = QAction("Undo", window)
    table = ActionTable(window)
    table.adopt("edit.undo", made)
    assert table["edit.undo"] is made
    assert made in window.actions()
