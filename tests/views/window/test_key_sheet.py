"""The sheet of keys and signs."""

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.views.widgets.small_widgets import button
from playground.views.window.action_table import ActionRow, ActionTable
from playground.views.window.key_sheet import KeySheet, keys_text


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(button("⟳", "Rotate by 90°"))
    column.addWidget(button("Duplicate", "Duplicate the kernels"))
    return window


def test_it_lists_every_key_and_what_every_sign_means(window):
    table = ActionTable(window)
    table.add(
        ActionRow("wave", "Wave", "Wave a <hand>", print, ("F7",)),
        ActionRow("hide", "Hide", "Hide away", print),
    )
    text = KeySheet(table, window).text.toPlainText()
    assert "F7" in text
    assert "Wave a <hand>" in text
    assert "Hide away" not in text  # It has no key.
    assert "⟳" in text
    assert "Rotate by 90°" in text
    assert "Duplicate the kernels" not in text  # Its words say it.


def test_keys_that_few_keyboards_have_are_left_out(qapp):
    action = QAction()
    action.setShortcuts([QKeySequence(keys) for keys in ("Ctrl+Z", "F14", "Undo", "?", "Alt+Z")])
    assert keys_text(action) == "Ctrl+Z, ?, Alt+Z"


def test_it_says_what_stands_in_the_cells_of_the_weights(window):
    text = KeySheet(ActionTable(window), window).text.toPlainText()
    for sign in ("▲ 0.013", "▼ 0.013", "g −0.013", "The line", "❄", "→", "←", "Δw", "+0.013"):
        assert sign in text
    assert "gradient ∂L/∂w" in text
