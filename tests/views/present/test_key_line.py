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


def test_what_is_shown_no_more_looks_it(stage):
    stage.begin()
    stage.show("classes")
    button = stage.view.keys.buttons["present.map"]
    plain = button.grab().toImage()
    stage.show("map")
    assert button.grab().toImage() != plain
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    stage.show("classes")
    QTest.mouseMove(stage.view, stage.view.rect().center())
    stage.settle()
    assert button.grab().toImage() == plain


def test_back_goes_back(stage):
    stage.begin()
    QTest.mouseClick(stage.view.keys.buttons["view.present"], Qt.MouseButton.LeftButton)
    assert not stage.window.presentation.active
