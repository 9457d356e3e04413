"""Which filter did this: the kernel between two pictures, and whether there is one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from playground.core import conv2d, which_filter
from playground.core.errors import PlaygroundError
from tests.core.pair_fit.pairs import (
    BOX,
    SHARPEN,
    as_jpeg,
    filtered,
    image,
    in_8_bits,
    photo,
    pixels,
)

GREY = pixels(photo())
COLOUR = pixels(photo("coffee.jpg", "RGB"))[100:300, 100:340]


@st.composite
def filters(draw):
    """A random picture, a kernel of any size, its anchor, and what it makes in floats."""
    size = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    channels = draw(st.sampled_from([(1, 1), (3, 3), (3, 1), (1, 3)]))
    anchor = draw(st.tuples(st.integers(0, size[0] - 1), st.integers(0, size[1] - 1)))
    generator = np.random.default_rng(draw(st.integers(0, 1000)))
    before = generator.random((40, 44, channels[0]))
    kernel = generator.normal(size=(*size, *channels))
    kernel *= 0.4 / np.abs(kernel).sum(axis=(0, 1, 2))
    return before, kernel, anchor


@given(filters())
@settings(max_examples=25, deadline=None)
def test_every_kernel_is_found_with_its_bias_wherever_its_anchor_is(case):
    before, kernel, anchor = case
    fit = which_filter(
        before, filtered(before, kernel, 0.45, anchor), kernel.shape[:2], anchor=anchor
    )
    assert fit.verdict == "linear"
    assert fit.kernel == pytest.approx(kernel, abs=1e-9)
    assert fit.bias == pytest.approx(np.full(kernel.shape[3], 0.45), abs=1e-9)
    assert fit.residual < 1e-9
    assert fit.anchor == anchor


@given(filters())
@settings(max_examples=15, deadline=None)
def test_saved_in_8_bits_it_is_found_up_to_rounding(case):
    before, kernel, anchor = case
    after = in_8_bits(filtered(in_8_bits(before), kernel, 0.45, anchor))
    fit = which_filter(in_8_bits(before), after, kernel.shape[:2], anchor=anchor)
    assert (fit.verdict, fit.remainder) == ("linear", "rounding")
    assert fit.kernel == pytest.approx(kernel, abs=0.005)
    assert 255 * fit.residual == pytest.approx(0.289, abs=0.02)


def test_the_kernel_has_the_layout_of_the_convolution_and_the_error_is_that_of_its_output():
    after = in_8_bits(filtered(COLOUR, BOX))
    fit = which_filter(COLOUR, after, 3)
    made = conv2d(COLOUR.astype(float), fit.kernel, fit.bias, padding="valid")
    error = made.transpose(1, 2, 0) - after[1:-1, 1:-1]
    assert fit.kernel.shape == (3, 3, 3, 3)
    assert fit.residual == pytest.approx(np.sqrt(np.mean(error**2)), rel=1e-6)
    assert fit.worst == pytest.approx(np.abs(error).max(), rel=1e-6)
    assert fit.pixels == made.shape[1] * made.shape[2]


@pytest.mark.parametrize("size", [2, 4, (2, 5), (4, 3)])
def test_opencvs_anchor_of_an_even_kernel_is_found_by_trying(size):
    tall, wide = (size, size) if isinstance(size, int) else size
    kernel = np.random.default_rng(3).random((tall, wide)) / (tall * wide)
    for anchor in ((tall // 2, wide // 2), ((tall - 1) // 2, (wide - 1) // 2)):
        fit = which_filter(GREY, in_8_bits(filtered(GREY, kernel, anchor=anchor)), size)
        assert (fit.verdict, fit.anchor) == ("linear", anchor)
        assert fit.kernel[..., 0, 0] == pytest.approx(kernel, abs=0.003)


def test_what_is_cut_off_at_black_and_white_is_not_taken_for_values():
    after = in_8_bits(filtered(GREY, SHARPEN))
    fit = which_filter(GREY, after, 3)
    assert fit.verdict == "linear"
    inner = after[1:-1, 1:-1]
    assert fit.clipped == pytest.approx(np.mean((inner == 0) | (inner == 1)))
    assert fit.kernel[..., 0, 0] == pytest.approx(SHARPEN, abs=1e-4)


@pytest.mark.parametrize("gain", [2, 6])
def test_it_is_found_where_most_is_cut_off(gain):
    kernel = gain * np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    fit = which_filter(GREY, np.clip(filtered(GREY, kernel, 0.3), 0, 1).astype(np.float32), 3)
    assert fit.verdict == "linear"
    assert fit.kernel[..., 0, 0] == pytest.approx(kernel, abs=1e-4)


@pytest.mark.parametrize("quality", [98, 95, 90, 75])
@pytest.mark.parametrize("before", [GREY, COLOUR], ids=["grey", "colour"])
def test_jpeg_after_the_filter_is_told_as_compression(before, quality):
    fit = which_filter(before, as_jpeg(filtered(before, BOX), quality), 3)
    assert (fit.verdict, fit.remainder) == ("linear", "compression")
    if quality >= 95 and before is GREY:
        assert fit.kernel[..., 0, 0] == pytest.approx(BOX, abs=0.01)


def test_jpeg_after_a_filter_that_cuts_off_is_compression_too():
    fit = which_filter(GREY, as_jpeg(filtered(GREY, SHARPEN), 95), 3)
    assert (fit.verdict, fit.remainder) == ("linear", "compression")
    assert fit.kernel[..., 0, 0] == pytest.approx(SHARPEN, abs=0.1)


@pytest.mark.parametrize(
    "effect",
    [
        *(ImageFilter.BLUR, ImageFilter.SHARPEN, ImageFilter.EMBOSS, ImageFilter.SMOOTH_MORE),
        *(ImageFilter.BoxBlur(2), ImageFilter.EDGE_ENHANCE_MORE),
    ],
    ids=["blur", "sharpen", "emboss", "smooth", "box of two passes", "edges"],
)
def test_what_pillow_filters_is_linear(effect):
    assert which_filter(GREY, pixels(photo().filter(effect)), 5).verdict == "linear"


def vignette(strength):
    rows, columns = (np.linspace(-1, 1, n) for n in GREY.shape[:2])
    radius = (rows[:, np.newaxis] ** 2 + columns**2) / 2
    return GREY * (1 - strength * radius[..., np.newaxis])


@pytest.mark.parametrize(
    ("after", "because"),
    [
        (in_8_bits(GREY**1.05), "brightness"),
        (in_8_bits(GREY**0.97), "brightness"),
        (GREY**1.001, "brightness"),
        (in_8_bits(filtered(GREY, BOX) ** 1.05), "brightness"),
        (in_8_bits(vignette(0.02)), "position"),
        (in_8_bits(vignette(0.3)), "position"),
        (pixels(photo().filter(ImageFilter.MedianFilter(3))), "neighbours"),
        (pixels(photo().filter(ImageFilter.MaxFilter(3))), "neighbours"),
        (as_jpeg(GREY**1.05, 95), "brightness"),
        (as_jpeg(pixels(photo().filter(ImageFilter.MedianFilter(3))), 90), "neighbours"),
    ],
)
def test_what_a_function_of_the_picture_explains_is_no_linear_filter(after, because):
    fit = which_filter(GREY, after, 3)
    assert (fit.verdict, fit.remainder) == ("not linear", "structure")
    assert because in fit.structure


def spotted():
    after = GREY.copy()
    after[100:106, 200:206] = GREY[10:16, 10:16]
    return after


def one_half():
    after = in_8_bits(filtered(GREY, BOX))
    after[:, 200:] = GREY[:, 200:]
    return after


@pytest.mark.parametrize(
    "after",
    [
        in_8_bits(np.random.default_rng(0).random(GREY.shape)),
        GREY[:, ::-1],
        as_jpeg(GREY[:, ::-1], 75),
        spotted(),
        one_half(),
        in_8_bits(GREY + np.random.default_rng(0).normal(size=GREY.shape) / 100),
        in_8_bits(filtered(GREY, np.full((7, 7), 1 / 49))),
    ],
    ids=["random", "mirrored", "mirrored jpeg", "one spot", "one half", "noise", "larger blur"],
)
def test_what_no_kernel_of_the_size_makes_is_not_linear(after):
    assert which_filter(GREY, after, 3).verdict == "not linear"


def test_two_random_pictures_are_not_linear():
    one, other = np.random.default_rng(5).random((2, 60, 60, 3))
    assert which_filter(one, other, 3).verdict == "not linear"
    assert which_filter(in_8_bits(one), in_8_bits(other), 3).verdict == "not linear"


def test_one_blurred_colour_is_linear_in_colour_and_not_in_grey():
    after = COLOUR.copy()
    after[..., :1] = in_8_bits(filtered(COLOUR[..., :1], BOX))
    fit = which_filter(COLOUR, after, 3)
    assert fit.verdict == "linear"
    assert fit.kernel[:, :, 0, 0] == pytest.approx(BOX, abs=0.01)
    assert fit.kernel[1, 1, 1, 1] == pytest.approx(1, abs=0.01)
    greys = [pixels(image(picture).convert("L")) for picture in (COLOUR, after)]
    assert which_filter(*greys, 3).verdict == "not linear"


def test_the_same_picture_twice_is_the_kernel_that_changes_nothing():
    fit = which_filter(COLOUR, COLOUR, 3)
    wanted = np.zeros((3, 3, 3, 3))
    wanted[1, 1] = np.eye(3)
    assert (fit.verdict, fit.remainder) == ("linear", "nothing")
    assert fit.kernel == pytest.approx(wanted, abs=1e-6)


NOISE = np.random.default_rng(1).random((30, 30, 1))
ONE_FLAT = np.concatenate([np.random.default_rng(2).random((30, 30, 2)), np.zeros((30, 30, 1))], 2)


@pytest.mark.parametrize(
    ("before", "size", "because"),
    [
        (np.full((30, 30, 1), 0.5), 3, "flat"),
        (np.zeros((30, 30, 3)), 3, "flat"),
        (ONE_FLAT, 3, "constant channel"),
        (np.repeat(NOISE, 3, axis=2), 3, "equal channels"),
        (np.tile([[[0.2], [0.6]], [[0.7], [0.3]]], (15, 15, 1)), 3, "alike"),
        (np.tile(np.linspace(0.1, 0.9, 30)[:, np.newaxis], (1, 30))[..., np.newaxis], 3, "alike"),
        (NOISE[:4, :4], 3, "too small"),
        (NOISE[:2], 3, "too small"),
        (NOISE[:1, :1], 3, "too small"),
        (NOISE[:1, :1], 1, "flat"),
        (np.round(NOISE), 3, "cut off"),
    ],
)
def test_pictures_that_do_not_determine_the_kernel_are_said_to_be_such(before, size, because):
    fit = which_filter(before, before, size)
    assert (fit.verdict, fit.open_because) == ("undetermined", because)
    assert fit.undetermined > 0
    assert np.isfinite(fit.kernel).all()


def test_a_flat_picture_that_becomes_a_slope_was_not_filtered():
    slope = np.tile(np.linspace(0.2, 0.8, 30), (30, 1))[..., np.newaxis]
    assert which_filter(np.full((30, 30, 1), 0.5), slope, 3).verdict == "not linear"


@pytest.mark.parametrize("weights", [[[0.5, 0.5]], [[-0.5, 0, 0.5]], [[0.25, 0.5, 0.25]]])
def test_halves_that_are_rounded_are_no_structure(weights):
    after = in_8_bits(filtered(GREY, weights, 0.25))
    fit = which_filter(GREY, after, (1, len(weights[0])))
    assert (fit.verdict, fit.remainder) == ("linear", "rounding")


def test_16_bits_are_told_from_8():
    after = np.rint(filtered(GREY, BOX) * 65535) / 65535
    fit = which_filter(GREY, after.astype(np.float32), 3)
    assert (fit.verdict, fit.remainder) == ("linear", "rounding")
    assert 65535 * fit.residual == pytest.approx(0.289, abs=0.02)


def test_pictures_that_are_none_are_refused():
    with pytest.raises(PlaygroundError, match=r"20 × 10 .* 10 × 10"):
        which_filter(np.zeros((10, 20, 1)), np.zeros((10, 10, 1)), 3)
    with pytest.raises(PlaygroundError, match="shape"):
        which_filter(np.zeros((10, 20)), np.zeros((10, 20)), 3)
    with pytest.raises(PlaygroundError, match="0 to 1"):
        which_filter(*np.zeros((2, 10, 20, 1), np.uint8), 3)
    with pytest.raises(PlaygroundError, match="no numbers"):
        which_filter(np.full((9, 9, 1), np.nan), np.zeros((9, 9, 1)), 3)
    with pytest.raises(PlaygroundError, match="anchor"):
        which_filter(NOISE, NOISE, 3, anchor=(3, 0))
    with pytest.raises(PlaygroundError, match="from 1 to 99 rows and columns, not"):
        which_filter(NOISE, NOISE, (0, 2))


def test_a_large_pair_is_looked_at_in_parts():
    large = pixels(photo().resize((1600, 1200), Image.Resampling.NEAREST))
    large = in_8_bits(large + np.random.default_rng(0).normal(size=large.shape) / 50)
    fit = which_filter(large, in_8_bits(filtered(large, SHARPEN)), 3)
    assert fit.verdict == "linear"
    assert fit.kernel[..., 0, 0] == pytest.approx(SHARPEN, abs=1e-3)
