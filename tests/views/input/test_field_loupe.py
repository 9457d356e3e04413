"""The loupe under a flat picture: single pixels, the outside filled, and room only when spare."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.convolve.edges import padded_window
from tests.views.laboratory import noise


def drawn(view, row, column):
    """The grey value near the corner of a pixel's square, away from lines and digits."""
    cell = view.loupe.cell_rect(row, column)
    image = view.loupe.grab().toImage()
    return image.pixelColor(int(cell.left() + 4), int(cell.top() + 4)).red()


def test_the_pixels_of_the_field_are_enlarged(show):
    lab, view = show(noise(30, 60), 360, 520)
    lab.selection.set_pixel((12, 20))
    assert view.loupe.isVisible()
    for row, column in ((11, 19), (12, 20), (13, 21), (12, 22)):
        wanted = lab.document.picture.pixels[row, column, 0] * 255
        assert abs(drawn(view, row, column) - wanted) <= 1


@pytest.mark.parametrize("edge", ["zero", "replicate", "reflect", "symmetric", "wrap"])
def test_outside_the_image_stands_what_the_edge_mode_fills_in(show, edge):
    lab, view = show(noise(30, 60), 360, 520)
    lab.document.change_conv("x", replace(lab.document.conv, edge=edge))
    lab.settle()
    lab.selection.set_pixel((0, 5))
    wanted = padded_window(lab.document.picture.pixels, (-1, 0), (5, 6), edge)[0, 0, 0] * 255
    cell = view.loupe.cell_rect(-1, 5).adjusted(3, 3, -3, -3).toRect()
    image = view.loupe.grab(cell).toImage()
    seen = {
        image.pixelColor(x, y).red() for x in range(image.width()) for y in range(image.height())
    }
    assert any(abs(value - wanted) <= 1 for value in seen), "between the lines of the hatching"


def test_the_field_is_in_the_middle_and_the_whole_of_it_is_seen(show):
    lab, view = show(noise(30, 60), 360, 520)
    lab.document.change_conv("x", replace(lab.document.conv, dilation=4))
    lab.settle()
    lab.selection.set_pixel((12, 20))
    first, last = view.loupe.cell_rect(8, 16), view.loupe.cell_rect(16, 24)
    assert view.loupe.rect().contains(first.united(last).toRect())
    assert (first.united(last).center() - view.loupe.rect().center()).manhattanLength() < 3


def test_a_tall_picture_takes_all_the_room_itself(show):
    _, view = show(noise(60, 40), 360, 520)
    assert not view.loupe.isVisible()
    assert view.canvas.placement.rect.height() > 400


def test_without_a_pixel_the_loupe_says_what_to_do(show):
    lab, view = show(noise(30, 60), 360, 520)
    before = np.array(view.loupe.grab().toImage().constBits())
    lab.selection.set_pixel((12, 20))
    assert not np.array_equal(before, np.array(view.loupe.grab().toImage().constBits()))
