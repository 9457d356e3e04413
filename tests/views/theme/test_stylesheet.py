"""The style sheet has the theme's colours, and text that the back row can read."""

import re

import pytest

from playground.views.theme.stylesheet import BASE_POINTS, PRESENT_POINTS, base_points, style_sheet
from playground.views.theme.theme import DARK, LIGHT


def sizes(text):
    return [int(size) for size in re.findall(r"font-size: (\d+)pt", text)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_colour_is_one_of_the_theme_s_and_every_bracket_closes(theme):
    sheet = style_sheet(theme)
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(vars(theme).values())
    assert sheet.count("{") == sheet.count("}")


def test_presenting_enlarges_text_but_not_what_sets_the_maps_up():
    plain, large = sizes(style_sheet(LIGHT)), sizes(style_sheet(LIGHT, present=True))
    assert plain[0] == base_points(present=False) == BASE_POINTS
    assert large[0] == base_points(present=True) == PRESENT_POINTS
    assert all(big >= small for small, big in zip(plain, large, strict=True))
    assert min(large) < PRESENT_POINTS
