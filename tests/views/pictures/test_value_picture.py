"""Arrays as small pictures: the colours of their values, as large as fits, with their legend."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.models.state.view_settings import ViewSettings
from playground.views.pictures.value_picture import ValuePicture, draw_pattern
from playground.views.theme.theme import LIGHT
from playground.views.theme.theming import Theming
from tests.views.colours import value_colour


@pytest.fixture
def picture(qtbot):
    settings = ViewSettings()
    settings.set_theme("light")
    made = ValuePicture("error", Theming(settings))
    qtbot.addWidget(made)
    made.resize(90, 140)
    return made


def colours(widget):
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_every_value_is_seen_in_its_colour(picture):
    values = np.array([[-1.0, 0.5], [0.0, 2.0]])
    picture.show_values(values)
    assert picture.level == 2
    wanted = {value_colour(LIGHT, float(value), 2.0).name() for value in values.flat}
    assert wanted <= colours(picture)


def test_a_level_that_is_given_makes_pictures_comparable(picture):
    picture.show_values(np.array([[1.0]]), 4.0)
    assert value_colour(LIGHT, 1.0, 4.0).name() in colours(picture)


def test_nothing_to_show_is_an_empty_frame(picture):
    picture.show_values(np.ones((2, 2)))
    picture.show_values(None)
    assert (picture.values, picture.level) == (None, 0)
    assert LIGHT.positive not in colours(picture)


def test_one_tile_is_a_plain_picture_and_several_stand_side_by_side(picture):
    picture.show_values(np.ones((1, 1, 3, 3)))
    assert picture.values.shape == (3, 3)
    tiles = np.stack([np.full((4, 4), -1.0), np.full((4, 4), 1.0)])[np.newaxis]
    picture.show_values(tiles)
    image = picture.grab().toImage()
    row = picture.fontMetrics().height() + 10
    assert image.pixelColor(10, row).name() == LIGHT.negative
    assert image.pixelColor(80, row).name() == LIGHT.positive


@pytest.mark.parametrize(("shape", "box"), [((2, 2), (5, 0, 30, 30)), ((1, 3), (5, 10, 30, 10))])
def test_a_pattern_keeps_its_shape_in_the_middle_of_its_square(qapp, shape, box):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    filled = draw_pattern(painter, QRectF(0, 0, 40, 30), np.ones(shape), 1.0, LIGHT)
    painter.end()
    assert filled.getRect() == box
    assert image.pixelColor(20, 15).name() == LIGHT.positive
    assert image.pixelColor(2, 15).name() == "#000000"
