"""Where the window is: it fits with its frame, and comes back as it was left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

from playground.models.state.remembered import Place, Remembered
from playground.models.state.view_settings import ViewSettings
from playground.views.window.window_place import (
    PlacedWindow,
    WindowPlace,
    first_place,
    identity,
    inside,
)

NUMBERS = st.integers(-100_000, 100_000)
SIZES = st.integers(1, 100_000)
ROOMS = st.builds(QRect, NUMBERS, NUMBERS, st.integers(200, 9000), st.integers(200, 9000))
TITLE_BAR = 40


class Halved(PlacedWindow):
    """A window in two parts."""

    def __init__(self):
        super().__init__()
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        for _ in range(2):
            self.parts.addWidget(QWidget())
        self.setCentralWidget(self.parts)

    def shares(self):
        return {"parts": self.parts.sizes()}

    def set_shares(self, shares):
        self.parts.setSizes(list(shares.get("parts", (1, 1))))


@pytest.fixture
def opened(qtbot):
    """Opens windows, each with what is remembered by then."""

    def make():
        window = Halved()
        qtbot.addWidget(window)
        place = WindowPlace(window, Remembered(ViewSettings()))
        place.restore()
        window.show()
        qtbot.waitExposed(window)
        return window

    return make


@given(st.builds(QRect, NUMBERS, NUMBERS, SIZES, SIZES), ROOMS)
def test_wherever_it_was_it_comes_back_inside_the_screen_frame_and_all(rect, room):
    placed = inside(rect, room)
    assert room.contains(QRect(placed.topLeft(), placed.size() + QSize(16, TITLE_BAR)))


@given(ROOMS)
def test_what_fits_stays_where_it_is(room):
    rect = QRect(room.topLeft() + QPoint(3, 4), QSize(100, 100))
    assert inside(rect, room) == rect


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1440, 900)])
def test_it_fills_a_small_screen(size):
    place = first_place(QRect(0, 0, *size))
    assert place.maximized
    assert place.height + TITLE_BAR <= size[1]


def test_it_stands_in_the_middle_of_a_large_one():
    place = first_place(QRect(0, 30, 1920, 1050))
    assert not place.maximized
    assert (place.width, place.height) == (1440, 900)
    assert 30 <= place.y <= 1080 - 900 - TITLE_BAR


def test_it_comes_back_as_it_was_left(qtbot, opened):
    first = opened()
    first.setWindowState(Qt.WindowState.WindowNoState)
    first.resize(620, 410)
    first.move(33, 44)
    first.parts.setSizes([400, 200])
    corner, sizes = first.pos(), first.parts.sizes()
    first.close()
    again = opened()
    assert (again.pos(), again.size()) == (corner, QSize(620, 410))
    assert again.parts.sizes() == sizes


def test_it_comes_back_filling_the_screen_where_it_did(opened):
    first = opened()
    first.showMaximized()
    first.close()
    assert opened().isMaximized()


def test_a_screen_that_is_gone_is_not_looked_for(opened):
    remembered = Remembered(ViewSettings())
    remembered.keep_window("a beamer at work", Place(5000, 5000, 700, 500), {})
    window = opened()
    assert window.screen().availableGeometry().intersects(window.frameGeometry())
    assert identity(window.screen()) == identity(QGuiApplication.primaryScreen())
