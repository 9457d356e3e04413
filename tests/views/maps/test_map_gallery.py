"""All maps at once: what is drawn is what the core computed, and what is said is true."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from playground.core.kernels import bank
from playground.core.specs import ActivationSpec, BlockSpec, Pool2DSpec
from playground.views.maps.map_gallery import MapGallery
from tests.views.laboratory import assert_drawn_as_computed, colour_at, hover, key, leave


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


def test_a_theme_draws_its_own_neutral_zero(lab, gallery):
    lab.settings.set_theme("dark")
    assert_drawn_as_computed(lab, gallery, [0, 11])


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


def test_without_focus_on_the_maps_the_copy_keys_are_left_to_others(lab, gallery, qtbot):
    gallery.controls.fit.setFocus()
    with qtbot.assertNotEmitted(gallery.menu.export.copied, wait=50):
        key(gallery.controls.fit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
