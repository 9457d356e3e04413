"""The input in words: the header, and the sentence about what is pointed at."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.core.kernels import bank
from playground.core.pictures.picture import WORKING_SIZES, Picture
from playground.core.specs import BlockSpec, Pool2DSpec
from playground.models.pictures.picture_loading import PictureLoading
from playground.views.input.input_view import SourceBar
from tests.views.input.canvas_hand import change, settle
from tests.views.laboratory import noise


def test_the_header_names_the_picture_its_size_and_its_channels(show):
    assert show(noise(30, 40, 3))[1].detail.text() == "noise.png · 40 × 30 · RGB"
    assert show(noise(30, 40))[1].detail.text() == "noise.png · 40 × 30 · Grey"


def test_a_resized_picture_says_from_what(show):
    pixels = np.zeros((30, 40, 1), np.float32)
    _, view = show(Picture(pixels, "photo.jpg", (4000, 3000)))
    assert view.detail.text() == "photo.jpg · 40 × 30, from 4000 × 3000 · Grey"


def test_without_a_picture_there_is_a_calm_hint(show):
    _, view = show(None)
    assert view.hint.isVisible()
    assert "Drop a picture here" in view.hint.text()


def test_the_sentence_says_which_pixels_and_how_many_lie_outside(show):
    lab, view = show()
    lab.selection.set_pixel((12, 20))
    assert view.sentence.text() == "receptive field: rows 11 to 13, columns 19 to 21"
    lab.selection.set_pixel((0, 0))
    assert "rows −1 to 1" in view.sentence.text()
    conv = lab.document.conv
    lab.document.change_conv("x", bank.with_kernels(conv, conv.kernel[1:2, 1:2]))
    assert view.sentence.text() == "receptive field: row 0, column 0"
    lab.document.undo_stack.undo()
    assert view.sentence.text().endswith("; 5 of 9 taps lie outside: filled with 0")
    for edge, place in (("reflect", "on"), ("symmetric", "behind")):
        change(lab, view, edge=edge)
        how = f"filled by mirroring the image {place} its last pixel"
        assert view.sentence.text().endswith(f"; 5 of 9 taps lie outside: {how}")


def test_the_sentence_says_how_often_a_weight_is_used(show):
    lab, view = show(noise(341, 512))
    lab.selection.set_weight((0, 0))
    assert view.sentence.text() == (
        "this weight: used 173740 times, and 852 outside; "
        "a dense layer would need 30 billion weights"
    )
    lab.selection.set_weight((1, 1))
    assert view.sentence.text() == (
        "this weight: used 174592 times; a dense layer would need 30 billion weights"
    )


def test_a_weight_that_meets_no_pixel_is_used_on_none(show):
    lab, view = show(noise(4, 4))
    change(lab, view, padding=(4, 0, 4, 0), dilation=2)
    lab.selection.set_weight((0, 0))
    assert lab.preview.map_size == (4, 4)
    assert "used 0 times, and 16 outside;" in view.sentence.text()


@pytest.mark.parametrize("edge", ["zero", "wrap"])
def test_behind_pooling_the_pixels_that_lie_outside_are_counted_without_gaps(show, edge):
    lab, view = show()
    conv = replace(lab.document.conv, stride=7, padding=4, edge=edge)
    lab.document.change_block("x", BlockSpec(conv, pool=Pool2DSpec("max", 2)))
    settle(lab, view)
    lab.selection.set_pixel((0, 0))
    # Rows −4, −3, −2 and 3, 4, 5, and such columns: 3 · 3 of 6 · 6 pixels lie inside.
    how = {"zero": "filled with 0", "wrap": "filled from the opposite side"}[edge]
    assert view.sentence.text() == (
        f"receptive field: rows −4 to 5, columns −4 to 5; 27 of 36 pixels lie outside: {how}"
    )


@pytest.fixture
def bar(qtbot, lab):
    loading = PictureLoading(lab.document)
    bar = SourceBar(lab.document, loading)
    qtbot.addWidget(bar)
    bar.show()
    yield bar
    loading.close()


def test_it_shows_the_picture_that_undo_or_a_task_puts_in(lab, bar):
    assert bar.grey.isChecked()
    conv = lab.document.conv
    rgb = replace(conv, kernel=conv.kernel.repeat(3, axis=2))
    small = replace(noise(30, 40, 3), working=WORKING_SIZES[0])
    lab.document.change_picture("Open", small, rgb)
    assert bar.rgb.isChecked()
    assert bar.working.currentIndex() == 0
    lab.document.undo_stack.undo()
    assert bar.grey.isChecked()


def test_stretch_is_offered_only_where_little_of_the_range_is_used(lab, bar):
    assert not bar.stretch.isVisible()
    dark = replace(noise(30, 40), used=0.05)
    lab.document.change_picture("Open", dark, lab.document.conv)
    assert bar.stretch.isVisible()
    lab.document.undo_stack.undo()
    assert not bar.stretch.isVisible()


def test_every_control_says_what_it_does(bar):
    for each in (bar.grey, bar.rgb, bar.working, bar.stretch, bar.draw):
        assert each.toolTip()
        assert each.accessibleName()


def test_draw_stays_pressed_while_the_pad_is_open(qtbot, bar):
    with qtbot.waitSignal(bar.draw.toggled) as told:
        QTest.mouseClick(bar.draw, Qt.MouseButton.LeftButton)
    assert told.args == [True]
