"""The line of keys: each can be clicked, and what is shown is marked."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.models.state.presenting import PRESENTED


def test_every_view_has_its_key_and_the_shown_ones_are_marked(stage):
    stage.begin()
    buttons = stage.view.keys.buttons
    texts = [buttons[f"present.{view}"].text()[0] for view in PRESENTED]
    assert texts == list("1234567")
    QTest.mouseClick(buttons["present.both"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(buttons["present.classes"], Qt.MouseButton.LeftButton)
    assert stage.presenting.views == ("classes",)
    marked = [name for name, button in buttons.items() if button.isChecked()]
    assert marked == ["present.classes"]


def test_back_goes_back(stage):
    stage.begin()
    QTest.mouseClick(stage.view.keys.buttons["view.present"], Qt.MouseButton.LeftButton)
    assert not stage.window.presentation.active
