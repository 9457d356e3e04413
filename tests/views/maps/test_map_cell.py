"""One map: its values are drawn as squares, a part of it alone, and its numbers are told."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint

from playground.models.state.view_settings import Viewport
from tests.views.laboratory import assert_drawn_as_computed, colour_at


def test_magnified_pixels_are_squares(lab, gallery):
    lab.settings.set_viewport(Viewport(0.5, 0.5, 10))
    lab.settle()
    values, level = lab.map_values(3), lab.preview.maps[3].level
    wanted = lab.colour_of(values[15, 20], level)
    square = gallery.view.cells[3].placement.to_screen(15, 20, 16, 21)
    corner = gallery.view.mapFromScene(gallery.view.cells[3].mapToScene(square.topLeft()))
    for dx, dy in ((2, 2), (square.width() - 3, 2), (2, square.height() - 3)):
        drawn = colour_at(gallery.view, corner + QPoint(int(dx), int(dy)))
        assert np.abs(drawn.astype(int) - wanted).max() <= 3


def test_a_map_that_is_still_filling_shows_the_rows_there_are(lab, gallery):
    shown = lab.preview.maps[11]
    half = replace(shown, values=shown.values[:15], window=(0, 0, 15, 40), complete=0.5)
    gallery.view.cells[11].set_picture(half)
    background = colour_at(gallery.view, gallery.view.position_of(11, (25, 20)))
    assert background.tolist() == [255, 255, 255]
    values = lab.map_values(11)
    drawn = colour_at(gallery.view, gallery.view.position_of(11, (10, 20)))
    assert np.abs(drawn.astype(int) - lab.colour_of(values[10, 20], shown.level)).max() <= 3


def test_play_covers_what_it_has_not_reached(lab, gallery):
    lab.selection.set_kernel(11)
    gallery.set_reached((15, 20))
    covered, values = [255, 255, 255], lab.map_values(11)
    level = lab.preview.maps[11].level
    for pixel, seen in {(14, 39): 1, (15, 20): 1, (15, 22): 0, (16, 0): 0, (29, 39): 0}.items():
        drawn = colour_at(gallery.view, gallery.view.position_of(11, pixel))
        wanted = lab.colour_of(values[pixel], level) if seen else covered
        assert np.abs(drawn.astype(int) - wanted).max() <= 3
    gallery.set_reached(None)
    assert_drawn_as_computed(lab, gallery, [11])


def test_the_tooltip_has_the_numbers_and_the_rule_for_pointing(lab, gallery):
    text = gallery.view.cells[2].tooltip()
    assert text.startswith("2 Laplacian\nmin −")
    assert "arithmetic" in gallery.view.rule()
