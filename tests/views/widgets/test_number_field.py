"""A field reads 0.5 and 0,5 in every country, and never makes another number of what is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from playground.views.widgets.number_field import NumberField


@pytest.fixture
def field(qtbot, locale):
    def make(decimals, low=0, high=9999, value=1):
        made = NumberField(decimals)
        made.setRange(low, high)
        made.setValue(value)
        qtbot.addWidget(made)
        made.show()
        made.selectAll()
        return made

    return make


def typed(made, text):
    QTest.keyClicks(made.lineEdit(), text)
    QTest.keyClick(made.lineEdit(), Qt.Key.Key_Return)
    return made.value()


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", 0.5), ("0,5", 0.5), ("1.234", 1.234), ("1,234", 1.234), (".5", 0.5), ("1/4", 0.25)],
)
def test_the_point_and_the_comma_are_the_same(field, text, value):
    assert typed(field(3), text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["1.234.5", "1,234.5", "1.234,5", "1 234", "abc", "", "-"])
def test_what_is_no_number_leaves_the_value(field, text):
    assert typed(field(3), text) == 1


@pytest.mark.parametrize("text", ["1.234", "1,234", "1.000.000", "1 234", "1e3", "2.0"])
def test_a_whole_number_has_no_separator(field, text):
    made = field(0, value=7)
    assert typed(made, text) == 7
    assert made.text() == "7"
    assert typed(made, "1234") == 1234


def test_no_thousands_are_set_apart(field):
    assert field(0, high=99999, value=12345).text() == "12345"


def test_the_decimal_mark_is_the_locales(field, locale):
    assert field(2, value=1234.5).text() == f"1234{locale.decimalPoint()}50"


def test_what_stands_around_the_number_is_not_read(field):
    made = field(1, high=360)
    made.setSuffix(" °")
    made.selectAll()
    assert typed(made, "22,5") == 22.5


@pytest.mark.parametrize(
    ("text", "words"),
    [("10000", "Numbers from 0 to 9999 can be set here."), ("1.234", "not a whole number")],
)
def test_why_a_number_is_not_taken_is_said(field, monkeypatch, text, words):
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, reason, _field: said.append(reason))
    assert typed(field(0), text) == 1
    assert words in said[-1]


def test_a_small_number_does_not_look_like_none(field, locale):
    assert field(4).textFromValue(1e-5) == "1e-05"
    assert field(4).textFromValue(0.0) == f"0{locale.decimalPoint()}0000"
