"""The picture a network looks at."""

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Picture, fitted_size


def test_the_caption_says_the_size_and_where_it_came_from():
    pixels = np.zeros((341, 512, 1), np.float32)
    assert Picture(pixels, "a.jpg", (4032, 2688)).caption == "512 × 341, from 4032 × 2688"


def test_the_caption_of_a_picture_left_as_it_was_is_its_size_alone():
    picture = Picture(np.zeros((300, 450, 3), np.float32), "a.jpg", (450, 300), colour="rgb")
    assert picture.caption == "450 × 300"
    assert not picture.resized


def test_pixels_are_float32_contiguous_and_read_only():
    picture = Picture(np.ones((4, 3, 2))[:, :, :1], "a", (3, 4))
    assert picture.pixels.dtype == np.float32
    assert picture.pixels.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 0
    assert (picture.width, picture.height, picture.channels) == (3, 4, 1)


def test_pixels_that_are_ready_are_not_copied():
    pixels = np.zeros((2, 2, 1), np.float32)
    pixels.flags.writeable = False
    assert Picture(pixels, "a", (2, 2)).pixels is pixels


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 3), (0, 4, 1), (4, 4, 0)])
def test_a_grey_picture_needs_one_channel_and_some_pixels(shape):
    with pytest.raises(PlaygroundError, match="grey picture"):
        Picture(np.zeros(shape, np.float32), "a", (4, 4))


@pytest.mark.parametrize(
    ("size", "working", "fitted"),
    [
        ((4032, 2688), 512, (512, 341)),
        ((2688, 4032), 512, (341, 512)),
        ((300, 200), 512, (300, 200)),
        ((512, 512), 512, (512, 512)),
        ((1, 10000), 512, (1, 512)),
        ((10000, 1), 128, (128, 1)),
        ((6000, 4000), None, (6000, 4000)),
    ],
)
def test_the_long_side_fits_the_working_size_and_nothing_is_enlarged(size, working, fitted):
    assert fitted_size(size, working) == fitted
