"""A map is reduced strip by strip to what the screen needs, and its statistics are those of all."""

import numpy as np
import pytest

from playground.core.pictures.map_drawing import STRIP_VALUES, MapDrawing

MAP = np.random.default_rng(0).normal(size=(300, 700)).astype(np.float32)
WHOLE = (0, 0, 300, 700)


def rows(start: int, stop: int) -> np.ndarray:
    return MAP[start:stop]


def drawn(window=WHOLE, step=1) -> MapDrawing:
    drawing = MapDrawing(3, (300, 700), window, step)
    drawing.advance(rows, 300)
    return drawing


def test_the_extremes_are_those_of_the_whole_map_wherever_one_looks():
    picture = drawn((10, 20, 50, 90)).picture(1.0)
    assert picture.kernel == 3
    assert (picture.stats.minimum, picture.stats.maximum) == (MAP.min(), MAP.max())
    assert picture.values.shape == (40, 70)


def test_zero_is_the_middle_of_the_table_and_the_level_its_ends():
    drawing = drawn()
    values = drawing.picture(float(np.abs(MAP).max())).values
    assert values[np.unravel_index(MAP.argmax(), MAP.shape)] == 254 or MAP.max() < -MAP.min()
    assert (values[MAP > 0] >= 127).all()
    assert (values[MAP < 0] <= 127).all()


def test_at_a_smaller_scale_a_block_of_pixels_is_one():
    assert drawn(step=10).picture(1.0).values.shape == (30, 70)


def test_rows_that_are_in_are_shown_before_the_rest_comes():
    drawing = MapDrawing(0, (300, 700), WHOLE, 1)
    assert drawing.partial() is None
    drawing.advance(rows, 200)
    strip = STRIP_VALUES // 700
    partial = drawing.partial()
    assert partial.window == (0, 0, 200 // strip * strip, 700)
    assert partial.complete == pytest.approx(200 // strip * strip / 300)
    drawing.advance(rows, 300)
    assert drawing.partial() is None
    assert drawing.picture(1.0).complete == 1


def test_the_picture_is_the_same_object_until_something_changes():
    drawing = drawn()
    first = drawing.picture(1.0)
    assert drawing.picture(1.0) is first
    assert drawing.picture(2.0) is not first
    drawing.look_at((0, 0, 100, 100), 1)
    drawing.advance(rows, 300)
    assert drawing.picture(2.0).values.shape == (100, 100)
