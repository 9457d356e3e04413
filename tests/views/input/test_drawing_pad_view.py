"""The pad's tools under a real mouse: what is drawn, wiped and seen."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.models.pictures.drawing_pad import SIZES, DrawingPad
from playground.views.input.drawing_pad_view import DrawingPadView
from tests.views.hand import Hand

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(lab):
    pad = DrawingPad(lab.document)
    pad.show()
    return pad


@pytest.fixture
def view(qtbot, pad):
    view = DrawingPadView(pad)
    qtbot.addWidget(view)
    view.resize(240, 280)
    view.show()
    qtbot.waitExposed(view)
    return view


def dot(view):
    """Click in the middle of the pad; how bright the screen is there afterwards."""
    middle = view.canvas.rect().center()
    Hand(view.canvas).click(middle)
    return view.canvas.grab().toImage().pixelColor(middle).red()


def test_the_pencil_draws_white_and_the_eraser_black(view, pad):
    assert dot(view) > 128
    assert pad.pixels.any()
    QTest.mouseClick(view.eraser, LEFT)
    assert dot(view) == 0
    assert not view.pencil.isChecked()


def test_clear_wipes_the_whole_pad(view, pad):
    dot(view)
    QTest.mouseClick(view.wipe, LEFT)
    assert not pad.pixels.any()


def test_the_list_chooses_the_size_and_shows_one_that_was_chosen_elsewhere(view, pad):
    view.sizes.setCurrentIndex(1)
    view.sizes.activated.emit(1)
    assert pad.size == SIZES[1]
    assert view.sizes.currentText() == f"{SIZES[1]} × {SIZES[1]}"
    pad.resize(SIZES[0])
    assert view.sizes.currentIndex() == 0


def test_a_press_falls_on_the_pixel_under_the_pointer_at_every_size(view, pad):
    for size in SIZES[:2]:
        pad.resize(size)
        pad.clear()
        Hand(view.canvas).click(view.canvas.rect().center())
        rows, columns = np.nonzero(pad.pixels)
        assert abs(rows.mean() + 0.5 - size / 2) < 1
        assert abs(columns.mean() + 0.5 - size / 2) < 1
