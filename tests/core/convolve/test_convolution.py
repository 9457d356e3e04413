"""conv2d is the textbook's formula, for every setting, and says clearly when it cannot be."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given, settings

from playground.core import conv2d
from playground.core.errors import PlaygroundError
from tests.core.cases import Case, cases
from tests.core.reference import reference


@settings(max_examples=300, deadline=None)
@given(cases())
def test_it_is_the_formula(case: Case):
    assume(case.fits)
    expected = reference(*case.arrays(), **case.settings)
    scale = np.abs(expected).max() + 1e-30
    assert np.abs(case.maps() - expected).max() / scale <= 1e-12
    single = case.maps(np.float32)
    assert single.dtype == np.float32
    assert np.abs(single - expected).max() / scale <= 1e-5


@settings(max_examples=60, deadline=None)
@given(cases(4, 4))
def test_it_is_linear_in_the_weights(case: Case):
    assume(case.fits)
    image, first, _ = case.arrays()
    second = np.random.default_rng(case.seed + 1).normal(size=first.shape)
    together = conv2d(image, first + 2 * second, **case.settings)
    apart = conv2d(image, first, **case.settings) + 2 * conv2d(image, second, **case.settings)
    assert together == pytest.approx(apart, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(cases(4, 4))
def test_flipping_the_kernel_by_hand_is_true_convolution(case: Case):
    assume(case.fits)
    image, kernel, bias = case.arrays()
    chosen = case.settings | {"flip": not case.settings["flip"]}
    assert np.array_equal(conv2d(image, kernel[::-1, ::-1], bias, **chosen), case.maps())


def test_a_shifted_image_gives_shifted_maps():
    rng = np.random.default_rng(0)
    image, kernel = rng.random((20, 30, 2)), rng.normal(size=(3, 5, 2, 3))
    maps = conv2d(image, kernel, padding="valid")
    moved = conv2d(image[4:, 7:], kernel, padding="valid")
    assert moved == pytest.approx(maps[:, 4:, 7:])


def test_a_single_bright_pixel_shows_the_kernel_turned_and_convolution_shows_it_upright():
    image = np.zeros((9, 9, 1))
    image[4, 4] = 1
    kernel = np.arange(9.0).reshape(3, 3, 1, 1)
    assert np.array_equal(conv2d(image, kernel)[0, 3:6, 3:6], kernel[::-1, ::-1, 0, 0])
    assert np.array_equal(conv2d(image, kernel, flip=True)[0, 3:6, 3:6], kernel[..., 0, 0])


def test_each_map_is_contiguous_and_nothing_given_is_changed():
    rng = np.random.default_rng(0)
    image, kernel, bias = rng.random((8, 9, 3)), rng.normal(size=(3, 3, 3, 4)), np.ones(4)
    before = [a.copy() for a in (image, kernel, bias)]
    maps = conv2d(image, kernel, bias)
    assert maps.shape == (4, 8, 9)
    assert all(one.flags.c_contiguous for one in maps)
    assert all(np.array_equal(a, b) for a, b in zip((image, kernel, bias), before, strict=True))


@pytest.mark.parametrize("size", [(1, 1), (1, 10000), (10000, 1), (3, 2)])
def test_pictures_of_any_shape_work(size):
    image = np.random.default_rng(0).random((*size, 1))
    kernel = np.ones((3, 3, 1, 1))
    for edge in ("zero", "replicate", "reflect", "symmetric", "wrap"):
        expected = reference(image, kernel, np.zeros(1), edge=edge)
        assert conv2d(image, kernel, edge=edge) == pytest.approx(expected)


def image_and_kernel(**changes):
    given = {"image": np.ones((5, 5, 1)), "kernel": np.ones((3, 3, 1, 2))} | changes
    return given["image"], given["kernel"]


@pytest.mark.parametrize(
    ("changes", "settings", "sentence"),
    [
        ({"kernel": np.ones((7, 7, 1, 1))}, {"padding": "valid"}, "spans 7 × 7 pixels"),
        ({"image": np.ones((0, 5, 1))}, {}, "at least one value"),
        ({"kernel": np.ones((3, 3, 1, 0))}, {}, "at least one value"),
        ({"image": np.full((5, 5, 1), np.nan)}, {}, "image has values that are not finite"),
        ({"kernel": np.full((3, 3, 1, 1), np.inf)}, {}, "kernel has values that are not finite"),
        ({"kernel": np.ones((3, 3, 2, 1))}, {}, "same number of channels"),
        ({}, {"bias": np.ones(3)}, "2 kernels need as many biases"),
        ({}, {"bias": np.array([0, np.nan])}, "bias has values that are not finite"),
        ({}, {"edge": "mirror"}, "edge mode is one of"),
        ({}, {"stride": 0}, "at least 1"),
        ({}, {"dilation": 0}, "at least 1"),
        ({}, {"stride": 1.5}, "at least 1"),
        ({}, {"stride": (1, 2)}, "at least 1"),
        ({}, {"dilation": None}, "at least 1"),
        ({"image": np.ones((5, 5, 1), complex)}, {}, "not complex"),
        ({}, {"padding": -1}, "Padding is"),
        ({}, {"padding": (1, 2)}, "Padding is"),
        ({}, {"padding": "full"}, "Padding is"),
    ],
)
def test_what_cannot_be_computed_is_a_clear_value_error(changes, settings, sentence):
    with pytest.raises(PlaygroundError, match=sentence):
        conv2d(*image_and_kernel(**changes), **settings)


def test_whole_numbers_of_numpy_are_whole_numbers():
    image, kernel = image_and_kernel()
    two = np.int64(2)
    for name in ("stride", "dilation", "padding"):
        np.testing.assert_array_equal(
            conv2d(image, kernel, **{name: two}), conv2d(image, kernel, **{name: 2})
        )
    np.testing.assert_array_equal(
        conv2d(image, kernel, padding=(two,) * 4), conv2d(image, kernel, padding=2)
    )


@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("size", [(2000, 3000), (60, 100_000), (100_000, 60)])
def test_extra_memory_stays_below_64_mib_whatever_the_size(size, dilation):
    image = np.zeros((*size, 1), np.float32)
    kernel = np.ones((11, 11, 1, 2), np.float32)
    maps_bytes = 2 * size[0] * size[1] * 4
    tracemalloc.start()
    conv2d(image, kernel, dilation=dilation)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - maps_bytes <= 64 << 20


def test_a_part_of_a_larger_array_is_not_copied():
    image = np.zeros((3000, 6001, 1), np.float32)[:, 1:]
    kernel = np.ones((3, 3, 1, 1), np.float32)
    tracemalloc.start()
    maps = conv2d(image, kernel, stride=8)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - maps.nbytes <= 64 << 20


@pytest.mark.parametrize("kind", ["uint8", "int16", "uint64", "bool"])
@pytest.mark.parametrize("edge", ["zero", "wrap"])
@pytest.mark.parametrize("channels", [1, 3])
def test_whole_numbers_give_what_their_floats_give(kind, edge, channels):
    image = np.random.default_rng(0).integers(0, 200, (40, 30, channels)).astype(kind)
    kernel = np.random.default_rng(1).normal(size=(3, 3, channels, 2)).astype(np.float32)
    maps = conv2d(image, kernel, edge=edge)
    assert maps.dtype == np.float32
    np.testing.assert_array_equal(maps, conv2d(image.astype(np.float32), kernel, edge=edge))


@pytest.mark.parametrize("channels", [1, 3])
def test_whole_numbers_become_floats_strip_by_strip(channels):
    image = np.zeros((2000, 3000, channels), np.uint8)  # 24 MB a channel as floats
    kernel = np.ones((3, 3, channels, 1), np.float32)
    tracemalloc.start()
    maps = conv2d(image, kernel)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - maps.nbytes <= 4 << 20
