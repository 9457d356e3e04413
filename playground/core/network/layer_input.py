"""A deep layer's input: the maps of the layers before it, as an image of many channels.

    input of layer n = f_{n-1}(… f_1(f_0(image)))        (H', W', C')

Between two convolutions stand activations, poolings and dropout, which forgets nothing outside
training. Every convolution keeps its maps (see incremental.py), so that a weight changed in one
layer costs no more than that layer and those behind it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from playground.core.convolve.incremental import ConvCache
from playground.core.errors import PlaygroundError
from playground.core.layers import kind_of
from playground.core.network.building import shape_behind
from playground.core.specs import Conv2DSpec, FloatArray, LayerSpec

LARGEST_INPUT = 1 << 28
"""Values that the maps of one earlier layer may have together: 1 GB in float32."""

Stop = Callable[[], bool]


class LayerInput:
    """Keeps the input of a deep layer up to date; an unchanged one is the same array as before."""

    def __init__(self) -> None:
        self._stages: list[_Stage] = []

    def update(
        self, image: FloatArray, layers: Sequence[LayerSpec], should_stop: Stop | None = None
    ) -> FloatArray | None:
        """What comes out of `layers` where image (H, W, C) goes in; None where it was stopped.

        Raises PlaygroundError where a layer cannot take what it is given.
        """
        check_maps(image, layers)
        stages = _split(layers)
        del self._stages[len(stages) :]
        while len(self._stages) < len(stages):
            self._stages.append(_Stage())
        values: FloatArray | None = image
        for stage, part in zip(self._stages, stages, strict=True):
            if values is None:
                return None
            values = stage.update(values, part, should_stop)
        return values


def layer_input(image: FloatArray, layers: Sequence[LayerSpec]) -> FloatArray:
    """What comes out of `layers` where image (H, W, C) goes in."""
    values = LayerInput().update(image, layers)
    assert values is not None
    return values


def check_maps(image: FloatArray, layers: Sequence[LayerSpec]) -> None:
    """Raises PlaygroundError where `layers` cannot be computed on image (H, W, C)."""
    shape = image.shape
    for layer in layers:
        shape = shape_behind(layer, shape)
        if len(shape) != 3:
            raise PlaygroundError("Behind Flatten and Dense there are no maps to look at.")
        if math.prod(shape) > LARGEST_INPUT:
            raise PlaygroundError(
                f"{shape[2]} maps of {shape[0]} × {shape[1]} are too many to compute the next "
                "layer from: work on a smaller copy of the picture, or pool before."
            )


class _Stage:
    """One convolution, or none, and what follows it up to the next."""

    def __init__(self) -> None:
        self._cache = ConvCache()
        self._source: FloatArray | None = None
        self._made_by: tuple[bool, tuple[LayerSpec, ...]] | None = None
        """Whether a convolution made the values, and what followed it."""
        self._values: FloatArray | None = None

    def update(
        self, image: FloatArray, layers: tuple[LayerSpec, ...], should_stop: Stop | None
    ) -> FloatArray | None:
        conv, rest = _parted(layers)
        made_by = conv is not None, rest
        fresh = image is self._source and made_by == self._made_by
        if conv is not None:
            changed = self._cache.update(image, conv, should_stop=should_stop)
            if not changed.complete:
                self._values = None
                return None
            fresh = fresh and not changed.maps and self._filters == conv.filters
        if not fresh or self._values is None:
            maps = self._cache.maps if conv is not None else np.moveaxis(image, 2, 0)
            self._values = _followed(maps, rest)
        self._source, self._made_by = image, made_by
        return self._values

    @property
    def _filters(self) -> int:
        return 0 if self._values is None else int(self._values.shape[2])


def _followed(maps: Sequence[FloatArray] | FloatArray, rest: tuple[LayerSpec, ...]) -> FloatArray:
    """The maps (H, W) behind activations and poolings, as one new read-only (H', W', C)."""
    made: FloatArray | None = None
    for channel, values in enumerate(maps):
        for layer in rest:
            values = kind_of(layer).on_map(layer, values, channel)
        if made is None:
            made = np.empty((*values.shape, len(maps)), np.float32)
        made[..., channel] = values
    assert made is not None
    made.flags.writeable = False
    return made


def _split(layers: Sequence[LayerSpec]) -> list[tuple[LayerSpec, ...]]:
    """The layers in groups that each begin with a convolution, but for the first perhaps."""
    groups: list[tuple[LayerSpec, ...]] = []
    for layer in layers:
        if isinstance(layer, Conv2DSpec) or not groups:
            groups.append((layer,))
        else:
            groups[-1] = (*groups[-1], layer)
    return groups


def _parted(layers: tuple[LayerSpec, ...]) -> tuple[Conv2DSpec | None, tuple[LayerSpec, ...]]:
    first = layers[0]
    return (first, layers[1:]) if isinstance(first, Conv2DSpec) else (None, layers)
