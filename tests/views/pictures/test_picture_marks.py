"""Marks over a map: a frame that can always be seen, and the curtain before what Play computes."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from playground.models.state.view_settings import Viewport
from playground.views.pictures.picture_item import PictureItem
from playground.views.pictures.picture_marks import SMALLEST, CurtainItem, FrameItem, pixel_frame
from playground.views.pictures.placement import placed
from playground.views.theme.theme import LIGHT
from tests.views.pictures.drawing import drawn

PLACE = placed(QRectF(0, 0, 80, 60), (6, 8), Viewport())
"""Eight by six pixels of a map, each ten by ten on the screen."""


@pytest.fixture
def frame(qapp):
    item = FrameItem()
    item.set_theme(LIGHT)
    return item


def accent_at(picture, x, y):
    return QColor(*map(int, picture[y, x])) == QColor(LIGHT.accent)


def test_a_frame_stands_around_its_pixel_and_leaves_it_free(frame):
    frame.set_frame(pixel_frame(PLACE, (2, 3)), PLACE.visible)
    picture = drawn(frame, 80, 60)
    assert [accent_at(picture, x, 25) for x in (29, 35, 40)] == [True, False, True]
    assert not accent_at(picture, 55, 25)


def test_what_is_too_small_to_see_is_framed_larger_about_its_middle(frame):
    frame.set_frame(QRectF(10, 10, 1, 2), PLACE.visible)
    assert frame.frame.size().toTuple() == (SMALLEST, SMALLEST)
    assert frame.frame.center().toTuple() == (10.5, 11)


def test_no_frame_is_nothing(frame):
    frame.set_frame(QRectF(10, 10, 20, 20), PLACE.visible)
    frame.set_frame(None, PLACE.visible)
    assert not frame.isVisible()
    assert frame.boundingRect().isEmpty()


def test_a_curtain_covers_the_rest_of_the_row_and_the_rows_below(qapp):
    below = PictureItem()
    curtain = CurtainItem(below)
    curtain.set_theme(LIGHT)
    curtain.set_placement(PLACE)
    curtain.set_reached((2, 3))
    picture = drawn(below, 80, 60)
    covered = {(y, x) for y in range(6) for x in range(8) if picture[10 * y + 5, 10 * x + 5].any()}
    assert covered == {(y, x) for y in range(6) for x in range(8) if (y, x) > (2, 3)}
    curtain.set_reached(None)
    assert not curtain.isVisible()
