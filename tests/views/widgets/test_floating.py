"""Notes that lie over what they concern."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.views.widgets.floating import WIDEST, FloatingLabel

SENTENCE = "The loss has exploded: the steps are too large. Try a learning rate ten times smaller."


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    window.above, window.curve = QWidget(), QWidget()
    column.addWidget(window.above)
    column.addWidget(window.curve)
    window.resize(500, 400)
    window.note = FloatingLabel(window.curve, window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_nothing_moves_when_it_comes_and_goes(window):
    before = window.above.geometry(), window.curve.geometry()
    window.note.say(SENTENCE)
    assert window.note.isVisible()
    assert (window.above.geometry(), window.curve.geometry()) == before
    window.note.say("")
    assert not window.note.isVisible()


@pytest.mark.parametrize("size", [(200, 400), (500, 400), (2000, 900)])
def test_its_whole_text_lies_over_what_it_concerns(window, size):
    window.resize(*size)
    window.note.say(SENTENCE)
    window.note.say(f"{SENTENCE} {SENTENCE}")
    note = window.note
    assert window.curve.geometry().contains(note.geometry())
    assert note.height() >= note.heightForWidth(note.width())
    assert note.width() <= WIDEST


def test_it_follows_what_it_lies_over(window):
    window.note.say(SENTENCE)
    window.above.setFixedHeight(20)
    window.resize(700, 500)
    window.layout().activate()
    assert window.note.y() == window.curve.y()
