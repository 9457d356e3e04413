"""Chips: a name and a value, chosen or typed; what the program shows is told to nobody."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.views.widgets.chips import ChipCombo, ChipNumber, ChipText


@pytest.fixture
def combo(qtbot):
    combo = ChipCombo("padding", {"same": ("same", "as large"), None: ("none at all", "smaller")})
    qtbot.addWidget(combo)
    combo.show()
    return combo


@pytest.fixture
def number(qtbot):
    number = ChipNumber("stride", 1, 8)
    qtbot.addWidget(number)
    number.show()
    return number


def test_a_choice_tells_its_value(qtbot, combo):
    with qtbot.waitSignal(combo.chosen) as told:
        QTest.keyClick(combo, Qt.Key.Key_Down)
    assert told.args == [None]


def test_a_choice_that_is_only_shown_is_told_to_nobody(qtbot, combo):
    with qtbot.assertNotEmitted(combo.chosen):
        combo.choose(None)
    assert combo.currentText() == "none at all"


def test_it_is_as_wide_as_what_is_chosen(combo):
    narrow = combo.sizeHint().width()
    combo.choose(None)
    assert combo.sizeHint().width() > narrow


def test_a_number_that_is_only_shown_is_told_to_nobody(qtbot, number):
    with qtbot.assertNotEmitted(number.valueChanged):
        number.show_value(4)
    assert number.value() == 4


def test_a_number_tells_when_the_focus_goes(qtbot, number):
    number.setFocus()
    with qtbot.waitSignal(number.left):
        number.clearFocus()


def test_a_number_has_room_for_its_name(number):
    assert number.lineEdit().textMargins().left() > number.fontMetrics().horizontalAdvance("stride")


def test_a_text_is_as_wide_as_the_longest_that_is_usual(qtbot):
    short, long = ChipText("10"), ChipText("10, 10, 10, 10")
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    assert long.sizeHint().width() > short.sizeHint().width()
