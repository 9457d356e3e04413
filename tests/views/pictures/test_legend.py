"""The legend says what the colours mean."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.views.pictures.legend import bar_image
from playground.views.theme.theme import LIGHT, value_table

LEFT = Qt.MouseButton.LeftButton


def test_the_legend_says_which_colour_is_negative(lab, gallery):
    assert gallery.legend.words() == ("blue −", "orange +")
    QTest.mouseClick(gallery.controls.grey, LEFT)
    assert gallery.legend.words() == ("black −", "white +")


def test_a_level_that_all_maps_share_is_said_at_both_ends(lab, gallery):
    gallery.legend.set_level(1.5)
    assert gallery.legend.words() == ("−1.5", "+1.5")
    assert gallery.legend.accessibleName() == "Colour legend from −1.5 to +1.5"
    gallery.legend.set_level(None)
    assert gallery.legend.words() == ("blue −", "orange +")


@pytest.mark.parametrize("colour_map", ["diverging", "grey"])
def test_the_bar_runs_through_all_colours_of_the_map(colour_map):
    bar, table = bar_image(LIGHT, colour_map), value_table(LIGHT, colour_map)
    assert [bar.pixelColor(x, 0).getRgb()[:3] for x in range(bar.width())] == [
        tuple(map(int, rgb)) for rgb in table
    ]
