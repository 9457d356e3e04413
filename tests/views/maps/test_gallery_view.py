"""Hands on the gallery: pointing, selecting and enlarging, by mouse and by key."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.models.state.view_settings import Viewport
from tests.views.laboratory import (
    assert_drawn_as_computed,
    click,
    colour_at,
    hover,
    key,
    press,
    release,
)

LEFT = Qt.MouseButton.LeftButton


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


def test_the_marked_pixel_is_framed_in_the_accent_colour(lab, gallery):
    lab.settings.set_viewport(Viewport(0.5, 0.5, 4))
    lab.settle()
    lab.selection.set_pixel((15, 20))
    cell = gallery.view.cells[3]
    frame = cell.mapToScene(cell.mark.frame.adjusted(-0.5, -0.5, 0.5, 0.5)).boundingRect()
    edge = QPoint(round(frame.left()), round(frame.center().y()))
    drawn = colour_at(gallery.view, gallery.view.mapFromScene(edge))
    assert np.abs(drawn.astype(int) - [0x17, 0x65, 0xD8]).max() <= 2


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
