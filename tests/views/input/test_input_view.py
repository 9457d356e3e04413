"""The input: drawn as the network gets it, with what one output or one weight sees of it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from playground.core.convolve.geometry import receptive_field
from playground.core.kernels import bank
from playground.core.pictures.picture import Picture
from playground.core.specs import BlockSpec, Pool2DSpec
from playground.models.state.view_settings import Viewport
from playground.views.input.input_view import InputView
from tests.views.laboratory import colour_at, hover, leave, noise, press, release, wheel

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
ACCENT = [0x17, 0x65, 0xD8]


@pytest.fixture
def show(laboratory):
    """Shows an input view on a picture; returns it with its laboratory."""

    def make(picture="noise", width=420, height=420):
        lab = laboratory(picture)
        view = lab.show(InputView, width, height)
        lab.preview.set_target((0,), 400)
        settle(lab, view)
        return lab, view

    return make


def settle(lab, view):
    """Wait for the maps and for the picture in the view."""
    lab.settle()
    picture, source = lab.document.picture, view.canvas.source
    if picture is not None:
        lab.qtbot.waitUntil(lambda: source.seen is not None and source.seen.picture is picture)
    lab.settle()


def point_of(view, row, column):
    """The viewport position of the middle of one pixel of the picture."""
    rect = view.canvas.placement.to_screen(row, column, row + 1, column + 1)
    return rect.center().toPoint()


def change(lab, view, **settings):
    lab.document.change_conv("x", replace(lab.document.conv, **settings))
    settle(lab, view)


def drawn_pixel(view, row, column):
    return colour_at(view.canvas, point_of(view, row, column)).astype(int)


# ------------------------------------------------------------------------------ the picture


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


# -------------------------------------------------------------------------- the receptive field


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


def test_nothing_is_framed_where_no_pixel_is_pointed_at(show):
    lab, view = show()
    lab.selection.set_pixel((12, 20))
    lab.selection.set_pixel(None)
    assert view.canvas.field.frame.isEmpty()
    assert view.sentence.text() == ""


# ------------------------------------------------------------------------------ one weight


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


def test_the_sentence_says_how_often_a_weight_is_used(show):
    lab, view = show(noise(341, 512))
    lab.selection.set_weight((0, 0))
    assert view.sentence.text() == (
        "this weight: used 173,740 times, and 852 outside; "
        "a dense layer would need 30 billion weights"
    )
    lab.selection.set_weight((1, 1))
    assert view.sentence.text() == (
        "this weight: used 174,592 times; a dense layer would need 30 billion weights"
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


def test_a_far_away_grid_of_touched_pixels_is_tinted_as_a_whole(show):
    lab, view = show(noise(600, 900), 300, 300)
    change(lab, view, stride=2)
    before = drawn_pixel(view, 300, 450)
    lab.selection.set_weight((1, 1))
    after = drawn_pixel(view, 300, 450)
    assert after[2] - after[0] > before[2] - before[0] + 10


# -------------------------------------------------------------------------------- pointing


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


def test_a_map_that_became_smaller_leaves_no_field_behind(show):
    lab, view = show()
    lab.selection.set_pixel((29, 39))
    change(lab, view, stride=4)
    assert view.canvas.field.frame.isEmpty()


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
