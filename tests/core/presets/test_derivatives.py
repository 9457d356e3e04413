"""Kernels that subtract neighbours: nothing on a flat picture, their slope on a ramp."""

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.presets import derivatives

RAMP = np.tile(np.arange(9, dtype=np.float32), (9, 1))[:, :, np.newaxis]
FLAT = [
    derivatives.sobel_x, derivatives.sobel_y, derivatives.prewitt_x, derivatives.prewitt_y,
    derivatives.scharr_x, derivatives.scharr_y, derivatives.roberts_down, derivatives.roberts_up,
    derivatives.diagonal_down, derivatives.diagonal_up, derivatives.laplacian_4,
    derivatives.laplacian_8, derivatives.laplacian_of_gaussian,
    derivatives.difference_of_gaussians, derivatives.outline,
]  # fmt: skip


@pytest.mark.parametrize("make", FLAT, ids=lambda make: make.__name__)
def test_a_flat_picture_gives_nothing(make):
    assert make().sum() == pytest.approx(0, abs=1e-5)


def at_the_middle(kernel, picture=RAMP):
    return conv2d(picture, kernel[:, :, np.newaxis, np.newaxis])[0, 4, 4]


def test_brighter_to_the_right_is_positive_in_x_and_nothing_in_y():
    assert at_the_middle(derivatives.sobel_x()) == 8
    assert at_the_middle(derivatives.sobel_y()) == 0
    assert at_the_middle(derivatives.sobel_y(), RAMP.transpose(1, 0, 2)) == 8
    assert at_the_middle(derivatives.prewitt_x()) == 6
    assert at_the_middle(derivatives.scharr_x()) == 32


def test_a_ramp_has_no_bend():
    assert at_the_middle(derivatives.laplacian_4()) == 0
    assert at_the_middle(derivatives.laplacian_8()) == 0


@pytest.mark.parametrize("make", [derivatives.sharpen, derivatives.unsharp, derivatives.emboss])
def test_sharpening_keeps_the_picture(make):
    assert make().sum() == pytest.approx(1, abs=1e-5)


def test_sharpening_is_the_picture_without_its_bend():
    middle = np.zeros((3, 3), np.float32)
    middle[1, 1] = 1
    np.testing.assert_array_equal(derivatives.sharpen(), middle - derivatives.laplacian_4())
