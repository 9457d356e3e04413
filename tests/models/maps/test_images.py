"""Numbers as images: every pixel is the colour of its value, inside the picture and outside it."""

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.models.maps.images import filled_window, rgb_image, value_image

NUMPY_MODES = {"replicate": "edge", "reflect": "reflect", "symmetric": "symmetric", "wrap": "wrap"}


def pixels_of(image):
    colours = [
        [image.pixelColor(x, y).getRgb()[:3] for x in range(image.width())]
        for y in range(image.height())
    ]
    return np.array(colours)


def test_an_image_has_the_array_s_pixels_also_of_rows_that_are_not_contiguous():
    rgb = np.random.default_rng(0).integers(0, 256, (3, 4, 5), np.uint8).transpose(1, 2, 0)
    assert np.array_equal(pixels_of(rgb_image(rgb)), rgb)


def test_values_between_the_levels_get_the_colours_between_the_ends():
    colours = np.uint32(0xFF000000) + np.arange(255, dtype=np.uint32)  # entry n is blue n
    values = np.array([[-2.0, -1.0, 0.0], [0.5, 1.0, 9.0]])
    blue = pixels_of(value_image(values, 1.0, colours))[..., 2]
    assert blue.tolist() == [[0, 0, 127], [191, 254, 254]]


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("edge", ["zero", *NUMPY_MODES])
def test_outside_the_picture_the_edge_mode_fills(edge, channels):
    pixels = np.random.default_rng(1).random((4, 5, channels), np.float32)
    picture = Picture(pixels, "noise", (5, 4), colour="grey" if channels == 1 else "rgb")
    mode = NUMPY_MODES.get(edge, "constant")
    padded = np.pad(picture.pixels, ((2, 2), (2, 2), (0, 0)), mode=mode)
    values, image = filled_window(picture, (-2, 3), (1, 7), edge)
    wanted = padded[0:5, 3:9]
    assert np.array_equal(values, wanted.transpose(2, 0, 1))
    assert np.abs(pixels_of(image) - wanted * 255).max() <= 0.51
