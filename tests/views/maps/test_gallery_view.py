"""Hands on the gallery: pointing, selecting, moving, enlarging and saving, by mouse and by key."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from playground.models.state.view_settings import Viewport
from playground.views.maps.map_gallery import MapGallery
from tests.views.laboratory import (
    assert_drawn_as_computed,
    colour_at,
    hover,
    leave,
    noise,
    press,
    release,
    wheel,
)

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def gallery(lab):
    return lab.show(MapGallery)


def click(view, point, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(view.viewport(), LEFT, modifiers, point)


def key(view, which, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(view, which, modifiers)


# ----------------------------------------------------------------------------------- pointing


def test_hovering_marks_the_pixel_in_every_map_and_leaves_the_kernel(lab, gallery):
    hover(gallery.view, gallery.view.position_of(5, (9, 17)))
    assert lab.selection.pixel == (9, 17)
    assert lab.selection.kernel == 0
    for cell in gallery.view.cells:
        assert cell.mark.frame.contains(cell.placement.to_screen(9, 17, 10, 18).center())
        assert cell.mark.frame.width() >= 5


def test_a_press_selects_the_kernel_and_a_drag_moves_the_pixel(lab, gallery):
    view = gallery.view
    press(view, view.position_of(5, (9, 17)))
    assert (lab.selection.kernel, lab.selection.pixel) == (5, (9, 17))
    hover(view, view.position_of(5, (20, 3)), LEFT)
    assert lab.selection.pixel == (20, 3)
    hover(view, view.position_of(0, (0, 0)), LEFT)
    assert lab.selection.pixel == (0, 0), "a drag that leaves its map stays on its edge"
    assert lab.selection.kernel == 5
    release(view, view.position_of(0, (0, 0)))


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


def test_the_marked_pixel_is_framed_in_the_accent_colour(lab, gallery):
    lab.settings.set_viewport(Viewport(0.5, 0.5, 4))
    lab.settle()
    lab.selection.set_pixel((15, 20))
    cell = gallery.view.cells[3]
    frame = cell.mapToScene(cell.mark.frame.adjusted(-0.5, -0.5, 0.5, 0.5)).boundingRect()
    edge = QPoint(round(frame.left()), round(frame.center().y()))
    drawn = colour_at(gallery.view, gallery.view.mapFromScene(edge))
    assert np.abs(drawn.astype(int) - [0x17, 0x65, 0xD8]).max() <= 2


def test_a_pixel_outside_smaller_maps_is_brought_back_inside(lab, gallery):
    lab.selection.set_pixel((29, 39))
    lab.document.change_conv("x", replace(lab.document.conv, stride=3))
    lab.settle()
    assert lab.selection.pixel == (9, 13)


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


# ------------------------------------------------------------------------------------ selecting


def test_control_and_shift_select_several_kernels(lab, gallery):
    view = gallery.view
    click(view, view.position_of(2, (5, 5)))
    click(view, view.position_of(4, (5, 5)), Qt.KeyboardModifier.ControlModifier)
    assert lab.selection.kernels == {2, 4}
    click(view, view.position_of(7, (5, 5)), Qt.KeyboardModifier.ShiftModifier)
    assert lab.selection.kernels == {4, 5, 6, 7}
    click(view, view.position_of(7, (5, 5)), Qt.KeyboardModifier.ControlModifier)
    assert lab.selection.kernels == {4, 5, 6}
    assert lab.selection.kernel in {4, 5, 6}


def test_the_kernel_that_is_selected_elsewhere_is_framed_here(lab, gallery):
    lab.selection.set_kernel(6)
    assert [c.kernel for c in gallery.view.cells if c.current] == [6]
    rect = gallery.view.cell_rect(6)
    drawn = colour_at(gallery.view, QPoint(rect.left() + 1, rect.center().y()))
    assert np.abs(drawn.astype(int) - [0x17, 0x65, 0xD8]).max() <= 2


def test_page_keys_and_tab_go_from_map_to_map(lab, gallery):
    view = gallery.view
    view.setFocus()
    key(view, Qt.Key.Key_PageDown)
    key(view, Qt.Key.Key_Tab)
    assert lab.selection.kernel == 2
    key(view, Qt.Key.Key_PageUp)
    assert lab.selection.kernel == 1
    key(view, Qt.Key.Key_End)
    assert lab.selection.kernel == 11
    key(view, Qt.Key.Key_Tab)
    assert not view.hasFocus(), "behind the last map Tab goes on"


# -------------------------------------------------------------------------------- pan and zoom


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


def test_one_to_one_and_fit(laboratory):
    lab = laboratory(noise(400, 600))
    gallery = lab.show(MapGallery)
    QTest.mouseClick(gallery.controls.one_to_one, LEFT)
    scale = gallery.view.cells[0].placement.scale[0] * gallery.devicePixelRatioF()
    assert scale == pytest.approx(1)
    QTest.mouseClick(gallery.controls.fit, LEFT)
    assert lab.settings.viewport == Viewport()


# --------------------------------------------------------------------------------- enlarging


def test_a_double_click_enlarges_a_map_and_another_goes_back(lab, gallery):
    view = gallery.view
    small = view.cell_rect(4).width()
    QTest.mouseDClick(view.viewport(), LEFT, pos=view.position_of(4, (5, 5)))
    assert lab.settings.enlarged
    assert [c.kernel for c in view.cells if c.isVisible()] == [4]
    assert view.current_cell.boundingRect().width() > 2 * small
    QTest.mouseDClick(view.viewport(), LEFT, pos=view.position_of(4, (5, 5)))
    assert not lab.settings.enlarged
    assert all(c.isVisible() for c in view.cells)


def test_enter_enlarges_page_down_shows_the_next_and_escape_goes_back(lab, gallery):
    view = gallery.view
    key(view, Qt.Key.Key_Return)
    assert lab.settings.enlarged
    assert gallery.controls.enlarge.isChecked()
    key(view, Qt.Key.Key_PageDown)
    lab.settle()
    assert [c.kernel for c in view.cells if c.isVisible()] == [1]
    assert_drawn_as_computed(lab, gallery, [1])
    key(view, Qt.Key.Key_Escape)
    assert not lab.settings.enlarged


# ---------------------------------------------------------------------------- saving, copying


def test_copy_puts_the_map_on_the_clipboard_as_it_is_seen(lab, gallery, qtbot):
    QGuiApplication.clipboard().clear()
    lab.selection.set_kernel(3)
    gallery.view.setFocus()
    with qtbot.waitSignal(gallery.menu.export.copied):
        key(gallery.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (40, 30)
    values, level = lab.map_values(3), lab.preview.maps[3].level
    colour = image.pixelColor(7, 5)
    wanted = lab.colour_of(values[5, 7], level)
    drawn = np.array([colour.red(), colour.green(), colour.blue()])
    assert np.abs(drawn - wanted).max() <= 2
    assert "clipboard" in gallery.numbers.text()


def test_save_asks_for_a_file_name_without_stopping_the_window(lab, gallery, qtbot, tmp_path):
    gallery.menu.save_values.trigger()
    dialog = gallery.findChild(QFileDialog)
    target = tmp_path / "map.npy"
    assert dialog.isVisible()
    assert "map-0-sobel-x.npy" in dialog.selectedFiles()[0]
    with qtbot.waitSignal(gallery.menu.export.saved):
        dialog.fileSelected.emit(str(target))
    dialog.close()
    np.testing.assert_allclose(np.load(target), lab.map_values(0), atol=1e-6)


def test_the_context_menu_acts_on_the_map_under_the_pointer(lab, gallery, monkeypatch):
    shown = []
    monkeypatch.setattr(gallery.menu, "popup", shown.append)
    gallery.view.menu_wanted.disconnect()
    gallery.view.menu_wanted.connect(shown.append)
    at = gallery.view.position_of(9, (3, 3))
    viewport = gallery.view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    assert lab.selection.kernel == 9
    assert len(shown) == 1


def test_without_focus_on_the_maps_the_copy_keys_are_left_to_others(lab, gallery, qtbot):
    gallery.controls.fit.setFocus()
    with qtbot.assertNotEmitted(gallery.menu.export.copied, wait=50):
        key(gallery.controls.fit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
