"""What is drawn over the input: the field of an output, and the pixels that a weight touches."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from playground.core.convolve.geometry import receptive_field
from playground.core.specs import BlockSpec, Pool2DSpec
from playground.models.state.view_settings import Viewport
from tests.views.input.canvas_hand import change, drawn_pixel, point_of, settle
from tests.views.laboratory import colour_at, noise

ACCENT = [0x17, 0x65, 0xD8]


@pytest.mark.parametrize(
    ("settings", "pixel"),
    [
        ({}, (12, 20)),
        ({"stride": 2}, (4, 9)),
        ({"stride": 3, "dilation": 2}, (3, 3)),
        ({"padding": "valid"}, (0, 0)),
        ({"padding": 4, "dilation": 3}, (0, 0)),
        ({"padding": (0, 5, 2, 0)}, (30, 1)),
    ],
)
def test_the_field_of_the_output_pixel_is_framed_where_it_lies(show, settings, pixel):
    lab, view = show()
    change(lab, view, **settings)
    lab.selection.set_pixel(pixel)
    field = receptive_field(*pixel, (30, 40), lab.document.conv)
    placement = view.canvas.placement
    wanted = placement.to_screen(
        field.top, field.left, field.top + field.height, field.left + field.width
    )
    assert view.canvas.field.frame == wanted
    on_frame = QPoint(round(wanted.right()), round(wanted.center().y()))
    if view.canvas.viewport().rect().contains(on_frame):
        drawn = [colour_at(view.canvas, on_frame + QPoint(d, 0)).tolist() for d in (-1, 0, 1)]
        assert ACCENT in drawn


def test_a_pooled_output_sees_the_union_of_its_window(show):
    lab, view = show()
    lab.document.change_block("x", BlockSpec(lab.document.conv, pool=Pool2DSpec("max", 3)))
    settle(lab, view)
    lab.selection.set_pixel((2, 4))
    field = view.canvas.field.field
    assert (field.rows[0], field.rows[-1]) == (5, 9)
    assert (field.columns[0], field.columns[-1]) == (11, 15)


def test_a_field_too_small_to_see_is_framed_larger_around_its_middle(show):
    lab, view = show(noise(600, 900), 300, 300)
    lab.selection.set_pixel((300, 450))
    frame, placement = view.canvas.field.frame, view.canvas.placement
    assert min(frame.width(), frame.height()) >= 5
    middle = placement.to_screen(300, 450, 301, 451).center()
    assert (frame.center() - middle).manhattanLength() < 0.01


@pytest.mark.parametrize(
    ("edge", "source"),
    [
        ("zero", None),
        ("replicate", (0, 3)),
        ("reflect", (1, 3)),
        ("symmetric", (0, 3)),
        ("wrap", (29, 3)),
    ],
)
def test_outside_the_image_the_field_shows_the_values_that_fill_it(show, edge, source):
    lab, view = show()
    change(lab, view, edge=edge)
    lab.settings.set_viewport(Viewport(0.125, 0.125, 4))
    settle(lab, view)
    lab.selection.set_pixel((0, 3))
    outside = view.canvas.placement.to_screen(-1, 3, 0, 4)
    assert outside.height() >= 3, "there is room for the outside"
    wanted = 0 if source is None else lab.document.picture.pixels[source][0] * 255
    image = view.canvas.viewport().grab(outside.adjusted(4, 2, -4, -2).toRect()).toImage()
    seen = {
        image.pixelColor(x, y).red() for x in range(image.width()) for y in range(image.height())
    }
    assert any(abs(value - wanted) <= 1 for value in seen), "between the lines of the hatching"


def test_the_taps_of_a_dilated_kernel_are_shown_one_by_one(show):
    lab, view = show()
    change(lab, view, dilation=3)
    lab.selection.set_pixel((12, 20))
    pixels = lab.document.picture.pixels

    def tinted(row, column):
        return np.abs(drawn_pixel(view, row, column) - pixels[row, column] * 255).max() > 5

    for row in range(10, 15):
        for column in range(18, 23):
            assert tinted(row, column) == (row == 12 and column == 20)
    assert all(tinted(row, column) for row in (9, 12, 15) for column in (17, 20, 23))


def test_nothing_is_framed_where_no_pixel_is_pointed_at(show):
    lab, view = show()
    lab.selection.set_pixel((12, 20))
    lab.selection.set_pixel(None)
    assert view.canvas.field.frame.isEmpty()
    assert view.sentence.text() == ""


@pytest.mark.parametrize("weight", [(0, 0), (1, 1), (2, 0)])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("flip", [False, True])
def test_a_weight_tints_exactly_the_pixels_it_touches(show, weight, stride, flip):
    lab, view = show()
    change(lab, view, stride=stride, flip=flip)
    lab.selection.set_weight(weight)
    tap = tuple(2 - w for w in weight) if flip else weight
    touched = set()
    height, width = lab.preview.map_size
    for row in range(height):
        for column in range(width):
            field = receptive_field(row, column, (30, 40), lab.document.conv)
            touched.add((field.rows[tap[0]], field.columns[tap[1]]))
    image = view.canvas.viewport().grab().toImage()
    pixels = lab.document.picture.pixels
    for row in range(30):
        for column in range(40):
            at = point_of(view, row, column)
            blue = image.pixelColor(at).blue() - image.pixelColor(at).red()
            assert (blue > 20) == ((row, column) in touched), (row, column, pixels[row, column])


def test_a_far_away_grid_of_touched_pixels_is_tinted_as_a_whole(show):
    lab, view = show(noise(600, 900), 300, 300)
    change(lab, view, stride=2)
    before = drawn_pixel(view, 300, 450)
    lab.selection.set_weight((1, 1))
    after = drawn_pixel(view, 300, 450)
    assert after[2] - after[0] > before[2] - before[0] + 10


def test_a_map_that_became_smaller_leaves_no_field_behind(show):
    lab, view = show()
    lab.selection.set_pixel((29, 39))
    change(lab, view, stride=4)
    assert view.canvas.field.frame.isEmpty()
