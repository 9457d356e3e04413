"""Numbers as the user's locale writes them."""

import pytest
from PySide6.QtCore import QLocale

from playground.core.errors import PlaygroundError
from playground.models.words.local_numbers import (
    Local,
    localised,
    read_number,
    typographic,
    with_local_marks,
)


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def test_the_decimal_mark_is_the_locales(german):
    assert localised("1234.5") == "1234,5"
    assert f"{Local(1234.5):.2f}" == "1234,50"


def test_a_printed_number_has_the_true_minus_and_a_short_exponent(german):
    printed = [typographic(text) for text in ("-0.5", "1.2e-05", "-3e-10", "1.2e+03", "7")]
    assert printed == ["−0,5", "1,2e−5", "−3e−10", "1,2e3", "7"]


def test_in_a_sentence_only_the_marks_within_numbers_are_the_locales(german):
    said = with_local_marks("Turn the wheel: 0.1 a notch, or -.5. Enter keeps 1/9.")
    assert said == "Turn the wheel: 0,1 a notch, or -,5. Enter keeps 1/9."


def test_elsewhere_a_sentence_stays_as_it_is():
    assert with_local_marks("0.1 a notch.") == "0.1 a notch."


def test_a_refusal_says_what_was_typed_and_gives_examples_of_the_country(german):
    with pytest.raises(PlaygroundError) as refused:
        read_number("1.2.3")
    assert "“1.2.3” is not a number" in str(refused.value)
    assert "such as 0,5, -2" in str(refused.value)
