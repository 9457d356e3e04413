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
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.errors import PlaygroundError

FloatArray: TypeAlias = NDArray[np.floating[Any]]
Padding: TypeAlias = Literal["same", "valid"] | int | tuple[int, int, int, int]
EdgeMode: TypeAlias = Literal["zero", "replicate", "reflect", "symmetric", "wrap"]
ActivationName: TypeAlias = Literal["none", "relu", "leaky_relu", "abs", "sigmoid", "tanh"]
PoolKind: TypeAlias = Literal["max", "average"]

EDGE_MODES: tuple[EdgeMode, ...] = ("zero", "replicate", "reflect", "symmetric", "wrap")
ACTIVATION_NAMES: dict[ActivationName, str] = {
    "none": "none",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "abs": "abs",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
}
"""What each activation is called on screen."""

ACTIVATIONS: tuple[ActivationName, ...] = tuple(ACTIVATION_NAMES)
MAX_KERNEL_SIZE = 11
MAX_KERNELS = 64


def frozen_array(values: ArrayLike) -> FloatArray:
    """A read-only C-contiguous float32 copy of `values`."""
    array = np.array(values, dtype=np.float32, order="C", copy=True)
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False, kw_only=True)
class _Identified:
    """What every layer has: its lasting id, 0 for not yet given."""

    layer_id: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, eq=False)
class Conv2DSpec(_Identified):
    """A bank of kernels with the settings they share.

    kernel (kh, kw, C_in, C_out), bias (C_out,), names (C_out,); ids (C_out,), all 0 by default.
    """

    kernel: FloatArray
    bias: FloatArray
    names: tuple[str, ...]
    stride: int = 1
    padding: Padding = "same"
    dilation: int = 1
    edge: EdgeMode = "zero"
    flip: bool = False
    ids: tuple[int, ...] = field(default=(), kw_only=True, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kernel", _as_frozen(self.kernel))
        object.__setattr__(self, "bias", _as_frozen(self.bias))
        if self.kernel.ndim != 4 or self.bias.shape != (self.filters,):
            raise PlaygroundError(
                f"A kernel bank needs weights of shape (height, width, channels, kernels) and one "
                f"bias per kernel, not {self.kernel.shape} and {self.bias.shape}."
            )
        if len(self.names) != self.filters:
            raise PlaygroundError(f"{self.filters} kernels need {self.filters} names.")
        object.__setattr__(self, "ids", _checked_ids(self.ids, self.filters))

    @property
    def kernel_size(self) -> tuple[int, int]:
        """(kh, kw)."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @property
    def channels(self) -> int:
        """Number of input channels."""
        return int(self.kernel.shape[2])

    @property
    def filters(self) -> int:
        """Number of kernels, and so of feature maps."""
        return int(self.kernel.shape[3])

    def __eq__(self, other: object) -> bool:
        """Equal in every weight and every setting."""
        return (
            isinstance(other, Conv2DSpec)
            and self.settings == other.settings
            and self.names == other.names
            and np.array_equal(self.kernel, other.kernel)
            and np.array_equal(self.bias, other.bias)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def settings(self) -> tuple[int, Padding, int, EdgeMode, bool]:
        """Everything but the numbers and names: (stride, padding, dilation, edge, flip)."""
        return self.stride, self.padding, self.dilation, self.edge, self.flip


@dataclass(frozen=True)
class ActivationSpec(_Identified):
    """An elementwise activation; `slope` is that of leaky ReLU's negative side."""

    name: ActivationName = "relu"
    slope: float = 0.1


@dataclass(frozen=True)
class Pool2DSpec(_Identified):
    """Max or average pooling over size × size windows that do not overlap."""

    kind: PoolKind = "max"
    size: int = 2


@dataclass(frozen=True)
class FlattenSpec(_Identified):
    """Maps become one row of numbers."""


@dataclass(frozen=True)
class GlobalAveragePool2DSpec(_Identified):
    """Each map becomes one number, its mean."""


@dataclass(frozen=True)
class DropoutSpec(_Identified):
    """In training, a random share of the values is forgotten."""

    rate: float = 0.25


@dataclass(frozen=True, eq=False)
class DenseSpec(_Identified):
    """Units that each weigh every input: kernel (inputs, units), bias (units,), names (units,).

    ids (units,), all 0 by default.
    """

    kernel: FloatArray
    bias: FloatArray
    names: tuple[str, ...]
    ids: tuple[int, ...] = field(default=(), kw_only=True, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kernel", _as_frozen(self.kernel))
        object.__setattr__(self, "bias", _as_frozen(self.bias))
        if self.kernel.ndim != 2 or not self.bias.shape == (self.units,) == (len(self.names),):
            raise PlaygroundError(
                f"A dense layer needs weights of shape (inputs, units), one bias and one name per "
                f"unit, not {self.kernel.shape}, {self.bias.shape} and {len(self.names)} names."
            )
        object.__setattr__(self, "ids", _checked_ids(self.ids, self.units))

    @property
    def units(self) -> int:
        """Number of outputs."""
        return int(self.kernel.shape[1])

    def __eq__(self, other: object) -> bool:
        """Equal in every weight."""
        return (
            isinstance(other, DenseSpec)
            and self.names == other.names
            and np.array_equal(self.kernel, other.kernel)
            and np.array_equal(self.bias, other.bias)
        )

    __hash__ = None  # type: ignore[assignment]


LayerSpec: TypeAlias = (
    Conv2DSpec
    | ActivationSpec
    | Pool2DSpec
    | FlattenSpec
    | GlobalAveragePool2DSpec
    | DropoutSpec
    | DenseSpec
)


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
    if old is None or type(new) is not type(old) or isinstance(new, Conv2DSpec | DenseSpec):
        return new
    return new if new.layer_id or not old.layer_id else replace(new, layer_id=old.layer_id)


def _checked_ids(ids: tuple[int, ...], count: int) -> tuple[int, ...]:
    if ids and len(ids) != count:
        raise PlaygroundError(f"{count} kernels need {count} ids, not {len(ids)}.")
    return ids or (0,) * count


def _as_frozen(array: FloatArray) -> FloatArray:
    if array.dtype == np.float32 and array.flags.c_contiguous and not array.flags.writeable:
        return array
    return frozen_array(array)
