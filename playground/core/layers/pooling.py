"""Pooling layers: each size × size window that fits becomes one value.

    max      out = max of the window     the gradient goes to the first of its largest values
    average  out = mean of the window    the gradient is shared out evenly
    global average: the window is the whole map, and the map becomes one number

Rows and columns that fill no whole window are left out, as in Keras's "valid".
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import is_whole
from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape
from playground.core.specs import FloatArray


class _Pool2D(Layer):
    """Windows of size × size, side by side."""

    def __init__(self, size: int = 2) -> None:
        """Raises PlaygroundError for a size below 1."""
        super().__init__()
        if not is_whole(size, 1):
            raise PlaygroundError("A pooling window is at least 1 × 1.")
        self.size = int(size)
        self._shape: Shape = ()

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
        return self.relay.get(inputs, shape, inputs.dtype)

    def _members(self, maps: FloatArray) -> Iterator[FloatArray]:
        """For each place in the window, the values (H', C, W', N) that stand there."""
        size = self.size
        high, wide = maps.shape[0] // size * size, maps.shape[2] // size * size
        for y in range(size):
            for x in range(size):
                yield maps[y:high:size, :, x:wide:size]

    def _input_gradient(self, gradient: FloatArray) -> FloatArray:
        out = self.relay.get(gradient, self._shape, gradient.dtype)
        if self._shape[0] % self.size or self._shape[2] % self.size:
            out.fill(0)
        return out


class MaxPool2D(_Pool2D):
    """The largest value of each window: of each of its rows first, and then of these.

    Where the largest value stands is found on the way forward, while the maps are still in the
    cache: on the way back they need not be read again.
    """

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) → output (H', C, W', N)."""
        self._shape, out = inputs.shape, self._output(inputs)
        in_row, in_column = self._places(out.shape)
        across, rows = self._across(inputs), self._rows(out.shape, inputs)
        _largest(across, rows)
        _find(across, rows, in_row)
        down = [rows[y :: self.size] for y in range(self.size)]
        _largest(down, out)
        _find(down, out, in_column)
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self._input_gradient(gradient)
        in_row, in_column = self._places(gradient.shape)
        rows = self._rows(gradient.shape, gradient)
        down = [rows[y :: self.size] for y in range(self.size)]
        self._hand_out(gradient, in_column, down)
        self._hand_out(rows, in_row, self._across(out))
        return out

    def _places(self, shape: Shape) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether the first, second … is a row's first largest value, or a window's such row.

        There is no need to know it of the last.
        """
        high, *rest = shape
        return (
            self._work.get("in row", (self.size - 1, high * self.size, *rest), bool),
            self._work.get("in column", (self.size - 1, high, *rest), bool),
        )

    def _rows(self, shape: Shape, like: FloatArray) -> FloatArray:
        """What belongs to the rows of all windows of an output of `shape`."""
        return self.relay.scratch.get("rows", (shape[0] * self.size, *shape[1:]), like.dtype)

    def _across(self, maps: FloatArray) -> list[FloatArray]:
        """The first, second … value of each row of each window."""
        size = self.size
        high, wide = maps.shape[0] // size * size, maps.shape[2] // size * size
        return [maps[:high, :, x:wide:size] for x in range(size)]

    def _hand_out(
        self, gradient: FloatArray, places: NDArray[np.bool_], members: list[FloatArray]
    ) -> None:
        """Write the gradient into the member whose place it is, and 0 into the others."""
        if len(members) == 1:
            members[0][...] = gradient
            return
        taken, left = self.relay.scratch.get("taken", gradient.shape, gradient.dtype), gradient
        for number, (place, member) in enumerate(zip(places, members[:-1], strict=True)):
            # A copy and a product of floats are faster than a product of bools and floats.
            np.copyto(taken, place)
            np.multiply(taken, gradient, out=taken)
            np.copyto(member, taken)
            last = number == len(members) - 2
            rest = members[-1] if last else self._left(gradient)
            left = np.subtract(left, taken, out=rest)

    def _left(self, gradient: FloatArray) -> FloatArray:
        return self.relay.scratch.get("left", gradient.shape, gradient.dtype)


def _largest(members: list[FloatArray], out: FloatArray) -> None:
    """The largest of `members`, value by value."""
    np.maximum(members[0], members[-1], out=out)
    for member in members[1:-1]:
        np.maximum(out, member, out=out)


def _find(members: list[FloatArray], largest: FloatArray, places: NDArray[np.bool_]) -> None:
    """For each but the last of `members`, where it is the first that is the `largest`."""
    for number, (member, place) in enumerate(zip(members[:-1], places, strict=True)):
        np.equal(member, largest, out=place)
        for earlier in places[:number]:
            np.greater(place, earlier, out=place)


class AveragePool2D(_Pool2D):
    """The mean of each window."""

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) → output (H', C, W', N)."""
        self._shape = inputs.shape
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
        height, channels, width, count = inputs.shape
        # One axis after the other is three times faster than both at once.
        rows = self.relay.scratch.get("rows", (channels, width, count), inputs.dtype)
        np.add.reduce(inputs, axis=0, out=rows)
        out = self._work.get("out", (channels, count), inputs.dtype)
        np.add.reduce(rows, axis=1, out=out)
        out *= inputs.dtype.type(1 / (height * width))
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self.relay.get(gradient, self._shape, gradient.dtype)
        share = gradient.dtype.type(1 / (self._shape[0] * self._shape[2]))
        np.multiply(gradient[np.newaxis, :, np.newaxis], share, out=out)
        return out
