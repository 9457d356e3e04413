"""What every layer has: a forward pass, its gradient, and its weights.

Inside a network a batch of N pictures (N, H, W, C) lies as (H, C, W, N): the batch is the last,
contiguous axis, so that every elementwise operation runs over long rows, and a row of pixels with
its channels is one block, so that a convolution is matrix products without unfolding. Vectors lie
as (units, N). The network converts at its door (network.py).

A layer owns no arrays of weights: the network keeps all weights in one vector and all gradients
in another and hands each layer its pieces (`bind`), so that an optimizer is a few operations on
two vectors. Work arrays are used again in the next pass.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.core.kernels.initializers import Initializer, get
from playground.core.specs import FloatArray

Shape: TypeAlias = tuple[int, ...]

_LINE = 64
"""Bytes of a cache line, and of the widest vector registers."""


def batch_last(values: NDArray[Any]) -> NDArray[Any]:
    """Pictures (N, H, W, C) as (H, C, W, N), anything else (N, …) as (…, N): a view."""
    return values.transpose(1, 3, 2, 0) if values.ndim == 4 else np.moveaxis(values, 0, -1)


def batch_first(values: NDArray[Any]) -> NDArray[Any]:
    """What `batch_last` was given: a view."""
    return values.transpose(3, 0, 2, 1) if values.ndim == 4 else np.moveaxis(values, -1, 0)


class WorkArrays:
    """Arrays that are used again as long as they are large enough."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {}
        self._last: dict[str, NDArray[Any]] = {}

    def __deepcopy__(self, memo: dict[int, object]) -> WorkArrays:
        """Work arrays are not shared and not worth copying."""
        return WorkArrays()

    def get(self, name: str, shape: Shape, dtype: DTypeLike) -> NDArray[Any]:
        """An array of `shape` with whatever values it last had."""
        last = self._last.get(name)
        if last is not None and last.shape == shape and last.dtype == dtype:
            return last
        size = math.prod(shape)
        flat = self._arrays.get(name)
        if flat is None or flat.size < size or flat.dtype != dtype:
            flat = self._arrays[name] = _aligned(size, dtype)
        self._last[name] = flat[:size].reshape(shape)
        return self._last[name]


class Relay:
    """Two arrays for what only the next layer looks at: it reads the one and writes the other.

    All maps on the way forward and all gradients on the way back go through the same memory,
    which therefore stays in the cache: a step is a tenth faster, two side by side a bit more.
    """

    def __init__(self) -> None:
        self._arrays = [np.empty(0, np.float32), np.empty(0, np.float32)]
        self.scratch = WorkArrays()
        """What a layer needs within one pass only, and the next layer may write over."""

    def __deepcopy__(self, memo: dict[int, object]) -> Relay:
        """The copy of a layer passes nothing on to the layers of the original."""
        return Relay()

    def get(self, beside: NDArray[Any], shape: Shape, dtype: DTypeLike) -> NDArray[Any]:
        """An array of `shape` that is no part of `beside`, valid until the second next `get`."""
        size = math.prod(shape)
        number = 1 if np.may_share_memory(self._arrays[0], beside) else 0
        if self._arrays[number].size < size or self._arrays[number].dtype != dtype:
            self._arrays[number] = _aligned(size, dtype)
        return self._arrays[number][:size].reshape(shape)

    def over(self, values: NDArray[Any]) -> NDArray[Any]:
        """`values` themselves where they have been handed on, and else an array like them."""
        return values if self.holds(values) else self.get(values, values.shape, values.dtype)

    def holds(self, values: NDArray[Any]) -> bool:
        """Whether the next layers would write over `values`."""
        return any(np.may_share_memory(array, values) for array in self._arrays)


def _aligned(size: int, dtype: DTypeLike) -> NDArray[Any]:
    """np.empty(size, dtype), but beginning with a cache line.

    NumPy's own arrays begin in the middle of one, where every vector register is filled from two
    lines: with few channels, products and copies take up to a quarter longer.
    """
    kind = np.dtype(dtype)
    raw = np.empty(size * kind.itemsize + _LINE, np.uint8)
    start = -raw.ctypes.data % _LINE
    return raw[start : start + size * kind.itemsize].view(kind)


def initialize(
    weights: list[FloatArray], initializer: str | Initializer, generator: np.random.Generator
) -> None:
    """Fill [kernel, bias], or a kernel alone: kernels are drawn, and biases are zero."""
    kernel, *bias = weights
    kernel[...] = get(initializer)(kernel.shape, generator)
    for values in bias:
        values[...] = 0


class Layer(ABC):
    """One layer of a network; shapes are Keras's without the batch: (H, W, C) or (units,)."""

    def __init__(self) -> None:
        self.trainable = True
        self._work = WorkArrays()
        """What is kept from one pass to the next."""
        self.relay = Relay()
        """Where its output goes unless it needs that itself, and its gradient of the inputs."""
        self._weights: list[FloatArray] = []
        self._gradients: list[FloatArray] = []

    @property
    def name(self) -> str:
        """Keras's name of the kind of layer."""
        return type(self).__name__

    @property
    def weights(self) -> list[FloatArray]:
        """[kernel, bias] in Keras's order, layout and shapes: the live numbers, not copies."""
        return [self.in_keras_layout(array) for array in self._weights]

    @property
    def gradients(self) -> list[FloatArray]:
        """∂loss/∂weight after the last backward pass, shaped as `weights`; live as well."""
        return [self.in_keras_layout(array) for array in self._gradients]

    @abstractmethod
    def output_shape(self, shape: Shape) -> Shape:
        """The shape that comes out where `shape` goes in; PlaygroundError where it cannot."""

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """Shapes of the weight arrays for this input, as they are stored."""
        return []

    def initialize(self, generator: np.random.Generator) -> None:
        """Fill the bound weights with a fresh start."""

    def reseed(self, seed: tuple[int, ...], start: int = 0, whole: int | None = None) -> None:
        """Draw this step's random numbers, where the layer uses any, from `seed`.

        They are drawn for a batch of `whole` examples, of which the next pass has those from
        `start` on: whoever passes a part of a batch, or all of it, draws the same for an example.
        """

    def bind(self, weights: list[FloatArray], gradients: list[FloatArray]) -> None:
        """Use these arrays (of `weight_shapes`) for weights and gradients from now on."""
        self._weights, self._gradients = weights, gradients

    @abstractmethod
    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """The layer's output, valid until the layer after the next one has its own."""

    @abstractmethod
    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        """∂loss/∂inputs of the last forward pass from ∂loss/∂output; fills `gradients`.

        Nothing is given back where the gradient of the inputs is not `wanted`.
        """

    def in_keras_layout(self, stored: FloatArray) -> FloatArray:
        """A view of a stored weight array in the shape that Keras gives it."""
        return stored
