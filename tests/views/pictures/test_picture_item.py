"""Drawing one picture: every pixel has the colour of its value, where the placement says."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from playground.models.state.view_settings import Viewport
from playground.views.pictures.picture_item import PictureItem
from playground.views.pictures.placement import placed
from playground.views.theme.theme import LIGHT, value_pixels, value_table
from tests.views.pictures.drawing import drawn


def values(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 255, (height, width), np.uint8)


@pytest.fixture
def item(qapp):
    made = PictureItem()
    made.set_colours(value_pixels(LIGHT))
    return made


def test_one_value_per_screen_pixel_is_drawn_exactly_in_the_tables_colour(item):
    shown = values(40, 60)
    item.set_placement(placed(QRectF(0, 0, 60, 40), (40, 60), Viewport()))
    item.set_values(shown, (0, 0, 40, 60))
    assert np.array_equal(drawn(item, 60, 40), value_table(LIGHT)[shown])


def test_zero_is_the_neutral_colour_and_the_ends_are_the_signs(item):
    shown = np.array([[0, 127, 254]], np.uint8)
    item.set_placement(placed(QRectF(0, 0, 90, 30), (1, 3), Viewport()))
    item.set_values(shown, (0, 0, 1, 3))
    colours = [QColor(*map(int, drawn(item, 90, 30)[15, x])).name() for x in (15, 45, 75)]
    assert colours == [LIGHT.negative, LIGHT.neutral, LIGHT.positive]


@pytest.mark.parametrize("times", [2, 3, 8])
def test_magnified_values_are_squares_without_a_blur(item, times):
    shown = values(10, 12)
    item.set_placement(placed(QRectF(0, 0, 12 * times, 10 * times), (10, 12), Viewport()))
    item.set_values(shown, (0, 0, 10, 12))
    wanted = value_table(LIGHT)[shown].repeat(times, 0).repeat(times, 1)
    assert np.array_equal(drawn(item, 12 * times, 10 * times), wanted)


def test_a_window_of_a_zoomed_map_lies_where_its_pixels_are(item):
    shown = values(100, 100)
    viewport = Viewport(0.5, 0.5, 5)  # shows rows and columns 40 … 60
    item.set_placement(placed(QRectF(0, 0, 100, 100), (100, 100), viewport))
    item.set_values(shown[40:60, 40:60], (40, 40, 60, 60))
    wanted = value_table(LIGHT)[shown[40:60, 40:60]].repeat(5, 0).repeat(5, 1)
    assert np.array_equal(drawn(item, 100, 100), wanted)


def test_reduced_values_keep_their_place_although_the_last_block_sticks_out(item):
    blocks = values(4, 4)  # 10 × 10 pixels by threes: 3 + 3 + 3 + 1
    item.set_placement(placed(QRectF(0, 0, 100, 100), (10, 10), Viewport()))
    item.set_values(blocks, (0, 0, 10, 10))
    picture = drawn(item, 100, 100)
    table = value_table(LIGHT)
    assert np.array_equal(picture[95, 15], table[blocks[3, 0]])
    assert np.array_equal(picture[45, 85], table[blocks[1, 2]])
    assert np.array_equal(picture[45, 95], table[blocks[1, 3]])


def test_nothing_is_drawn_outside_the_clip(item):
    item.set_placement(placed(QRectF(10, 10, 40, 40), (100, 100), Viewport(0.5, 0.5, 10)))
    item.set_values(values(100, 100), (0, 0, 100, 100))
    picture = drawn(item, 60, 60)
    picture = np.delete(np.delete(picture, slice(10, 50), 0), slice(10, 50), 1)
    assert not picture.any()


def test_another_table_recolours_the_same_values(item):
    shown = values(10, 10)
    item.set_placement(placed(QRectF(0, 0, 10, 10), (10, 10), Viewport()))
    item.set_values(shown, (0, 0, 10, 10))
    drawn(item, 10, 10)
    item.set_colours(value_pixels(LIGHT, "grey"))
    assert np.array_equal(drawn(item, 10, 10), value_table(LIGHT, "grey")[shown])


def test_rgb_and_grey_pictures_are_drawn_as_they_are(qapp):
    rgb = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    item = PictureItem()
    item.set_placement(placed(QRectF(0, 0, 30, 20), (20, 30), Viewport()))
    item.set_values(rgb, (0, 0, 20, 30))
    assert np.array_equal(drawn(item, 30, 20), rgb)
    item.set_values(rgb[..., 0], (0, 0, 20, 30))
    assert np.array_equal(drawn(item, 30, 20), rgb[..., [0, 0, 0]])


def test_a_cleared_item_draws_nothing(item):
    item.set_placement(placed(QRectF(0, 0, 10, 10), (10, 10), Viewport()))
    item.set_values(values(10, 10), (0, 0, 10, 10))
    item.clear()
    assert not drawn(item, 10, 10).any()


def test_a_dense_screen_shows_every_value(item):
    shown = values(40, 60)
    item.set_placement(placed(QRectF(0, 0, 30, 20), (40, 60), Viewport()))
    item.set_values(shown, (0, 0, 40, 60))
    assert np.array_equal(drawn(item, 30, 20, scale=2), value_table(LIGHT)[shown])
