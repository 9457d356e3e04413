"""Where a picture lies on the screen: from a pixel to its place, and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from playground.models.state.view_settings import Viewport
from playground.views.pictures.placement import one_to_one, placed


def test_a_map_keeps_its_shape_and_fills_the_width_or_the_height():
    wide = placed(QRectF(0, 0, 200, 400), (30, 60), Viewport())
    assert (wide.rect.width(), wide.rect.height()) == (200, 100)
    tall = placed(QRectF(0, 0, 200, 100), (60, 60), Viewport())
    assert (tall.rect.width(), tall.rect.height()) == (100, 100)
    assert tall.rect.left() == 50


def test_a_row_of_ten_thousand_pixels_can_still_be_seen_and_pointed_at():
    placement = placed(QRectF(0, 0, 200, 100), (1, 10_000), Viewport())
    assert placement.rect.height() >= 8
    assert placement.pixel_at(QPointF(100.01, 4)) == (0, 5000)


def test_outside_the_map_there_is_no_pixel_but_a_nearest_one():
    placement = placed(QRectF(0, 0, 200, 100), (10, 20), Viewport(), margin=10)
    assert placement.pixel_at(QPointF(1, 1)) is None
    assert placement.nearest_pixel(QPointF(1, 1)) == (0, 0)
    assert placement.nearest_pixel(QPointF(500, 500)) == (9, 19)


def test_one_to_one_zooms_until_a_pixel_is_a_pixel():
    placement = placed(QRectF(0, 0, 200, 100), (500, 1000), Viewport())
    assert one_to_one(placement, 1.0) == pytest.approx(5)
    assert one_to_one(placement, 2.0) == pytest.approx(2.5)
    assert one_to_one(placed(QRectF(0, 0, 200, 100), (5, 10), Viewport()), 1.0) == 1


@settings(max_examples=100)
@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(1, 40),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_from_a_pixel_to_the_screen_and_back_is_the_same_pixel(h, w, x, y, zoom, at_x, at_y):
    viewport = Viewport().zoomed(zoom, x, y)
    placement = placed(QRectF(13, 7, 320, 240), (h, w), viewport)
    row, column = min(int(at_y * h), h - 1), min(int(at_x * w), w - 1)
    centre = placement.to_screen(row, column, row + 1, column + 1).center()
    assert placement.nearest_pixel(centre) == (row, column)
