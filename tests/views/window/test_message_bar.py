"""A sentence for the user floats: nothing gives way to it."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.views.window.message_bar import MessageBar

SENTENCE = "This picture cannot be opened: the file ends too early. Copy it again."


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    window.strip, window.body = QWidget(), QWidget()
    window.strip.setFixedHeight(50)
    column.addWidget(window.strip)
    column.addWidget(window.body, 1)
    window.resize(900, 500)
    window.messages = MessageBar(window.strip)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_nothing_moves_when_a_message_comes_and_goes(window):
    before = window.strip.geometry(), window.body.geometry()
    window.messages.show_problem(SENTENCE)
    assert window.messages.isVisible()
    assert (window.strip.geometry(), window.body.geometry()) == before
    window.messages.clear()
    assert (window.strip.geometry(), window.body.geometry()) == before


@pytest.mark.parametrize("width", [300, 900, 2000])
def test_the_whole_sentence_is_to_be_seen_in_the_window(window, width):
    window.resize(width, 500)
    window.messages.show_problem(f"{SENTENCE} {SENTENCE}")
    messages = window.messages
    assert window.rect().contains(messages.geometry())
    assert messages.height() >= messages.heightForWidth(messages.width())


def test_it_stays_in_the_middle_when_the_window_grows(window):
    window.messages.show_problem(SENTENCE)
    window.resize(1600, 700)
    middle = window.messages.geometry().center().x()
    assert abs(middle - window.width() // 2) <= 1


def test_it_goes_away_by_itself(qtbot, window):
    window.messages._timer.setInterval(10)
    window.messages.show_problem(SENTENCE)
    qtbot.waitUntil(lambda: not window.messages.isVisible())
    assert window.messages.text == ""
