"""Frozen descriptions of a network: what the document holds and what crosses threads.

A network is a tuple of layer specs applied from left to right. A *block* is a convolution with
the activation and the pooling that follow it:

    maps = pool(activation(conv2d(input, kernel) + bias))

Arrays inside a spec are float32, C-contiguous and read-only, so that a spec can be handed to a
worker thread and kept in the undo history without a copy.

Layers, kernels and units have lasting ids: numbers above 0 that whoever owns a network gives once
and never again (session/ids.py), and 0 until then. They say which thing it is, not what it is
like, so they are no part of equality; every edit keeps them on what it keeps.
"""

from playground.core.specs.base import FloatArray, LayerSpec, Padding, frozen_array
from playground.core.specs.layers import (
    ACTIVATION_NAMES,
    ACTIVATIONS,
    EDGE_MODES,
    MAX_KERNEL_SIZE,
    MAX_KERNELS,
    ActivationName,
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    EdgeMode,
    FlattenSpec,
    GlobalAveragePool2DSpec,
    Pool2DSpec,
    PoolKind,
)
from playground.core.specs.networks import BlockSpec, NetworkSpec

__all__ = [
    "ACTIVATIONS", "ACTIVATION_NAMES", "EDGE_MODES", "MAX_KERNELS", "MAX_KERNEL_SIZE",
    "ActivationName", "ActivationSpec", "BlockSpec", "Conv2DSpec", "DenseSpec", "DropoutSpec",
    "EdgeMode", "FlattenSpec", "FloatArray", "GlobalAveragePool2DSpec", "LayerSpec",
    "NetworkSpec", "Padding", "Pool2DSpec", "PoolKind", "frozen_array",
]  # fmt: skip
