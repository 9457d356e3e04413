"""The kinds of layer by name: their shapes, their weights, and what fits them."""

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.core.specs import Conv2DSpec, DenseSpec, FlattenSpec, Pool2DSpec
from playground.core.specs.base import Window

RNG = np.random.default_rng(0)


def conv(channels=2, filters=3, **settings):
    names = ("k",) * filters
    return Conv2DSpec(
        RNG.normal(size=(3, 2, channels, filters)), np.zeros(filters), names, **settings
    )


def test_a_window_says_where_the_taps_of_a_value_lie():
    assert conv(stride=2, dilation=3, padding=1).window == Window((3, 2), 2, 3, 1)
    assert Pool2DSpec("max", 4).window == Window((4, 4), 4, pools=True)
    assert FlattenSpec().window is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Conv2DSpec(np.zeros((3, 3, 2)), np.zeros(2), ("a", "b")),
        lambda: Conv2DSpec(np.zeros((3, 3, 1, 2)), np.zeros(3), ("a", "b")),
        lambda: Conv2DSpec(np.zeros((3, 3, 1, 2)), np.zeros(2), ("a",)),
        lambda: DenseSpec(np.zeros((3, 2)), np.zeros(2), ("a",)),
    ],
)
def test_arrays_and_names_that_do_not_belong_together_are_refused(make):
    with pytest.raises(PlaygroundError, match=r"needs? "):
        make()


def test_inputs_that_move_take_their_weights_along():
    layer = conv(channels=3)
    moved = layer.with_inputs([2, None, 0], np.ones)
    assert np.array_equal(moved.kernel[:, :, 0], layer.kernel[:, :, 2])
    assert np.array_equal(moved.kernel[:, :, 2], layer.kernel[:, :, 0])
    assert np.all(moved.kernel[:, :, 1] == 1)


def test_only_what_does_not_fit_is_changed():
    layer = conv(channels=3)
    assert layer.fitted((9, 9, 3), np.ones) is layer
    assert layer.fitted((27,), np.ones) is layer, "a row cannot fit a convolution"
    assert layer.fitted((9, 9, 2), np.ones).channels == 2
    layer.check_fit((9, 9, 3))
    with pytest.raises(PlaygroundError, match="3 input channels, but the input has 2"):
        layer.check_fit((9, 9, 2))


def test_true_convolution_computes_with_kernels_turned_by_half_a_turn():
    layer = conv(flip=True)
    kernel, bias = layer.turned(layer.weights)
    assert np.array_equal(kernel, layer.kernel[::-1, ::-1])
    assert np.array_equal(layer.turned([kernel, bias])[0], layer.kernel)
