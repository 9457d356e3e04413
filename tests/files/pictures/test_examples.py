"""From any picture to an example, in one way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from playground.core.datasets.generated import oriented_lines, shapes
from playground.core.errors import PlaygroundError
from playground.files.datasets.shipped import load_clothes, load_digits
from playground.files.pictures.examples import load_example
from playground.files.pictures.sources import ArraySource, BytesSource
from tests.files.pictures.made import encoded, gradient


def example(values, shape=(28, 28, 1), **options):
    return load_example(ArraySource("drawn", np.asarray(values, np.float32)), shape, **options)


@pytest.mark.parametrize(
    "load", [load_digits, load_clothes, lambda: shapes(2000), lambda: oriented_lines(2000)]
)
def test_every_example_that_comes_with_the_program_stays_as_it_is(load):
    data = load()
    assert data.white_on_black
    for picture in data.inputs:
        made = example(picture, picture.shape, white_on_black=True)
        assert not made.inverted
        assert np.array_equal(made.pixels, picture)


@given(side=st.integers(1, 40), bright=st.floats(0, 0.5, width=32))
def test_a_flat_picture_of_any_size_stays_flat(side, bright):
    made = example(np.full((side, side + 3, 1), bright), white_on_black=True).pixels
    assert made == pytest.approx(np.full((28, 28, 1), bright), abs=1e-6)


def test_ink_on_paper_becomes_light_on_dark_where_the_examples_are():
    paper = np.ones((56, 56, 1))
    paper[20:40, 26:30] = 0
    made = example(paper, white_on_black=True)
    assert made.inverted
    assert made.pixels[0, 0, 0] == pytest.approx(0)
    assert made.pixels[15, 13, 0] > 0.9


def test_a_bright_border_is_left_alone_where_examples_are_of_every_kind():
    made = example(np.ones((40, 40, 3)), (32, 32, 3))
    assert not made.inverted
    assert made.pixels == pytest.approx(np.ones((32, 32, 3)))


def test_a_disc_in_a_wide_picture_stays_round():
    rows, columns = np.mgrid[0:64, 0:160]
    disc = (np.hypot(rows - 31.5, columns - 79.5) < 24).astype(np.float32)
    made = example(disc, (32, 32, 1)).pixels[..., 0]
    assert made == pytest.approx(made.T, abs=1e-3)
    assert made.sum() == pytest.approx(np.pi * 12**2, rel=0.02)


def test_colours_become_grey_by_luma_and_grey_becomes_three_equal_channels():
    red = np.zeros((28, 28, 3))
    red[..., 0] = 1
    assert example(red).pixels == pytest.approx(np.full((28, 28, 1), 0.299))
    grey = np.random.default_rng(0).random((28, 28, 1))
    assert np.array_equal(example(grey, (28, 28, 3)).pixels, np.float32(np.repeat(grey, 3, 2)))


@pytest.mark.parametrize("colour", [1, 3])
def test_a_file_and_its_pixels_make_the_same_example(colour):
    values = gradient(90, 61, colour)
    data = BytesSource("test", encoded(Image.fromarray(values)))
    made = load_example(data, (32, 32, colour)).pixels
    assert np.array_equal(made, example(np.float32(values) / 255, (32, 32, colour)).pixels)


def test_examples_are_square():
    with pytest.raises(PlaygroundError, match="square"):
        example(np.ones((9, 9)), (28, 32, 1))
