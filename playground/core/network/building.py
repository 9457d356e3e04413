"""Between the document's frozen description of a network and the network that computes.

`build` makes the layers with the weights of the description; `with_weights` reads them back.
A description that turns its kernels (true convolution) is trained as it is seen: turning is its
own inverse, so weights are turned on the way in and on the way out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core import layers
from playground.core.convolve.geometry import map_size
from playground.core.errors import PlaygroundError
from playground.core.kernels import initializers
from playground.core.layers.base import Layer, Shape
from playground.core.network.layer_shapes import ImpossibleLayerError
from playground.core.network.network import Network
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
    Padding,
    Pool2DSpec,
)


def make_layer(spec: LayerSpec) -> Layer:
    """The layer that `spec` describes, still without weights; PlaygroundError where none can."""
    match spec:
        case Conv2DSpec():
            if spec.edge != "zero" and spec.padding != "valid":
                raise PlaygroundError(
                    "Training fills the outside of a picture with zeros: choose edge mode zero, "
                    "or padding valid."
                )
            return layers.Conv2D(
                spec.filters, spec.kernel_size, spec.stride, spec.padding, spec.dilation
            )
        case DenseSpec():
            return layers.Dense(spec.units)
        case Pool2DSpec():
            kind = layers.MaxPool2D if spec.kind == "max" else layers.AveragePool2D
            return kind(spec.size)
        case ActivationSpec():
            return _activation(spec)
        case FlattenSpec():
            return layers.Flatten()
        case GlobalAveragePool2DSpec():
            return layers.GlobalAveragePool2D()
        case DropoutSpec():
            return layers.Dropout(spec.rate)


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
    network.set_weights(list(_weights(spec)))
    return network


def with_weights(spec: NetworkSpec, weights: Sequence[FloatArray]) -> NetworkSpec:
    """`spec` with other numbers, given in the order of `Network.weights`."""
    rest = iter(weights)
    made: list[LayerSpec] = []
    for layer in spec.layers:
        if isinstance(layer, Conv2DSpec):
            layer = replace(layer, kernel=_turned(layer, next(rest)), bias=next(rest))
        elif isinstance(layer, DenseSpec):
            layer = replace(layer, kernel=next(rest), bias=next(rest))
        made.append(layer)
    return replace(spec, layers=tuple(made))


def weights_of(spec: NetworkSpec) -> list[FloatArray]:
    """The numbers of `spec` in the order of `Network.weights`, as a network computes with them."""
    return list(_weights(spec))


def turned(spec: NetworkSpec, arrays: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Arrays shaped as `Network.weights`, from how they are seen to how they are computed with.

    And back: turning is its own inverse. Nothing is copied.
    """
    layers = [layer for layer in spec.layers if isinstance(layer, Conv2DSpec | DenseSpec)]
    # Kernel and bias of each layer: every other array is a kernel.
    owners = [owner for layer in layers for owner in (layer, None)]
    pairs = zip_longest(arrays, owners[: len(arrays)])
    return [
        _turned(owner, array) if isinstance(owner, Conv2DSpec) and array.ndim == 4 else array
        for array, owner in pairs
    ]


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
        if isinstance(layer, Conv2DSpec | DenseSpec):
            size = layer.kernel.shape
            if shape is not None:
                size = (*size[:-2], shape[-1], size[-1])
            zeros = np.zeros(size[-1], np.float32)
            layer = replace(layer, kernel=start(size, generator), bias=zeros)
        made.append(layer)
        if shape is not None:
            try:
                shape = make_layer(layer).output_shape(shape)
            except PlaygroundError as error:
                raise ImpossibleLayerError(index, str(error)) from error
    return replace(spec, layers=tuple(made))


def check_fit(layer: LayerSpec, shape: Shape) -> None:
    """Raises PlaygroundError where the weights of `layer` are made for another input."""
    if isinstance(layer, Conv2DSpec) and len(shape) == 3 and layer.channels != shape[-1]:
        raise PlaygroundError(
            f"These kernels have weights for {layer.channels} input "
            f"channel{'s' if layer.channels > 1 else ''}, but the input has {shape[-1]}."
        )
    if isinstance(layer, DenseSpec) and len(shape) == 1 and layer.kernel.shape[0] != shape[0]:
        raise PlaygroundError(
            f"This dense layer has weights for {layer.kernel.shape[0]} inputs, but "
            f"{shape[0]} come in."
        )


def shape_behind(layer: LayerSpec, shape: Shape) -> Shape:
    """What `layer` makes of (H, W, C) or (units,); raises PlaygroundError where it cannot."""
    check_fit(layer, shape)
    if isinstance(layer, Conv2DSpec | Pool2DSpec):
        if len(shape) == 1:
            raise PlaygroundError(
                "This layer needs maps, but one row of numbers comes in: move it before Flatten, "
                "GlobalAverage and Dense."
            )
        # Exploring knows more edge modes than training does.
        size = map_size((shape[0], shape[1]), [layer])
        return *size, layer.filters if isinstance(layer, Conv2DSpec) else shape[2]
    return make_layer(layer).output_shape(shape)


def same_outline(one: NetworkSpec, other: NetworkSpec) -> bool:
    """Whether two descriptions differ in their numbers and names alone."""
    mine, its = one.layers, other.layers
    return len(mine) == len(its) and all(
        a is b or _outline(a) == _outline(b) for a, b in zip(mine, its, strict=True)
    )


def _outline(layer: LayerSpec) -> object:
    if isinstance(layer, Conv2DSpec):
        return "conv", layer.kernel.shape, layer.settings
    if isinstance(layer, DenseSpec):
        return "dense", layer.kernel.shape
    return layer


def _activation(spec: ActivationSpec) -> Layer:
    match spec.name:
        case "relu":
            return layers.ReLU()
        case "leaky_relu":
            return layers.LeakyReLU(spec.slope)
        case "sigmoid":
            return layers.Sigmoid()
        case "tanh":
            return layers.Tanh()
        case "abs":
            # |v| is leaky ReLU with the slope −1.
            return layers.LeakyReLU(-1.0)
        case "none":
            return layers.LeakyReLU(1.0)


def _weights(spec: NetworkSpec) -> Iterator[FloatArray]:
    for layer in spec.layers:
        if isinstance(layer, Conv2DSpec):
            yield _turned(layer, layer.kernel)
            yield layer.bias
        elif isinstance(layer, DenseSpec):
            yield layer.kernel
            yield layer.bias


def _turned(layer: Conv2DSpec, kernel: NDArray[Any]) -> NDArray[Any]:
    return kernel[::-1, ::-1] if layer.flip else kernel


def _check_inputs(spec: NetworkSpec, network: Network) -> None:
    """Whether every kernel has as many channels, or inputs, as come out of the layer before."""
    shapes = [network.input_shape, *network.shapes]
    for index, (layer, shape) in enumerate(zip(spec.layers, shapes, strict=False)):
        try:
            check_fit(layer, shape)
        except PlaygroundError as error:
            raise ImpossibleLayerError(index, str(error)) from error
