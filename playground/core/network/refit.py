"""Layers that come, go and move, and the weights behind them that must fit what now comes in.

A kernel bank (kh, kw, C_in, C_out) has weights for C_in channels and a dense layer (inputs, units)
for so many inputs. Where another number comes in, the weights that fit are kept and the others
are drawn as a fresh layer's are, Glorot uniform. What is kept keeps its lasting id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import glorot_uniform
from playground.core.layers.base import Shape
from playground.core.network.building import shape_behind
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    FloatArray,
    GlobalAveragePool2DSpec,
    LayerSpec,
    NetworkSpec,
    Pool2DSpec,
    frozen_array,
)

LayerKind: TypeAlias = Literal[
    "conv", "relu", "leaky_relu", "sigmoid", "tanh", "max_pool", "average_pool",
    "dropout", "flatten", "global_average", "dense",
]  # fmt: skip

NEW_KERNELS = 8
NEW_UNITS = 10
LARGEST_DENSE = 4_000_000
"""Weights that a dense layer may have."""

Order: TypeAlias = Sequence[int | None]
"""For each kernel that there is now the one it was, or None for a new one."""


def new_layer(kind: LayerKind, shape: Shape, seed: int) -> LayerSpec:
    """A fresh layer for an input of `shape`, (H, W, C) or (units,)."""
    generator = np.random.default_rng(seed)
    match kind:
        case "conv":
            # Where no maps come in it cannot be computed, and fits as soon as it can.
            channels = shape[2] if len(shape) == 3 else 1
            kernel = glorot_uniform((3, 3, channels, NEW_KERNELS), generator)
            return Conv2DSpec(kernel, np.zeros(NEW_KERNELS), _names("kernel", 0, NEW_KERNELS))
        case "relu" | "leaky_relu" | "sigmoid" | "tanh":
            return ActivationSpec(kind)
        case "max_pool":
            return Pool2DSpec("max")
        case "average_pool":
            return Pool2DSpec("average")
        case "dropout":
            return DropoutSpec()
        case "flatten":
            return FlattenSpec()
        case "global_average":
            return GlobalAveragePool2DSpec()
        case "dense":
            check_dense(shape[-1], NEW_UNITS)
            kernel = glorot_uniform((shape[-1], NEW_UNITS), generator)
            return DenseSpec(kernel, np.zeros(NEW_UNITS), _names("unit", 0, NEW_UNITS))


def refitted(spec: NetworkSpec, shape: Shape, seed: int) -> NetworkSpec:
    """`spec` with weights for what comes in, where its input is (H, W, C).

    Behind a layer that cannot be computed nothing is known, and nothing is changed; but the first
    convolution always looks at the channels of the input. Raises PlaygroundError where a dense
    layer would have too many weights.
    """
    generator = np.random.default_rng(seed)
    made: list[LayerSpec] = []
    known: Shape | None = shape
    first = spec.convs[0] if spec.convs else None
    for index, layer in enumerate(spec.layers):
        # What stands before the first convolution, if it can be computed, keeps the channels.
        given = shape if index == first else known
        if given is not None:
            layer = _fitted(layer, given, generator)
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

    In the next layer that has weights, those for the map of a kernel go where the kernel goes, and
    those for a new one are drawn.
    """
    generator, before = np.random.default_rng(seed), spec.conv(index).filters
    spec = spec.with_layer(index, conv)
    layers = list(spec.layers)
    for place in range(index + 1, len(layers)):
        layer = layers[place]
        if isinstance(layer, Conv2DSpec):
            if layer.channels == before:
                kernel = _reordered(layer.kernel, order, generator)
                layers[place] = replace(layer, kernel=kernel)
            break
        if isinstance(layer, DenseSpec):
            inputs, units = layer.kernel.shape
            if inputs % before == 0:
                # Flatten puts the channels of a pixel beside each other.
                maps = layer.kernel.reshape(inputs // before, 1, before, units)
                kernel = _reordered(maps, order, generator)
                layers[place] = replace(layer, kernel=frozen_array(kernel.reshape(-1, units)))
            break
    return replace(spec, layers=tuple(layers))


def with_units(dense: DenseSpec, units: int, seed: int) -> DenseSpec:
    """`dense` with so many units: the first are kept, and new ones are drawn."""
    inputs, had = dense.kernel.shape
    check_dense(inputs, units)
    kept = min(had, units)
    kernel, bias = glorot_uniform((inputs, units), seed), np.zeros(units, np.float32)
    kernel[:, :kept], bias[:kept] = dense.kernel[:, :kept], dense.bias[:kept]
    names = (*dense.names[:kept], *_names("unit", kept, units))
    ids = (*dense.ids[:kept], *[0] * (units - kept))
    return replace(dense, kernel=kernel, bias=bias, names=names, ids=ids)


def _fitted(layer: LayerSpec, shape: Shape, generator: np.random.Generator) -> LayerSpec:
    if isinstance(layer, Conv2DSpec) and len(shape) == 3 and layer.channels != shape[2]:
        return replace(layer, kernel=_resized(layer.kernel, shape[2], generator))
    if isinstance(layer, DenseSpec) and len(shape) == 1 and layer.kernel.shape[0] != shape[0]:
        check_dense(shape[0], layer.units)
        return replace(layer, kernel=_resized(layer.kernel, shape[0], generator))
    return layer


def _resized(kernel: FloatArray, inputs: int, generator: np.random.Generator) -> FloatArray:
    """Weights (…, inputs, outputs): the first are kept, and new ones are drawn."""
    drawn = glorot_uniform((*kernel.shape[:-2], inputs, kernel.shape[-1]), generator)
    kept = min(inputs, kernel.shape[-2])
    drawn[..., :kept, :] = kernel[..., :kept, :]
    return frozen_array(drawn)


def _reordered(kernel: FloatArray, order: Order, generator: np.random.Generator) -> FloatArray:
    drawn = glorot_uniform((*kernel.shape[:-2], len(order), kernel.shape[-1]), generator)
    for place, was in enumerate(order):
        if was is not None:
            drawn[..., place, :] = kernel[..., was, :]
    return frozen_array(drawn)


def check_dense(inputs: int, units: int) -> None:
    """Raises PlaygroundError where a dense layer would have too many weights."""
    if inputs * units > LARGEST_DENSE:
        raise PlaygroundError(
            f"A dense layer of {units} units would need {inputs * units} weights here: pool "
            "before it, or put GlobalAverage in place of Flatten."
        )


def _names(word: str, start: int, stop: int) -> tuple[str, ...]:
    return tuple(f"{word} {number}" for number in range(start, stop))
