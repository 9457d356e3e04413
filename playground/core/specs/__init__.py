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

from __future__ import annotations

from dataclasses import dataclass, field, replace

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

__all__ = [
    "ACTIVATIONS", "ACTIVATION_NAMES", "EDGE_MODES", "MAX_KERNELS", "MAX_KERNEL_SIZE",
    "ActivationName", "ActivationSpec", "BlockSpec", "Conv2DSpec", "DenseSpec", "DropoutSpec",
    "EdgeMode", "FlattenSpec", "FloatArray", "GlobalAveragePool2DSpec", "LayerSpec",
    "NetworkSpec", "Padding", "Pool2DSpec", "PoolKind", "frozen_array",
]  # fmt: skip


@dataclass(frozen=True)
class BlockSpec:
    """One convolution and what follows it up to the next convolution."""

    conv: Conv2DSpec
    activation: ActivationSpec = field(default_factory=lambda: ActivationSpec("none"))
    pool: Pool2DSpec | None = None


@dataclass(frozen=True)
class NetworkSpec:
    """The layers in order, input first.

    `input_shape` (H, W, C) is the size of the pictures it learns from; None where any will do.
    """

    layers: tuple[LayerSpec, ...]
    input_shape: tuple[int, int, int] | None = None

    def conv(self, index: int = 0) -> Conv2DSpec:
        """The convolution at layer `index`; raises TypeError when that layer is another kind."""
        layer = self.layers[index]
        if not isinstance(layer, Conv2DSpec):
            raise TypeError(f"layer {index} is not a convolution")
        return layer

    @property
    def convs(self) -> tuple[int, ...]:
        """Indices of the convolutions."""
        kinds = enumerate(self.layers)
        return tuple(index for index, layer in kinds if isinstance(layer, Conv2DSpec))

    @property
    def first_conv(self) -> Conv2DSpec:
        """The convolution that looks at the picture."""
        return self.conv(self.convs[0])

    def through_block(self, index: int) -> tuple[LayerSpec, ...]:
        """All layers from the first to the end of the block at layer `index`."""
        return self.layers[: self._end(index)]

    def block(self, index: int = 0) -> BlockSpec:
        """The block that starts with the convolution at layer `index`."""
        activation, pool = ActivationSpec("none"), None
        for layer in self.layers[index + 1 : self._end(index)]:
            if isinstance(layer, ActivationSpec):
                activation = layer
            elif isinstance(layer, Pool2DSpec):
                pool = layer
        return BlockSpec(self.conv(index), activation, pool)

    def _end(self, index: int) -> int:
        """Where the block at layer `index` ends: one activation, then one pooling."""
        end = index + 1
        for kind in (ActivationSpec, Pool2DSpec):
            if end < len(self.layers) and isinstance(self.layers[end], kind):
                end += 1
        return end

    def with_layer(self, index: int, layer: LayerSpec) -> NetworkSpec:
        """A copy in which layer `index` is `layer`."""
        layer = _in_place_of(self.layers[index], layer)
        layers = (*self.layers[:index], layer, *self.layers[index + 1 :])
        return replace(self, layers=layers)

    def with_block(self, index: int, block: BlockSpec) -> NetworkSpec:
        """A copy in which the block starting at layer `index` is `block`."""
        old = self.block(index)
        middle: list[LayerSpec] = [block.conv]
        if block.activation.name != "none":
            middle.append(_in_place_of(old.activation, block.activation))
        if block.pool is not None:
            middle.append(_in_place_of(old.pool, block.pool))
        layers = (*self.layers[:index], *middle, *self.layers[self._end(index) :])
        return replace(self, layers=layers)


def _in_place_of(old: LayerSpec | None, new: LayerSpec) -> LayerSpec:
    """`new`, which is still the layer `old` where it has no weights and is of the same kind."""
    if old is None or type(new) is not type(old) or new.weight_names:
        return new
    return new if new.layer_id or not old.layer_id else replace(new, layer_id=old.layer_id)
