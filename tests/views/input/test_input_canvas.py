"""The input as it is drawn, and hands on it: pointing, moving and zooming."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from playground.core.convolve.geometry import receptive_field
from playground.core.specs import BlockSpec, Pool2DSpec
from playground.models.state.view_settings import Viewport
from tests.views.input.canvas_hand import change, drawn_pixel, point_of, settle
from tests.views.laboratory import colour_at, hover, leave, noise, press, release, wheel

MIDDLE = Qt.MouseButton.MiddleButton


def test_a_grey_picture_is_drawn_grey(show):
    lab, view = show()
    for row, column in ((0, 0), (29, 39), (11, 23)):
        wanted = lab.document.picture.pixels[row, column] * 255
        assert np.abs(drawn_pixel(view, row, column) - wanted).max() <= 1


def test_a_colour_picture_is_drawn_in_colour(show):
    lab, view = show(noise(30, 40, 3))
    for row, column in ((0, 0), (29, 39), (11, 23)):
        wanted = lab.document.picture.pixels[row, column] * 255
        assert np.abs(drawn_pixel(view, row, column) - wanted).max() <= 1


def test_another_picture_takes_the_place_of_the_first(show):
    lab, view = show()
    lab.document.change_picture("x", noise(60, 20, seed=5), lab.document.conv)
    settle(lab, view)
    wanted = lab.document.picture.pixels[50, 3, 0] * 255
    assert np.abs(drawn_pixel(view, 50, 3) - wanted).max() <= 1


def test_the_picture_uses_the_width_and_keeps_its_shape(show):
    _, view = show(noise(30, 60))
    rect = view.canvas.placement.rect
    assert rect.width() / rect.height() == pytest.approx(2, rel=0.02)
    assert rect.width() > 0.93 * view.canvas.width()


@pytest.mark.parametrize(
    "settings", [{}, {"stride": 2}, {"stride": 3, "dilation": 2}, {"padding": "valid"}]
)
def test_pointing_chooses_the_output_whose_field_has_its_middle_nearest(show, settings):
    lab, view = show()
    change(lab, view, **settings)
    height, width = lab.preview.map_size
    for row, column in ((0, 0), (13, 22), (29, 39), (7, 1)):
        at = point_of(view, row, column)
        hover(view.canvas, at)
        y, x = view.canvas.placement.to_map(QPointF(at))

        def distance(pixel, y=y, x=x):
            field = receptive_field(*pixel, (30, 40), lab.document.conv)
            return (field.top + field.height / 2 - y) ** 2 + (field.left + field.width / 2 - x) ** 2

        nearest = min(distance((i, j)) for i in range(height) for j in range(width))
        assert distance(lab.selection.pixel) == pytest.approx(nearest)


def test_pointing_back_from_a_field_is_the_same_output(show):
    lab, view = show()
    lab.document.change_block(
        "x", BlockSpec(replace(lab.document.conv, stride=2), pool=Pool2DSpec("average", 2))
    )
    settle(lab, view)
    for pixel in ((0, 0), (3, 5), (6, 9)):
        field = receptive_field(*pixel, (30, 40), lab.document.conv, 2)
        placement = view.canvas.placement
        middle = placement.to_screen(
            field.top, field.left, field.top + field.height, field.left + field.width
        ).center()
        assert view.canvas.output_at(middle) == pixel


def test_a_press_keeps_the_pixel_when_the_pointer_goes_on(show):
    lab, view = show()
    press(view.canvas, point_of(view, 10, 10))
    release(view.canvas, point_of(view, 10, 10))
    hover(view.canvas, point_of(view, 20, 20))
    assert lab.selection.pixel == (20, 20)
    leave(view.canvas)
    assert lab.selection.pixel == (10, 10)


def test_beside_the_picture_nothing_is_pointed_at(show):
    lab, view = show()
    hover(view.canvas, QPoint(5, view.canvas.viewport().height() - 2))
    assert lab.selection.pixel is None


def test_arrow_keys_move_the_output_pixel(show):
    lab, view = show()
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    QTest.keyClick(view.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert lab.selection.pixel == (5, 20)


def test_wheel_and_middle_button_zoom_and_move_as_in_the_maps(show):
    lab, view = show()
    at = point_of(view, 10, 30)
    before = view.canvas.placement.to_map(QPointF(at))
    wheel(view.canvas, at, 5)
    assert lab.settings.viewport.zoom == pytest.approx(1.2**5)
    assert view.canvas.placement.to_map(QPointF(at)) == pytest.approx(before, abs=1.5)
    x = lab.settings.viewport.x
    press(view.canvas, at, MIDDLE)
    hover(view.canvas, at + QPoint(12, 0), MIDDLE)
    release(view.canvas, at + QPoint(12, 0), MIDDLE)
    assert lab.settings.viewport.x < x


def test_a_zoomed_picture_shows_its_pixels_as_squares(show):
    lab, view = show()
    lab.settings.set_viewport(Viewport(0.5, 0.5, 8))
    settle(lab, view)
    for row, column in ((15, 20), (14, 18)):
        square = view.canvas.placement.to_screen(row, column, row + 1, column + 1).toRect()
        wanted = lab.document.picture.pixels[row, column, 0] * 255
        for corner in (square.topLeft() + QPoint(3, 3), square.bottomRight() - QPoint(3, 3)):
            assert np.abs(colour_at(view.canvas, corner).astype(int) - wanted).max() <= 1


def test_drops_are_left_to_the_window(show):
    _, view = show()
    assert not view.canvas.acceptDrops()
    assert not view.canvas.viewport().acceptDrops()


def test_a_weight_is_pointed_at_while_the_picture_becomes_too_small_for_its_kernel(show):
    lab, view = show()
    change(lab, view, padding="valid")
    lab.selection.set_weight((0, 0))
    lab.document.change_picture("Line", noise(1, 40), lab.document.conv)
    assert view.canvas.fields.reach() is None
