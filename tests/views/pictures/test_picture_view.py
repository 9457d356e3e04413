"""Pan, zoom and the keys that all pictures have in common, tried on the gallery."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.models.state.view_settings import Viewport
from tests.views.laboratory import click, hover, key, leave, press, release, wheel

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def test_leaving_points_again_at_the_pixel_that_was_pressed(lab, gallery):
    view = gallery.view
    click(view, view.position_of(2, (12, 12)))
    hover(view, view.position_of(8, (29, 1)))
    assert lab.selection.pixel == (29, 1)
    leave(view)
    assert lab.selection.pixel == (12, 12)


def test_leaving_keeps_the_last_pixel_where_none_was_pressed(lab, gallery):
    hover(gallery.view, gallery.view.position_of(8, (29, 1)))
    leave(gallery.view)
    assert lab.selection.pixel == (29, 1)


def test_arrow_keys_move_the_pixel_and_shift_moves_it_by_ten(lab, gallery):
    view = gallery.view
    key(view, Qt.Key.Key_Right)
    assert lab.selection.pixel == (15, 20), "the first key points at the middle"
    key(view, Qt.Key.Key_Right)
    key(view, Qt.Key.Key_Down)
    assert lab.selection.pixel == (16, 21)
    key(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    key(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    key(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert lab.selection.pixel == (0, 11)


def test_keys_keep_the_pixel_in_sight(lab, gallery):
    lab.settings.set_viewport(Viewport(0.5, 0.5, 4))
    lab.selection.set_pixel((15, 20))
    for _ in range(3):
        key(gallery.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert lab.selection.pixel == (15, 39)
    assert lab.settings.viewport.window[3] == pytest.approx(1)


def test_the_wheel_zooms_all_maps_about_the_pointer(lab, gallery):
    view = gallery.view
    point = view.position_of(1, (6, 30))
    before = view.cells[1].placement.to_map(view.in_cell(view.cells[1], point.toPointF()))
    wheel(view, point, 3)
    assert lab.settings.viewport.zoom == pytest.approx(1.2**3)
    after = view.cells[1].placement.to_map(view.in_cell(view.cells[1], point.toPointF()))
    assert after == pytest.approx(before)
    assert {c.placement.viewport for c in view.cells} == {lab.settings.viewport}


def test_zoom_ends_where_few_pixels_are_left(lab, gallery):
    wheel(gallery.view, gallery.view.position_of(1, (6, 30)), 100)
    assert lab.settings.viewport.zoom == pytest.approx(10)


def test_plus_minus_and_zero_zoom_by_key(lab, gallery):
    key(gallery.view, Qt.Key.Key_Plus)
    assert lab.settings.viewport.zoom == pytest.approx(1.5)
    key(gallery.view, Qt.Key.Key_Plus)
    key(gallery.view, Qt.Key.Key_Minus)
    assert lab.settings.viewport.zoom == pytest.approx(1.5)
    key(gallery.view, Qt.Key.Key_0)
    assert lab.settings.viewport == Viewport()


@pytest.mark.parametrize("by", ["middle", "space"])
def test_dragging_moves_all_maps(lab, gallery, by):
    view = gallery.view
    lab.settings.set_viewport(Viewport(0.5, 0.5, 4))
    button = MIDDLE if by == "middle" else LEFT
    if by == "space":
        QTest.keyPress(view, Qt.Key.Key_Space)
    start = view.cell_rect(1).center()
    press(view, start, button)
    hover(view, start + QPoint(10, 5), button)
    release(view, start + QPoint(10, 5), button)
    rect = view.cells[1].placement.rect
    assert lab.settings.viewport.x == pytest.approx(0.5 - 10 / 4 / rect.width())
    assert lab.settings.viewport.y == pytest.approx(0.5 - 5 / 4 / rect.height())
    assert lab.selection.pixel is None, "moving points at nothing"
    assert lab.selection.kernel == 0
