"""All maps at once: what is drawn is what the core computed, and what is said is true."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core.kernels import bank
from playground.core.specs import ActivationSpec, BlockSpec, Pool2DSpec
from playground.models.state.view_settings import Viewport
from playground.views.maps.map_gallery import MapGallery
from tests.views.laboratory import (
    Painted,
    assert_drawn_as_computed,
    colour_at,
    hover,
    leave,
    noise,
    wheel,
)

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def gallery(lab):
    return lab.show(MapGallery)


# ------------------------------------------------------------------------------ what is drawn


def test_every_kernel_has_its_map_in_its_colours(lab, gallery):
    assert_drawn_as_computed(lab, gallery, range(12))


def test_maps_follow_a_change_of_a_weight(lab, gallery):
    lab.document.change_conv("x", bank.set_weights(lab.document.conv, {(0, 0, 0, 4): 3.0}))
    lab.settle()
    assert_drawn_as_computed(lab, gallery, [4])


def test_maps_follow_stride_activation_and_pooling(lab, gallery):
    conv = replace(lab.document.conv, stride=2)
    block = BlockSpec(conv, ActivationSpec("relu"), Pool2DSpec("max", 2))
    lab.document.change_block("x", block)
    lab.settle()
    values, level = lab.map_values(0), lab.preview.maps[0].level
    assert lab.preview.map_size == values.shape == (7, 10)
    drawn = colour_at(gallery.view, gallery.view.position_of(0, (3, 4)))
    assert np.abs(drawn.astype(int) - lab.colour_of(values[3, 4], level)).max() <= 3


def test_grey_draws_the_same_values_in_grey(lab, gallery):
    QTest.mouseClick(gallery.controls.grey, LEFT)
    assert lab.settings.colour_map == "grey"
    assert_drawn_as_computed(lab, gallery, [0, 11])


def test_a_theme_draws_its_own_neutral_zero(lab, gallery):
    lab.settings.set_theme("dark")
    assert_drawn_as_computed(lab, gallery, [0, 11])


def test_common_levels_make_a_colour_mean_the_same_in_every_map(lab, gallery):
    QTest.mouseClick(gallery.controls.common, LEFT)
    lab.settle()
    levels = {lab.preview.maps[k].level for k in range(12)}
    assert len(levels) == 1
    assert gallery.legend.level == levels.pop()
    assert gallery.legend.words()[1].startswith("+")
    assert_drawn_as_computed(lab, gallery, range(12))


def test_magnified_pixels_are_squares(lab, gallery):
    lab.settings.set_viewport(Viewport(0.5, 0.5, 10))
    lab.settle()
    values, level = lab.map_values(3), lab.preview.maps[3].level
    wanted = lab.colour_of(values[15, 20], level)
    square = gallery.view.cells[3].placement.to_screen(15, 20, 16, 21)
    corner = gallery.view.mapFromScene(gallery.view.cells[3].mapToScene(square.topLeft()))
    for dx, dy in ((2, 2), (square.width() - 3, 2), (2, square.height() - 3)):
        drawn = colour_at(gallery.view, corner + QPoint(int(dx), int(dy)))
        assert np.abs(drawn.astype(int) - wanted).max() <= 3


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


def test_a_map_that_is_still_filling_shows_the_rows_there_are(lab, gallery):
    shown = lab.preview.maps[11]
    half = replace(shown, values=shown.values[:15], window=(0, 0, 15, 40), complete=0.5)
    gallery.view.cells[11].set_picture(half)
    background = colour_at(gallery.view, gallery.view.position_of(11, (25, 20)))
    assert background.tolist() == [255, 255, 255]
    values = lab.map_values(11)
    drawn = colour_at(gallery.view, gallery.view.position_of(11, (10, 20)))
    assert np.abs(drawn.astype(int) - lab.colour_of(values[10, 20], shown.level)).max() <= 3


def test_play_covers_what_it_has_not_reached(lab, gallery):
    lab.selection.set_kernel(11)
    gallery.set_reached((15, 20))
    covered, values = [255, 255, 255], lab.map_values(11)
    level = lab.preview.maps[11].level
    for pixel, seen in {(14, 39): 1, (15, 20): 1, (15, 22): 0, (16, 0): 0, (29, 39): 0}.items():
        drawn = colour_at(gallery.view, gallery.view.position_of(11, pixel))
        wanted = lab.colour_of(values[pixel], level) if seen else covered
        assert np.abs(drawn.astype(int) - wanted).max() <= 3
    gallery.set_reached(None)
    assert_drawn_as_computed(lab, gallery, [11])


def test_play_goes_on_in_the_map_that_becomes_the_current_one(lab, gallery):
    gallery.set_reached((15, 20))
    lab.selection.set_kernel(3)
    assert [c.kernel for c in gallery.view.cells if c.curtain.reached] == [3]


# ------------------------------------------------------------------------------------- layout


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
    monkeypatch.setattr(lab.preview, "set_target", lambda seen, width: asked.append(seen))
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
    monkeypatch.setattr(lab.preview, "set_target", lambda seen, width: asked.append((seen, width)))
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


def test_a_kernel_that_does_not_fit_gives_a_calm_sentence_instead_of_maps(lab, gallery):
    lab.document.change_conv("x", replace(lab.document.conv, padding="valid", dilation=30))
    lab.settle()
    assert gallery.message.isVisible()
    assert "choose more padding" in gallery.message.text()
    lab.document.undo_stack.undo()
    lab.settle()
    assert not gallery.message.isVisible()
    assert_drawn_as_computed(lab, gallery, [0])


def test_where_there_are_no_maps_no_numbers_of_old_ones_are_left(lab, gallery):
    kernel = np.zeros((11, 11, 1, 12))
    conv = replace(lab.document.conv, kernel=kernel, padding="valid", dilation=4)
    lab.document.change_conv("x", conv)
    lab.settle()
    assert "ms" not in gallery.detail.text()
    assert gallery.numbers.text() == ""


def test_without_a_picture_the_gallery_says_what_comes_here(laboratory):
    gallery = laboratory(None).show(MapGallery)
    assert gallery.message.isVisible()
    assert "picture" in gallery.message.text()


def test_pictures_of_one_pixel_and_of_one_row_can_be_seen(laboratory):
    for height, width in ((1, 1), (1, 3000), (3000, 1)):
        lab = laboratory(noise(height, width))
        gallery = lab.show(MapGallery)
        rect = gallery.view.cells[0].placement.rect
        assert min(rect.width(), rect.height()) >= 8


# ---------------------------------------------------------------------------------- in words


def test_the_header_counts_kernels_and_maps(lab, gallery):
    assert gallery.detail.text().startswith("12 kernels → 12 maps · ")
    assert gallery.detail.text().endswith(" ms")
    lab.document.change_conv("x", bank.remove(lab.document.conv, range(1, 12)))
    assert gallery.detail.text().startswith("1 kernel → 1 map · ")


def test_the_numbers_of_the_current_map_are_always_shown(lab, gallery):
    lab.document.change_block("x", BlockSpec(lab.document.conv, ActivationSpec("relu"), None))
    lab.settle()
    values = lab.map_values(0)
    text = gallery.numbers.text()
    assert text.startswith("map 0: min +0.00 · mean ")
    assert f"max +{values.max():.2f}" in text
    assert f"{round(100 * (values == 0).mean())} % zeros" in text


@pytest.mark.parametrize("activation", ["none", "relu"])
def test_at_a_projector_s_width_nothing_below_the_maps_is_cut_off(lab, activation):
    block = BlockSpec(lab.document.conv, ActivationSpec(activation), None)
    lab.document.change_block("x", block)
    gallery = lab.show(MapGallery, width=496, height=440)
    tops = {b.geometry().top() for b in (gallery.controls.grey, gallery.controls.save)}
    assert len(tops) == 1
    for kernel in range(12):
        lab.selection.set_kernel(kernel)
        shown, numbers = gallery.numbers.shown_text(), gallery.numbers
        assert numbers.fontMetrics().horizontalAdvance(shown) <= numbers.width()
        assert all(
            word in shown for word in ("mean", "zeros", "…" if "min" not in shown else "max")
        )


def test_hovering_shows_the_numbers_of_the_map_under_the_pointer(lab, gallery):
    hover(gallery.view, gallery.view.position_of(7, (3, 3)))
    assert gallery.numbers.text().startswith("map 7: ")
    leave(gallery.view)
    assert gallery.numbers.text().startswith("map 0: ")


def test_the_tooltip_has_the_numbers_and_the_rule_for_pointing(lab, gallery):
    text = gallery.view.cells[2].tooltip()
    assert text.startswith("2 Laplacian\nmin −")
    assert "arithmetic" in gallery.view.rule()


def test_the_legend_says_which_colour_is_negative(lab, gallery):
    assert gallery.legend.words() == ("blue −", "orange +")
    QTest.mouseClick(gallery.controls.grey, LEFT)
    assert gallery.legend.words() == ("black −", "white +")


def test_every_control_says_what_it_does_and_can_be_reached_by_key(gallery):
    controls = gallery.controls
    for made in (
        controls.own,
        controls.common,
        controls.grey,
        controls.fit,
        controls.one_to_one,
        controls.enlarge,
        controls.save,
    ):
        assert made.toolTip()
        assert made.accessibleName()
        assert made.focusPolicy() & Qt.FocusPolicy.TabFocus


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
