"""Layers that learn, each with its gradient beside its forward pass, and the table of their kinds.

A new kind of layer is one entry here, and one file with the class that computes it. Where no other
room has to speak of its description by name, that stands in the same file.
"""

from __future__ import annotations

from typing import Any

from playground.core.claims import percent
from playground.core.convolve.activations import activate
from playground.core.convolve.pooling import pool2d
from playground.core.layers.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from playground.core.layers.base import Layer
from playground.core.layers.conv2d import Conv2D, new_conv, trainable_conv
from playground.core.layers.dense import Dense, new_dense
from playground.core.layers.dropout import Dropout
from playground.core.layers.kind import Elsewhere, LayerKind, Setting
from playground.core.layers.pooling import AveragePool2D, GlobalAveragePool2D, MaxPool2D
from playground.core.layers.prelu import PReLU, PReLUSpec, new_prelu, on_map
from playground.core.layers.reshaping import Flatten
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    FloatArray,
    GlobalAveragePool2DSpec,
    LayerSpec,
    Pool2DSpec,
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


_ACTIVATION: dict[str, Any] = {
    "spec": ActivationSpec,
    "section": "activation",
    "about": "The activation: applied to every value by itself, so the shape stays {made}",
    "on_map": _activated,
}
_POOL: dict[str, Any] = {
    "spec": Pool2DSpec,
    "section": "pooling",
    "on_map": _pooled,
    "setting": Setting("size", "Size", "Pooling size {}", (2, 3, 4)),
}

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
            "{words[kernel]}: height, width, input channels, kernels; and the {layer.filters} "
            "biases, one for each kernel.\n"
            "{words[product]} = {layer.kernel.size} weights + {layer.filters} biases"
        ),
        about_maps="It makes {made}: one map of {maps} for each kernel",
        words=lambda layer: {
            "kernel": str(layer.kernel.shape),
            "product": " × ".join(map(str, layer.kernel.shape)),
        },
        formula="b[o] + Σ w[y, x, c, o] · in[i·s + d·y, j·s + d·x, c]",
        stored=("rows columns inputs outputs", "outputs"),
        computed=("outputs rows columns inputs", "outputs"),
        elsewhere=Elsewhere("Conv2D", "Conv2d", "Conv"),
        convolves=True,
    ),
    LayerKind(
        key="relu",
        make=lambda _layer: ReLU(),
        fresh=lambda _shape, _draw: ActivationSpec("relu"),
        name="ReLU",
        tip="Negative values become 0",
        formula="max(0, x)",
        elsewhere=Elsewhere("ReLU", "ReLU", "Relu"),
        **_ACTIVATION,
    ),
    LayerKind(
        key="leaky_relu",
        make=lambda layer: LeakyReLU(layer.slope),
        fresh=lambda _shape, _draw: ActivationSpec("leaky_relu"),
        name="Leaky ReLU",
        tip="Negative values are made small, not 0",
        formula="x > 0: x, else slope · x",
        elsewhere=Elsewhere("LeakyReLU", "LeakyReLU", "LeakyRelu"),
        **_ACTIVATION,
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
    LayerKind(
        key="sigmoid",
        make=lambda _layer: Sigmoid(),
        fresh=lambda _shape, _draw: ActivationSpec("sigmoid"),
        name="Sigmoid",
        tip="Every value is squeezed between 0 and 1",
        formula="1 / (1 + e⁻ˣ)",
        elsewhere=Elsewhere("Activation", "Sigmoid", "Sigmoid"),
        **_ACTIVATION,
    ),
    LayerKind(
        key="tanh",
        make=lambda _layer: Tanh(),
        fresh=lambda _shape, _draw: ActivationSpec("tanh"),
        name="Tanh",
        tip="Every value is squeezed between −1 and 1",
        formula="tanh x",
        elsewhere=Elsewhere("Activation", "Tanh", "Tanh"),
        **_ACTIVATION,
    ),
    LayerKind(
        key="abs",
        # |v| is leaky ReLU with the slope −1.
        make=lambda _layer: LeakyReLU(-1.0),
        fresh=None,
        name="Abs",
        tip="",
        formula="|x|",
        elsewhere=Elsewhere("Activation", "", "Abs"),
        **_ACTIVATION,
    ),
    LayerKind(
        key="none",
        make=lambda _layer: LeakyReLU(1.0),
        fresh=None,
        name="None",
        tip="",
        formula="x",
        elsewhere=Elsewhere("Activation", "Identity", "Identity"),
        **_ACTIVATION,
    ),
    LayerKind(
        key="max_pool",
        make=lambda layer: MaxPool2D(layer.size),
        fresh=lambda _shape, _draw: Pool2DSpec("max"),
        name="MaxPool",
        tip="Each window becomes its largest value",
        title="MaxPool {layer.size}",
        about="Each {layer.size} × {layer.size} window becomes its largest value: {made}",
        formula="max of in[i·s : (i+1)·s, j·s : (j+1)·s]",
        elsewhere=Elsewhere("MaxPooling2D", "MaxPool2d", "MaxPool"),
        **_POOL,
    ),
    LayerKind(
        key="average_pool",
        make=lambda layer: AveragePool2D(layer.size),
        fresh=lambda _shape, _draw: Pool2DSpec("average"),
        name="AveragePool",
        tip="Each window becomes its mean",
        title="AveragePool {layer.size}",
        about="Each {layer.size} × {layer.size} window becomes its mean: {made}",
        formula="mean of in[i·s : (i+1)·s, j·s : (j+1)·s]",
        elsewhere=Elsewhere("AveragePooling2D", "AvgPool2d", "AveragePool"),
        **_POOL,
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
