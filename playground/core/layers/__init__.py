"""Layers that learn, each with its gradient beside its forward pass, and the table of their kinds.

A new kind of layer is one entry here, and one file with the class that computes it. Where no other
room has to speak of its description by name, that stands in the same file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.core.claims import percent
from playground.core.convolve.activations import activate
from playground.core.convolve.pooling import pool2d
from playground.core.layers.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from playground.core.layers.base import Layer
from playground.core.layers.conv2d import Conv2D, new_conv, trainable_conv
from playground.core.layers.dense import Dense, Flatten, new_dense
from playground.core.layers.dropout import Dropout
from playground.core.layers.kind import Elsewhere, LayerKind, Setting
from playground.core.layers.pooling import AveragePool2D, GlobalAveragePool2D, MaxPool2D
from playground.core.layers.prelu import PReLU, PReLUSpec, new_prelu, on_map
from playground.core.specs import (
    ACTIVATION_NAMES,
    ActivationName,
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    FloatArray,
    GlobalAveragePool2DSpec,
    LayerSpec,
    Pool2DSpec,
    PoolKind,
)

__all__ = [
    "LAYER_KINDS",
    "AveragePool2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePool2D",
    "Layer",
    "LayerKind",
    "LeakyReLU",
    "MaxPool2D",
    "PReLU",
    "ReLU",
    "Setting",
    "Sigmoid",
    "Tanh",
    "kind_of",
]


def _activated(layer: ActivationSpec, values: FloatArray, _channel: int) -> FloatArray:
    return activate(values, layer)


def _pooled(layer: Pool2DSpec, values: FloatArray, _channel: int) -> FloatArray:
    return pool2d(values, layer)


def _activation(
    key: ActivationName, make: Callable[[Any], Layer], tip: str, formula: str, *elsewhere: str
) -> LayerKind:
    """The entry of an activation; a block alone has those without a tip."""
    name = ACTIVATION_NAMES[key]
    return LayerKind(
        key=key,
        spec=ActivationSpec,
        make=make,
        fresh=(lambda _shape, _draw: ActivationSpec(key)) if tip else None,
        section="activation",
        name=name[0].upper() + name[1:],
        tip=tip,
        about="The activation: applied to every value by itself, so the shape stays {made}",
        formula=formula,
        elsewhere=Elsewhere(*elsewhere),
        on_map=_activated,
    )


def _pooling(
    kind: PoolKind, make: Callable[[Any], Layer], name: str, result: str, *elsewhere: str
) -> LayerKind:
    return LayerKind(
        key=f"{kind}_pool",
        spec=Pool2DSpec,
        make=make,
        fresh=lambda _shape, _draw: Pool2DSpec(kind),
        section="pooling",
        name=name,
        tip=f"Each window becomes its {result}",
        title=f"{name} {{layer.size}}",
        about=f"Each {{layer.size}} × {{layer.size}} window becomes its {result}: {{made}}",
        formula=f"{kind} of in[i·s : (i+1)·s, j·s : (j+1)·s]",
        elsewhere=Elsewhere(*elsewhere),
        on_map=_pooled,
        setting=Setting("size", "Size", "Pooling size {}", (2, 3, 4)),
    )


_KINDS = (
    LayerKind(
        key="conv",
        spec=Conv2DSpec,
        make=trainable_conv,
        fresh=new_conv,
        section="convolution",
        name="Conv2D",
        tip="Kernels that look for patterns in the maps before them",
        detail="kernel {layer.kernel.shape} + {layer.filters} bias",
        about=(
            "{layer.kernel.shape}: height, width, input channels, kernels; and the "
            "{layer.filters} biases, one for each kernel.\n"
            "{layer.kernel.shape[0]} × {layer.kernel.shape[1]} × {layer.channels} × "
            "{layer.filters} = {layer.kernel.size} weights + {layer.filters} biases"
        ),
        about_maps="It makes {made}: one map of {maps} for each kernel",
        formula="b[o] + Σ w[y, x, c, o] · in[i·s + d·y, j·s + d·x, c]",
        stored=("rows columns inputs outputs", "outputs"),
        computed=("outputs rows columns inputs", "outputs"),
        elsewhere=Elsewhere("Conv2D", "Conv2d", "Conv"),
        convolves=True,
    ),
    _activation(
        "relu", lambda _: ReLU(), "Negative values become 0", "max(0, x)", "ReLU", "ReLU", "Relu"
    ),
    _activation(
        "leaky_relu",
        lambda layer: LeakyReLU(layer.slope),
        "Negative values are made small, not 0",
        "x > 0: x, else slope · x",
        *("LeakyReLU", "LeakyReLU", "LeakyRelu"),
    ),
    LayerKind(
        key="prelu",
        spec=PReLUSpec,
        make=lambda _layer: PReLU(),
        fresh=new_prelu,
        section="activation",
        name="PReLU",
        tip="Negative values are multiplied by a slope that each channel learns",
        detail="alpha {layer.alpha.shape}",
        about="Each of the {layer.inputs} channels learns its own slope for negative values",
        formula="x > 0: x, else α[c] · x",
        stored=("rows columns inputs",),
        computed=("rows columns inputs",),
        on_map=on_map,
        elsewhere=Elsewhere("PReLU", "PReLU", "PRelu"),
    ),
    _activation(
        "sigmoid",
        lambda _: Sigmoid(),
        "Every value is squeezed between 0 and 1",
        "1 / (1 + e⁻ˣ)",
        *("Activation", "Sigmoid", "Sigmoid"),
    ),
    _activation(
        "tanh",
        lambda _: Tanh(),
        "Every value is squeezed between −1 and 1",
        "tanh x",
        *("Activation", "Tanh", "Tanh"),
    ),
    # |v| is leaky ReLU with the slope −1.
    _activation("abs", lambda _: LeakyReLU(-1.0), "", "|x|", "Activation", "", "Abs"),
    _activation("none", lambda _: LeakyReLU(1.0), "", "x", "Activation", "Identity", "Identity"),
    _pooling(
        "max",
        lambda layer: MaxPool2D(layer.size),
        "MaxPool",
        "largest value",
        *("MaxPooling2D", "MaxPool2d", "MaxPool"),
    ),
    _pooling(
        "average",
        lambda layer: AveragePool2D(layer.size),
        "AveragePool",
        "mean",
        *("AveragePooling2D", "AvgPool2d", "AveragePool"),
    ),
    LayerKind(
        key="dropout",
        spec=DropoutSpec,
        make=lambda layer: Dropout(layer.rate),
        fresh=lambda _shape, _draw: DropoutSpec(),
        section="dropout",
        name="Dropout",
        tip="In training, a random share of the values is forgotten",
        title="Dropout {layer.rate:g}",
        about=(
            "In training, each value is forgotten with a chance of {words[share]}, anew in every "
            "step"
        ),
        words=lambda layer: {"share": percent(layer.rate, 1)},
        formula="0 with chance p, else x / (1 − p)",
        elsewhere=Elsewhere("Dropout", "Dropout", "Dropout"),
        setting=Setting("rate", "Share that is forgotten", "Dropout {:g}", (0.1, 0.25, 0.5)),
    ),
    LayerKind(
        key="flatten",
        spec=FlattenSpec,
        make=lambda _layer: Flatten(),
        fresh=lambda _shape, _draw: FlattenSpec(),
        section="row",
        name="Flatten",
        tip="All values of all maps in one row, for a dense layer",
        about="All values of all maps in one row: {made}",
        formula="out[(i·W + j)·C + c] = in[i, j, c]",
        elsewhere=Elsewhere("Flatten", "Flatten", "Flatten"),
    ),
    LayerKind(
        key="global_average",
        spec=GlobalAveragePool2DSpec,
        make=lambda _layer: GlobalAveragePool2D(),
        fresh=lambda _shape, _draw: GlobalAveragePool2DSpec(),
        section="row",
        name="GlobalAverage",
        tip="Each map becomes one number, its mean",
        about="Each map becomes one number, its mean: {made}",
        formula="mean of in[:, :, c]",
        elsewhere=Elsewhere("GlobalAveragePooling2D", "AdaptiveAvgPool2d", "GlobalAveragePool"),
    ),
    LayerKind(
        key="dense",
        spec=DenseSpec,
        make=lambda layer: Dense(layer.units),
        fresh=new_dense,
        section="row",
        name="Dense",
        tip="Units that each weigh every input",
        detail="kernel {layer.kernel.shape} + {layer.units} bias",
        about=(
            "Every unit weighs every input: {layer.inputs} × {layer.units} = "
            "{layer.kernel.size} weights + {layer.units} biases"
        ),
        formula="b[u] + Σ w[i, u] · in[i]",
        stored=("inputs outputs", "outputs"),
        computed=("outputs inputs", "outputs"),
        elsewhere=Elsewhere("Dense", "Linear", "Gemm"),
        setting=Setting("units", "Units", "{} units", (1, 2, 3, 4, 5, 10, 16, 32, 64)),
    ),
)

LAYER_KINDS: dict[str, LayerKind] = {kind.key: kind for kind in _KINDS}
"""Every kind of layer by its key, in the menu's order."""


def kind_of(layer: LayerSpec) -> LayerKind:
    """The table's entry for what `layer` describes."""
    return LAYER_KINDS[layer.key]
