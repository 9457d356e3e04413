"""Pooling layers: each size × size window that fits becomes one value.

    max      out = max of the window     the gradient goes to the first of its largest values
    average  out = mean of the window    the gradient is shared out evenly
    global average: the window is the whole map, and the map becomes one number

Rows and columns that fill no whole window are left out, as in Keras's "valid".
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape
from playground.core.specs import FloatArray


class _Pool2D(Layer):
    """Windows of size × size, side by side."""

    def __init__(self, size: int = 2) -> None:
        """Raises PlaygroundError for a size below 1."""
        super().__init__()
        if size < 1:
            raise PlaygroundError("A pooling window is at least 1 × 1.")
        self.size = size
        self._input: FloatArray = np.empty(0)

    def output_shape(self, shape: Shape) -> Shape:
        if len(shape) != 3:
            raise PlaygroundError(
                "Pooling needs pictures (height, width, channels), not a row of numbers: put it "
                "before Flatten and Dense."
            )
        height, width, channels = shape
        if min(height, width) < self.size:
            raise PlaygroundError(
                f"A pooling window of {self.size} × {self.size} does not fit in a map of "
                f"{height} × {width}: choose a smaller window or fewer pooling layers."
            )
        return (height // self.size, width // self.size, channels)

    def _output(self, inputs: FloatArray) -> FloatArray:
        height, channels, width, count = inputs.shape
        shape = (height // self.size, channels, width // self.size, count)
        return self._work.get("out", shape, inputs.dtype)

    def _members(self, maps: FloatArray) -> Iterator[FloatArray]:
        """For each place in the window, the values (H', C, W', N) that stand there."""
        size = self.size
        high, wide = maps.shape[0] // size * size, maps.shape[2] // size * size
        for y in range(size):
            for x in range(size):
                yield maps[y:high:size, :, x:wide:size]

    def _input_gradient(self, gradient: FloatArray) -> FloatArray:
        out = self._work.get("gradient", self._input.shape, gradient.dtype)
        if self._input.shape[0] % self.size or self._input.shape[2] % self.size:
            out.fill(0)
        return out


class MaxPool2D(_Pool2D):
    """The largest value of each window."""

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) → output (H', C, W', N)."""
        self._input = inputs
        out = self._output(inputs)
        members = list(self._members(inputs))
        np.maximum(members[0], members[-1], out=out)
        for member in members[1:-1]:
            np.maximum(out, member, out=out)
        self._largest = out
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self._input_gradient(gradient)
        # What is left of the gradient: the first largest value takes it, later ones find none.
        left = self._work.get("left", gradient.shape, gradient.dtype)
        left[...] = gradient
        taken = self._work.get("taken", gradient.shape, gradient.dtype)
        for member, into in zip(self._members(self._input), self._members(out), strict=True):
            np.equal(member, self._largest, out=taken, casting="unsafe")
            np.multiply(taken, left, out=taken)
            into[...] = taken
            left -= taken
        return out


class AveragePool2D(_Pool2D):
    """The mean of each window."""

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) → output (H', C, W', N)."""
        self._input = inputs
        out = self._output(inputs)
        for number, member in enumerate(self._members(inputs)):
            if number == 0:
                out[...] = member
            else:
                out += member
        out *= inputs.dtype.type(1 / self.size**2)
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self._input_gradient(gradient)
        share = gradient.dtype.type(1 / self.size**2)
        for into in self._members(out):
            np.multiply(gradient, share, out=into)
        return out


class GlobalAveragePool2D(Layer):
    """The mean of each map: (H, W, C) → (C,)."""

    def output_shape(self, shape: Shape) -> Shape:
        if len(shape) != 3:
            raise PlaygroundError("Global pooling needs pictures, not a row of numbers.")
        return (shape[2],)

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) → output (C, N)."""
        self._shape = inputs.shape
        out = self._work.get("out", (inputs.shape[1], inputs.shape[3]), inputs.dtype)
        return np.mean(inputs, axis=(0, 2), out=out)

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self._work.get("gradient", self._shape, gradient.dtype)
        share = gradient.dtype.type(1 / (self._shape[0] * self._shape[2]))
        return np.multiply(gradient[np.newaxis, :, np.newaxis], share, out=out)
