"""The cells of the gallery: laid out in the room there is, and kept up to date."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication

from playground.core.kernels import bank
from playground.core.kernels.bank import remove
from playground.models.state.view_settings import Viewport
from playground.views.maps.map_gallery import MapGallery
from tests.views.laboratory import Painted, assert_drawn_as_computed, noise, wheel


def test_only_the_cell_of_a_changed_map_is_painted_again(lab, gallery):
    near = gallery.view.cell_rect(5).adjusted(-2, -2, 2, 2)
    alone = []
    for value in (2.0, 3.0, 4.0):
        # The platform may ask for the whole window at any time, but hardly three times in a row.
        lab.settle()
        painted = Painted(gallery.view.viewport())
        conv = bank.set_weights(lab.document.conv, {(0, 0, 0, 5): value})
        lab.document.change_conv("x", conv)
        lab.qtbot.waitUntil(lambda seen=painted: not seen.region.isEmpty())
        alone.append(near.contains(painted.region.boundingRect()))
    assert any(alone)


def test_play_goes_on_in_the_map_that_becomes_the_current_one(lab, gallery):
    gallery.set_reached((15, 20))
    lab.selection.set_kernel(3)
    assert [c.kernel for c in gallery.view.cells if c.curtain.reached] == [3]


@pytest.mark.parametrize("size", [(300, 700), (640, 560), (1100, 300), (560, 430)])
def test_maps_stay_inside_the_room_and_do_not_overlap(lab, size):
    gallery = lab.show(MapGallery, *size)
    rects = [gallery.view.cell_rect(k) for k in range(12)]
    width = gallery.view.viewport().width()
    assert all(r.left() >= 0 and r.right() <= width for r in rects)
    for i, one in enumerate(rects):
        assert not any(one.adjusted(2, 2, -2, -2).intersects(other) for other in rects[i + 1 :])


def test_sixty_four_maps_scroll_and_only_the_visible_ones_are_asked_for(lab, gallery, monkeypatch):
    asked = []
    monkeypatch.setattr(lab.preview, "set_target", lambda seen, width, viewer: asked.append(seen))
    many = bank.reorder(lab.document.conv, [k % 12 for k in range(64)])
    lab.document.change_conv("x", many)
    QApplication.processEvents()
    assert len(gallery.view.cells) == 64
    assert asked[-1][0] == 0
    assert len(asked[-1]) < 64
    wheel(gallery.view, QPoint(50, 50), -30)
    QApplication.processEvents()
    assert asked[-1][-1] == 63
    assert lab.settings.viewport == Viewport(), "scrolling is not zooming"


def test_the_preview_is_told_how_many_pixels_a_map_is_wide(lab, gallery, monkeypatch):
    asked = []
    monkeypatch.setattr(
        lab.preview, "set_target", lambda seen, width, viewer: asked.append((seen, width))
    )
    lab.settings.set_enlarged(True)
    QApplication.processEvents()
    assert asked[-1][0] == (0,)
    assert asked[-1][1] == gallery.view.cells[0].placement.rect.width()


def test_added_removed_and_renamed_kernels_are_followed(lab, gallery):
    document = lab.document
    document.change_conv("x", bank.duplicate(document.conv, [0]))
    assert [c.name for c in gallery.view.cells] == list(document.conv.names)
    document.change_conv("x", bank.remove(document.conv, [0, 1, 2]))
    document.change_conv("x", bank.rename(document.conv, 0, "edge finder"))
    lab.settle()
    assert [c.name for c in gallery.view.cells] == list(document.conv.names)
    assert_drawn_as_computed(lab, gallery, range(10))


def test_pictures_of_one_pixel_and_of_one_row_can_be_seen(laboratory):
    for height, width in ((1, 1), (1, 3000), (3000, 1)):
        lab = laboratory(noise(height, width))
        gallery = lab.show(MapGallery)
        rect = gallery.view.cells[0].placement.rect
        assert min(rect.width(), rect.height()) >= 8


def test_drops_are_left_to_the_window(gallery):
    assert not gallery.view.acceptDrops()
    assert not gallery.view.viewport().acceptDrops()


def test_a_font_for_the_back_row_enlarges_the_captions(lab, gallery):
    before = gallery.view.cells[0].placement.rect.height()
    font = gallery.view.font()
    font.setPointSize(18)
    gallery.view.setFont(font)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    caption = gallery.view.cells[0].boundingRect().height() - before
    assert caption > 30


def test_a_pixel_outside_smaller_maps_is_brought_back_inside(lab, gallery):
    lab.selection.set_pixel((29, 39))
    lab.document.change_conv("x", replace(lab.document.conv, stride=3))
    lab.settle()
    assert lab.selection.pixel == (9, 13)


def test_cells_of_kernels_that_went_come_back_clean(lab, gallery):
    view = gallery.view
    before = view.cells
    lab.document.selection.set_pixel((3, 4))
    view.set_reached((2, 2))
    bank = lab.document.conv
    lab.document.change_conv("x", remove(bank, range(1, bank.filters)))
    lab.settle()
    assert len(view.cells) == 1
    assert not any(cell.isVisible() for cell in before[1:])
    assert all(cell.shown is None for cell in before[1:])
    lab.document.undo_stack.undo()
    lab.settle()
    assert view.cells == before
    assert all(cell.isVisible() and cell.shown is not None for cell in view.cells)
    assert [cell.name for cell in view.cells] == list(bank.names)
