"""The colours: the signs apart, zero in the middle, and digits that can be read on all of them."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from playground.views.theme.theme import (
    DARK,
    LIGHT,
    THEMES,
    ZERO_INDEX,
    contrast,
    text_on,
    value_look,
    value_pixels,
    value_table,
)
from tests.views.colours import value_colour

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@BOTH
def test_the_ends_and_the_middle_of_the_map_are_the_theme_s(theme):
    named = [QColor(*map(int, value_table(theme)[at])).name() for at in (0, ZERO_INDEX, -1)]
    assert named == [theme.negative, theme.neutral, theme.positive]


@BOTH
def test_grey_runs_from_black_over_the_middle_to_white(theme):
    table = value_table(theme, "grey").astype(int)
    assert [set(table[at]) for at in (0, ZERO_INDEX, -1)] == [{0}, {127}, {255}]
    assert (np.diff(table, axis=0) > 0).all()


@BOTH
@pytest.mark.parametrize("colour_map", ["diverging", "grey"])
def test_pixels_are_the_same_colours_without_transparency(theme, colour_map):
    pixels = value_pixels(theme, colour_map)
    drawn = [QColor.fromRgba(int(pixel)).getRgb() for pixel in pixels]
    assert drawn == [(*map(int, rgb), 255) for rgb in value_table(theme, colour_map)]


@BOTH
def test_a_value_beyond_the_level_has_the_colour_of_the_end(theme):
    assert value_colour(theme, 7.0, 2.0) == value_colour(theme, 2.0, 2.0)
    assert value_colour(theme, -7.0, 2.0) == QColor(theme.negative)
    assert value_colour(theme, 7.0, 0.0) == QColor(theme.neutral), "where all values are zero"


@BOTH
def test_digits_on_a_value_have_the_ink_that_reads_best(theme):
    for value in np.linspace(-1, 1, 21):
        fill, ink = value_look(theme, float(value), 1.0)
        assert fill == value_colour(theme, float(value), 1.0)
        assert ink == text_on(fill)


def test_contrast_is_wcag_s_from_1_to_21():
    black, white, grey = QColor("black"), QColor("white"), QColor("#767676")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(grey, white) == contrast(white, grey) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read_on_every_ground_of_its_theme(name):
    theme = THEMES[name]
    grounds = [QColor(colour) for colour in (theme.window, theme.panel, theme.raised)]
    for text in (theme.text, theme.muted):
        assert min(contrast(QColor(text), ground) for ground in grounds) >= 4.5
    assert contrast(QColor(theme.on_accent), QColor(theme.accent)) >= 4.5
