"""A kernel is drawn as its channels, all in one scale."""

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from playground.views.pictures.kernel_picture import draw_kernel
from playground.views.theme.theme import LIGHT
from tests.views.colours import value_colour


def drawn(weights, level, side=60):
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    draw_kernel(painter, QRect(0, 0, side, side), weights, level, LIGHT)
    painter.end()
    return image


def test_the_scale_is_the_one_that_is_given(qapp):
    weights = np.full((3, 3, 1), 0.5, np.float32)
    for level in (0.5, 1.0, 2.0):
        seen = drawn(weights, level).pixelColor(30, 30)
        wanted = value_colour(LIGHT, 0.5, level)
        assert max(abs(a - b) for a, b in zip(seen.getRgb(), wanted.getRgb(), strict=True)) <= 3


def test_equal_channels_are_drawn_once_and_others_beside_each_other(qapp):
    equal = np.repeat(np.eye(3, dtype=np.float32)[..., np.newaxis], 3, axis=2)
    assert drawn(equal, 1.0) == drawn(equal[..., :1], 1.0)
    other = equal.copy()
    other[0, 0, 1] = -1
    assert drawn(other, 1.0) != drawn(equal, 1.0)


def test_of_a_weight_that_is_no_number_there_is_a_frame_alone(qapp):
    weights = np.full((3, 3, 1), np.nan, np.float32)
    image = drawn(weights, 1.0)
    assert image.pixelColor(30, 30).getRgb()[:3] == (0, 0, 0)
    assert image.pixelColor(30, 0).getRgb()[:3] != (0, 0, 0)
