"""Adding, removing and moving layers: the weights behind them are made to fit their new input.

A kernel bank (kh, kw, C_in, C_out) has weights for C_in channels and a dense layer (inputs, units)
for so many inputs. Where another number comes in, the weights that fit are kept and the others
are drawn as a fresh layer's are, Glorot uniform. What is kept keeps its lasting id.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import glorot_uniform
from playground.core.layers import LAYER_KINDS
from playground.core.layers.base import Shape
from playground.core.network.building import shape_behind
from playground.core.specs import Conv2DSpec, LayerSpec, NetworkSpec
from playground.core.specs.base import Draw, Order


def new_layer(kind: str, shape: Shape, seed: int) -> LayerSpec:
    """A fresh layer for an input of `shape`, (H, W, C) or (units,).

    Raises KeyError for a kind that cannot be added.
    """
    fresh = LAYER_KINDS[kind].fresh
    if fresh is None:
        raise KeyError(kind)
    return fresh(shape, _drawn(seed))


def refitted(spec: NetworkSpec, shape: Shape, seed: int) -> NetworkSpec:
    """`spec` with weights for what comes in, where its input is (H, W, C).

    Behind a layer that cannot be computed nothing is known, and nothing is changed; but the first
    convolution always looks at the channels of the input. Raises PlaygroundError where a dense
    layer would have too many weights.
    """
    draw = _drawn(seed)
    made: list[LayerSpec] = []
    known: Shape | None = shape
    first = spec.convs[0] if spec.convs else None
    for index, layer in enumerate(spec.layers):
        # What stands before the first convolution, if it can be computed, keeps the channels.
        given = shape if index == first else known
        if given is not None:
            layer = layer.fitted(given, draw)
        if known is not None:
            try:
                known = shape_behind(layer, known)
            except PlaygroundError:
                known = None
        made.append(layer)
    return replace(spec, layers=tuple(made))


def shape_before(spec: NetworkSpec, index: int, shape: Shape) -> Shape:
    """What layer `index` is given where (H, W, C) goes in; PlaygroundError where nothing is."""
    for layer in spec.layers[:index]:
        shape = shape_behind(layer, shape)
    return shape


def with_kernels_moved(
    spec: NetworkSpec, index: int, conv: Conv2DSpec, order: Order, seed: int
) -> NetworkSpec:
    """`spec` with `conv` as layer `index`, whose kernels came, went or moved: others follow.

    In the layers behind, up to the next that makes channels of its own, the weights for the map of
    a kernel go where the kernel goes, and those for a new one are fresh.
    """
    draw, before = _drawn(seed), spec.conv(index).filters
    spec = spec.with_layer(index, conv)
    layers = list(spec.layers)
    for place, layer in enumerate(layers[index + 1 :], index + 1):
        # Flatten puts the channels of a pixel beside each other.
        places, rest = divmod(layer.inputs, before)
        if places and not rest and (places == 1 or not layer.needs_maps):
            pixels = range(0, layer.inputs, before)
            every = [None if was is None else at + was for at in pixels for was in order]
            layers[place] = layer.with_inputs(every, draw)
        if layer.kernel_ids:
            break
    return replace(spec, layers=tuple(layers))


def with_setting(layer: LayerSpec, name: str, value: float, seed: int) -> LayerSpec:
    """`layer` with another value of its setting `name`; what weights it lacks are drawn."""
    return layer.with_setting(name, value, _drawn(seed))


def _drawn(seed: int) -> Draw:
    return partial(glorot_uniform, seed=np.random.default_rng(seed))
