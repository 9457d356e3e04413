"""From a network's frozen description to the network that computes, and back.

`build` makes the layers with the weights of the description; `with_weights` reads them back.
A description that turns its kernels (true convolution) is trained as it is seen: turning is its
own inverse, so weights are turned on the way in and on the way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.convolve.geometry import map_size
from playground.core.errors import ImpossibleLayerError, PlaygroundError
from playground.core.kernels import initializers
from playground.core.layers import kind_of
from playground.core.layers.base import Layer, Shape
from playground.core.network.network import Network
from playground.core.specs import Conv2DSpec, FloatArray, LayerSpec, NetworkSpec, Padding


def make_layer(spec: LayerSpec) -> Layer:
    """The layer that `spec` describes, still without weights; PlaygroundError where none can."""
    return kind_of(spec).make(spec)


def build(spec: NetworkSpec, input_shape: Shape, *, padding: Padding | None = None) -> Network:
    """A network with the weights of `spec` for pictures (H, W, C).

    Every convolution pads as `padding` says where it is given. Raises ImpossibleLayerError at the
    layer that does not fit.
    """
    made = []
    for index, layer in enumerate(spec.layers):
        try:
            if padding is not None and isinstance(layer, Conv2DSpec):
                layer = replace(layer, padding=padding)
            made.append(make_layer(layer))
        except PlaygroundError as error:
            raise ImpossibleLayerError(index, str(error)) from error
    network = Network(made, input_shape)
    _check_inputs(spec, network)
    network.set_weights(weights_of(spec))
    return network


def with_weights(spec: NetworkSpec, weights: Sequence[FloatArray]) -> NetworkSpec:
    """`spec` with other numbers, given in the order of `Network.weights`."""
    rest = iter(turned(spec, weights))
    made = (layer.with_weights([next(rest) for _ in layer.weights]) for layer in spec.layers)
    return replace(spec, layers=tuple(made))


def weights_of(spec: NetworkSpec) -> list[FloatArray]:
    """The numbers of `spec` in the order of `Network.weights`, as a network computes with them."""
    return turned(spec, [array for layer in spec.layers for array in layer.weights])


def turned(spec: NetworkSpec, arrays: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Arrays shaped as `Network.weights`, from how they are seen to how they are computed with.

    And back: turning is its own inverse. Nothing is copied.
    """
    made, rest = [], list(arrays)
    for layer in spec.layers:
        count = len(layer.weight_names)
        made += layer.turned(rest[:count])
        rest = rest[count:]
    return made + rest


def freeze(network: Network, spec: NetworkSpec, masks: Sequence[NDArray[Any]] | None) -> None:
    """Freeze in `network`, built from `spec`, the weights that are True in `masks` as seen.

    Raises PlaygroundError where they are not shaped as `Network.weights`.
    """
    network.freeze(None if masks is None else turned(spec, masks))


def initialized(
    spec: NetworkSpec, initializer: str, seed: int, input_shape: Shape | None = None
) -> NetworkSpec:
    """`spec` with fresh kernels, and biases of zero; the same seed gives the same ones.

    With the shape of its pictures (H, W, C), dense layers and deep kernels are made to fit what
    comes out before them.
    """
    generator = np.random.default_rng(seed)
    start = initializers.get(initializer)
    made: list[LayerSpec] = []
    shape = input_shape
    for index, layer in enumerate(spec.layers):
        layer = layer.fresh(shape, lambda size: start(size, generator))
        made.append(layer)
        if shape is not None:
            try:
                shape = make_layer(layer).output_shape(shape)
            except PlaygroundError as error:
                raise ImpossibleLayerError(index, str(error)) from error
    return replace(spec, layers=tuple(made))


def shape_behind(layer: LayerSpec, shape: Shape) -> Shape:
    """What `layer` makes of (H, W, C) or (units,); raises PlaygroundError where it cannot."""
    layer.check_fit(shape)
    if layer.needs_maps:
        if len(shape) == 1:
            raise PlaygroundError(
                "This layer needs maps, but one row of numbers comes in: move it before Flatten, "
                "GlobalAverage and Dense."
            )
        # Exploring knows more edge modes than training does.
        return *map_size((shape[0], shape[1]), [layer]), len(layer.kernel_ids) or shape[2]
    return make_layer(layer).output_shape(shape)


def same_outline(one: NetworkSpec, other: NetworkSpec) -> bool:
    """Whether two descriptions differ in their numbers and names alone."""
    mine, its = one.layers, other.layers
    return len(mine) == len(its) and all(
        a is b or a.outline == b.outline for a, b in zip(mine, its, strict=True)
    )


def _check_inputs(spec: NetworkSpec, network: Network) -> None:
    """Whether every kernel has as many channels, or inputs, as come out of the layer before."""
    shapes = [network.input_shape, *network.shapes]
    for index, (layer, shape) in enumerate(zip(spec.layers, shapes, strict=False)):
        try:
            layer.check_fit(shape)
        except PlaygroundError as error:
            raise ImpossibleLayerError(index, str(error)) from error
