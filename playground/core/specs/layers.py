"""The kinds of layer that the document, the core and the views speak of by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.core.specs.base import (
    Draw,
    FloatArray,
    LayerSpec,
    Order,
    Padding,
    WeightedSpec,
    Window,
    first_of,
    frozen_array,
)

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
# In a grid of so many cells, each still has room for its number.
MAX_KERNEL_SIZE = 11
# So many feature maps can be looked at together.
MAX_KERNELS = 64
LARGEST_DENSE = 4_000_000
"""Weights that a dense layer may have: with their gradients and Adam's two means, 64 MB."""


@dataclass(frozen=True, eq=False)
class _Bank(WeightedSpec):
    """Kernels or units: kernel (…, inputs, outputs), bias (outputs,), names and ids of as many."""

    kernel: FloatArray
    bias: FloatArray
    names: tuple[str, ...]
    ids: tuple[int, ...] = field(default=(), kw_only=True, repr=False)

    weight_names = ("kernel", "bias")
    input_axes: ClassVar[int]
    """Axes of the inputs it is made for: 3 of maps, 1 of a row."""

    def __post_init__(self) -> None:
        super().__post_init__()
        count = self.bias.size
        if self.ids and len(self.ids) != count:
            raise PlaygroundError(f"{count} kernels need {count} ids, not {len(self.ids)}.")
        object.__setattr__(self, "ids", self.ids or (0,) * count)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, _Bank) and self.names == other.names

    __hash__ = None

    @property
    def inputs(self) -> int:
        return int(self.kernel.shape[-2])

    @property
    def kernel_ids(self) -> tuple[int, ...]:
        return self.ids

    def with_ids(self, layer_id: int, kernel_ids: tuple[int, ...]) -> Self:
        return replace(self, layer_id=layer_id, ids=kernel_ids)

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether it has weights for `shape`, or could not have any."""
        return len(shape) != self.input_axes or shape[-1] == self.inputs

    def fresh(self, shape: tuple[int, ...] | None, draw: Draw) -> Self:
        """Kernels are drawn, and biases are zero."""
        size = self.kernel.shape
        if shape is not None:
            size = (*size[:-2], shape[-1], size[-1])
        return replace(self, kernel=draw(size), bias=np.zeros(size[-1], np.float32))

    def fitted(self, shape: tuple[int, ...], draw: Draw) -> Self:
        """The weights of the first inputs are kept, and new ones are drawn."""
        if self.fits(shape):
            return self
        self.check_size(shape[-1])
        return self.with_inputs(first_of(shape[-1], self.inputs), draw)

    def with_inputs(self, order: Order, draw: Draw) -> Self:
        """Weights move with their input, and those of new inputs are drawn."""
        kernel = draw((*self.kernel.shape[:-2], len(order), self.kernel.shape[-1]))
        kept = [(place, was) for place, was in enumerate(order) if was is not None]
        places, were = np.array(kept, np.intp).reshape(-1, 2).T
        kernel[..., places, :] = self.kernel[..., were, :]
        return replace(self, kernel=frozen_array(kernel))


@dataclass(frozen=True, eq=False)
class Conv2DSpec(_Bank):
    """A bank of kernels with the settings they share.

    kernel (kh, kw, C_in, C_out), bias (C_out,), names (C_out,); ids (C_out,), all 0 by default.
    """

    stride: int = 1
    padding: Padding = "same"
    dilation: int = 1
    edge: EdgeMode = "zero"
    flip: bool = False

    key = "conv"
    needs_maps = True
    input_axes = 3

    def __post_init__(self) -> None:
        if self.kernel.ndim != 4 or self.bias.shape != (self.filters,):
            raise PlaygroundError(
                f"A kernel bank needs weights of shape (height, width, channels, kernels) and one "
                f"bias per kernel, not {self.kernel.shape} and {self.bias.shape}."
            )
        if len(self.names) != self.filters:
            raise PlaygroundError(f"{self.filters} kernels need {self.filters} names.")
        super().__post_init__()

    @property
    def kernel_size(self) -> tuple[int, int]:
        """(kh, kw)."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @property
    def channels(self) -> int:
        """Number of input channels."""
        return self.inputs

    @property
    def filters(self) -> int:
        """Number of kernels, and so of feature maps."""
        return int(self.kernel.shape[3])

    @property
    def window(self) -> Window:
        return Window(self.kernel_size, self.stride, self.dilation, self.padding)

    @property
    def settings(self) -> tuple[int, Padding, int, EdgeMode, bool]:
        """Everything but the numbers and names: (stride, padding, dilation, edge, flip)."""
        return self.stride, self.padding, self.dilation, self.edge, self.flip

    def turned(self, weights: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        """True convolution computes with kernels that are turned by half a turn."""
        return [array[::-1, ::-1] if self.flip and array.ndim == 4 else array for array in weights]

    def check_fit(self, shape: tuple[int, ...]) -> None:
        if not self.fits(shape):
            raise PlaygroundError(
                f"These kernels have weights for {self.channels} input "
                f"channel{'s' if self.channels > 1 else ''}, but the input has {shape[-1]}."
            )


@dataclass(frozen=True)
class ActivationSpec(LayerSpec):
    """An elementwise activation; `slope` is that of leaky ReLU's negative side."""

    name: ActivationName = "relu"
    slope: float = 0.1

    @property
    def key(self) -> str:
        return self.name


@dataclass(frozen=True)
class Pool2DSpec(LayerSpec):
    """Max or average pooling over size × size windows that do not overlap."""

    kind: PoolKind = "max"
    size: int = 2

    needs_maps = True

    @property
    def key(self) -> str:
        return f"{self.kind}_pool"

    @property
    def window(self) -> Window:
        return Window((self.size, self.size), self.size, pools=True)


@dataclass(frozen=True)
class FlattenSpec(LayerSpec):
    """Maps become one row of numbers."""

    key = "flatten"
    window = None
    lays_in_row = True


@dataclass(frozen=True)
class GlobalAveragePool2DSpec(LayerSpec):
    """Each map becomes one number, its mean."""

    key = "global_average"
    window = None


@dataclass(frozen=True)
class DropoutSpec(LayerSpec):
    """In training, a random share of the values is forgotten."""

    rate: float = 0.25

    key = "dropout"


@dataclass(frozen=True, eq=False)
class DenseSpec(_Bank):
    """Units that each weigh every input: kernel (inputs, units), bias (units,), names (units,).

    ids (units,), all 0 by default.
    """

    key = "dense"
    window = None
    input_axes = 1

    def __post_init__(self) -> None:
        if self.kernel.ndim != 2 or not self.bias.shape == (self.units,) == (len(self.names),):
            raise PlaygroundError(
                f"A dense layer needs weights of shape (inputs, units), one bias and one name per "
                f"unit, not {self.kernel.shape}, {self.bias.shape} and {len(self.names)} names."
            )
        super().__post_init__()

    @property
    def units(self) -> int:
        """Number of outputs."""
        return int(self.kernel.shape[1])

    def with_setting(self, name: str, value: float, draw: Draw) -> Self:
        """So many units: the first are kept, and new ones are drawn."""
        assert name == "units"
        units, kept = int(value), min(self.units, int(value))
        check_dense(self.inputs, units)
        kernel, bias = draw((self.inputs, units)), np.zeros(units, np.float32)
        kernel[:, :kept], bias[:kept] = self.kernel[:, :kept], self.bias[:kept]
        names = (*self.names[:kept], *numbered("unit", kept, units))
        ids = (*self.ids[:kept], *[0] * (units - kept))
        return replace(self, kernel=kernel, bias=bias, names=names, ids=ids)

    def check_fit(self, shape: tuple[int, ...]) -> None:
        if not self.fits(shape):
            raise PlaygroundError(
                f"This dense layer has weights for {self.inputs} inputs, but {shape[0]} come in."
            )

    def check_size(self, inputs: int) -> None:
        check_dense(inputs, self.units)


def check_dense(inputs: int, units: int) -> None:
    """Raises PlaygroundError where a dense layer would have too many weights."""
    if inputs * units > LARGEST_DENSE:
        raise PlaygroundError(
            f"A dense layer of {units} units would need {inputs * units} weights here: pool "
            "before it, or put GlobalAverage in place of Flatten."
        )


def numbered(word: str, start: int, stop: int) -> tuple[str, ...]:
    """Names of new kernels or units, such as "unit 3" and "unit 4"."""
    return tuple(f"{word} {number}" for number in range(start, stop))
