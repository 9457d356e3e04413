"""The row under the gallery: levels, colours, zoom, and what each of its buttons says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from playground.models.state.view_settings import Viewport
from playground.views.maps.map_gallery import MapGallery
from tests.views.laboratory import assert_drawn_as_computed, noise

LEFT = Qt.MouseButton.LeftButton


def test_grey_draws_the_same_values_in_grey(lab, gallery):
    QTest.mouseClick(gallery.controls.grey, LEFT)
    assert lab.settings.colour_map == "grey"
    assert_drawn_as_computed(lab, gallery, [0, 11])


def test_common_levels_make_a_colour_mean_the_same_in_every_map(lab, gallery):
    QTest.mouseClick(gallery.controls.common, LEFT)
    lab.settle()
    levels = {lab.preview.maps[k].level for k in range(12)}
    assert len(levels) == 1
    assert gallery.legend.level == levels.pop()
    assert gallery.legend.words()[1].startswith("+")
    assert_drawn_as_computed(lab, gallery, range(12))


def test_every_control_says_what_it_does_and_can_be_reached_by_key(gallery):
    controls = gallery.controls
    made_controls = controls.findChildren(QToolButton)
    assert len(made_controls) == 7
    for made in made_controls:
        assert made.toolTip()
        assert made.accessibleName()
        assert made.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_one_to_one_and_fit(laboratory):
    lab = laboratory(noise(400, 600))
    gallery = lab.show(MapGallery)
    QTest.mouseClick(gallery.controls.one_to_one, LEFT)
    scale = gallery.view.cells[0].placement.scale[0] * gallery.devicePixelRatioF()
    assert scale == pytest.approx(1)
    QTest.mouseClick(gallery.controls.fit, LEFT)
    assert lab.settings.viewport == Viewport()
