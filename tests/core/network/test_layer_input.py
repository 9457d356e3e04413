"""What a deep layer is given is what comes out of the layers before it."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.convolve.pooling import pool2d
from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.network.layer_input import LayerInput, layer_input
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DropoutSpec,
    FlattenSpec,
    Pool2DSpec,
)

RNG = np.random.default_rng(0)
IMAGE = RNG.random((20, 26, 1), np.float32)


def conv(channels: int, kernels: int, size: int = 3, **settings) -> Conv2DSpec:
    weights = RNG.normal(size=(size, size, channels, kernels))
    return Conv2DSpec(weights, RNG.normal(size=kernels), ("k",) * kernels, **settings)


FIRST, SECOND = conv(1, 4), conv(4, 6, stride=2)
LAYERS = (FIRST, ActivationSpec("relu"), Pool2DSpec("max", 2), DropoutSpec(), SECOND)


def computed(image, layers):
    """The same by the plain functions, one layer after the other."""
    for layer in layers:
        maps = np.moveaxis(image, 2, 0)
        if isinstance(layer, Conv2DSpec):
            maps = conv2d(image, layer.kernel, layer.bias, stride=layer.stride)
        elif isinstance(layer, ActivationSpec):
            maps = np.maximum(maps, 0)
        elif isinstance(layer, Pool2DSpec):
            maps = pool2d(np.ascontiguousarray(maps), layer)
        image = np.ascontiguousarray(np.moveaxis(maps, 0, 2))
    return image


@pytest.mark.parametrize("count", range(6))
def test_the_input_of_every_layer_is_what_the_layers_before_make(count):
    given = layer_input(IMAGE, LAYERS[:count])
    np.testing.assert_allclose(given, computed(IMAGE, LAYERS[:count]), rtol=1e-5, atol=1e-5)


def test_pooling_may_come_first():
    layers = (Pool2DSpec("average", 2), FIRST)
    np.testing.assert_allclose(layer_input(IMAGE, layers), computed(IMAGE, layers), atol=1e-5)


def test_nothing_changed_gives_the_very_array():
    kept = LayerInput()
    first = kept.update(IMAGE, LAYERS)
    assert kept.update(IMAGE, LAYERS) is first
    renamed = bank.rename(FIRST, 0, "other")
    assert kept.update(IMAGE, (renamed, *LAYERS[1:])) is first


@pytest.mark.parametrize(
    "changed",
    [
        (bank.set_weights(FIRST, {(0, 0, 0, 1): 3.0}), *LAYERS[1:]),
        (bank.set_bias(FIRST, 2, -1.0), *LAYERS[1:]),
        (FIRST, ActivationSpec("relu"), Pool2DSpec("max", 3), DropoutSpec(), SECOND),
        (*LAYERS[:4], replace(SECOND, stride=1)),
        (*LAYERS[:4], bank.remove(SECOND, [5])),
        (*LAYERS[:4], bank.reorder(SECOND, [1, 0, 2, 3, 4, 5])),
        LAYERS[:2],
    ],
)
def test_what_has_changed_is_followed(changed):
    kept = LayerInput()
    before = kept.update(IMAGE, LAYERS).copy()
    after = kept.update(IMAGE, changed)
    np.testing.assert_allclose(after, computed(IMAGE, changed), rtol=1e-5, atol=1e-5)
    again = kept.update(IMAGE, LAYERS)
    np.testing.assert_allclose(again, before, rtol=1e-5, atol=1e-5)


def test_another_picture_is_followed():
    kept, other = LayerInput(), RNG.random(IMAGE.shape, np.float32)
    kept.update(IMAGE, LAYERS)
    np.testing.assert_allclose(kept.update(other, LAYERS), computed(other, LAYERS), atol=1e-5)


def test_a_stop_gives_nothing_and_the_next_call_all():
    kept, big = LayerInput(), RNG.random((600, 600, 1), np.float32)
    assert kept.update(big, LAYERS, lambda: True) is None
    np.testing.assert_allclose(kept.update(big, LAYERS), computed(big, LAYERS), atol=1e-4)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ((conv(3, 4),), "3 input channels, but the input has 1"),
        ((FIRST, conv(5, 2)), "5 input channels, but the input has 4"),
        ((FIRST, Pool2DSpec("max", 16), Pool2DSpec("max", 2)), "Pooling over 2"),
        ((FIRST, FlattenSpec()), "no maps"),
    ],
)
def test_impossible_layers_say_why(layers, words):
    with pytest.raises(PlaygroundError, match=words):
        layer_input(IMAGE, layers)


def test_maps_too_many_to_compute_from_are_refused_before_memory_is_taken():
    image = np.broadcast_to(np.float32(0), (40_000, 40_000, 1))
    with pytest.raises(PlaygroundError, match="smaller copy"):
        layer_input(image, (FIRST,))


RELU = ActivationSpec("relu")


@pytest.mark.parametrize("before", [(FIRST, RELU), (RELU, FIRST), (RELU,), (conv(1, 1), RELU)])
@pytest.mark.parametrize("after", [(FIRST, RELU), (RELU, FIRST), (RELU,), (conv(1, 1), RELU)])
def test_a_layer_that_is_moved_added_or_taken_away_is_followed(before, after):
    image = IMAGE - np.float32(0.5)
    kept = LayerInput()
    for layers in (before, after, before):
        assert np.allclose(kept.update(image, layers), computed(image, layers), atol=1e-6)
