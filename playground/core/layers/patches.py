"""The patches under every output position, as matrices that need few copies; and back again.

P[i] (K, W'·N) holds, below each other for y = 0 … kh − 1, the kw shifted copies of input row
i·s + d·y. Without dilation those kh blocks are neighbours in

    band[h, x, c, j, n] = in[h − top, c, j·s + d·x − left, n]     (H + padding, kw, C_in, W', N)

which is zero where that lies outside of the input. So P is a view of it in which rows overlap,
and kw copies of the input are enough where unfolding makes kh·kw. With dilation the rows are
copied apart.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.layers.base import Relay, WorkArrays
from playground.core.specs import FloatArray

_SPREAD_BYTES = 512 << 10
"""Gradients of patches that are made before they are added up: they stay in the cache."""

Sides = tuple[int, int, int, int]


class Patches:
    """The patches of one convolution layer's input; its arrays are used again in the next pass."""

    def __init__(self, kernel_size: tuple[int, int], stride: int, dilation: int) -> None:
        self._kernel_size, self._stride, self._dilation = kernel_size, stride, dilation
        self._work = WorkArrays()
        self._bordered: tuple[Any, ...] = ()
        self._views: tuple[NDArray[Any], NDArray[Any]] | None = None
        self.input_shape: tuple[int, ...] = ()
        self.sides: Sides = (0, 0, 0, 0)
        self._width = 0
        self.last: NDArray[Any] = np.empty((0, 0, 0))
        """P (H', K, W'·N) of the last forward pass."""

    def __deepcopy__(self, memo: dict[int, object]) -> Patches:
        """A layer's copy makes arrays of its own: a border of zeros goes with its array."""
        return Patches(self._kernel_size, self._stride, self._dilation)

    def under(self, inputs: FloatArray, size: tuple[int, int], sides: Sides) -> NDArray[Any]:
        """P (H', K, W'·N) for inputs (H, C_in, W, N) and outputs of `size` (H', W')."""
        self.input_shape, self.sides, self._width = inputs.shape, sides, size[1]
        height, channels, width, count = inputs.shape
        (kh, kw), (rows, columns) = self._kernel_size, size
        tall = height + sides[0] + sides[1]
        deep = kw * channels
        # Where there is no dilation, kernel row 0 of `tall` rows holds those of all kernel rows.
        apart = 1 if self._dilation == 1 else kh
        shape = (tall if apart == 1 else rows, apart, kw, channels, columns, count)
        band = self._band(shape, inputs)
        for y in range(apart):
            if apart == 1:
                to_rows, from_rows = slice(sides[0], sides[0] + height), slice(0, height)
            else:
                to_rows, from_rows = self._met(y, sides[0], rows, height)
            for x in range(kw):
                to, origin = self._met(x, sides[2], columns, width)
                band[to_rows, y, x, :, to] = inputs[from_rows, :, origin]
        if self._views is None or self._views[0] is not band:
            flat = (rows, kh * deep, columns * count)
            apart_by = 1 if apart > 1 else self._stride
            strides = (apart_by * band.strides[0], band.strides[3], band.itemsize)
            self._views = band, np.ndarray(flat, band.dtype, band, 0, strides)
        self.last = self._views[1]
        return self.last

    def _met(self, tap: int, before: int, count: int, size: int) -> tuple[slice, slice]:
        """The outputs of `count` whose tap lies within `size` inputs, and the inputs it meets."""
        shift, stride = tap * self._dilation - before, self._stride
        first = max(0, -(shift // stride))
        last = min(count, (size - 1 - shift) // stride + 1)
        if first >= last:
            return slice(0, 0), slice(0, 0)
        start = first * stride + shift
        return slice(first, last), slice(start, start + (last - first - 1) * stride + 1, stride)

    def _band(self, shape: tuple[int, ...], inputs: FloatArray) -> NDArray[Any]:
        """An array of `shape` that is zero wherever the taps meet no input."""
        band = self._work.get("band", shape, inputs.dtype)
        border = (inputs.shape, shape, self.sides, inputs.dtype)
        if self._bordered != border:
            band.fill(0)  # only what is met is written, so the border stays zero with the shape
            self._bordered = border
        return band

    def spread(self, weights: NDArray[Any], gradient: NDArray[Any], relay: Relay) -> FloatArray:
        """∂L/∂inputs (H, C_in, W, N) from Wᵀ (K, C_out) and ∂L/∂output (H', C_out, W'·N)."""
        height, channels, width, count = self.input_shape
        top, bottom, left, right = self.sides
        (kh, kw), columns = self._kernel_size, self._width
        tall, wide = height + top + bottom, width + left + right
        total = self._work.get("gradient", (tall, channels, wide, count), gradient.dtype)
        total.fill(0)
        deep, long = weights.shape[0], gradient.shape[2]
        rows = len(gradient)
        together = max(1, min(rows, _SPREAD_BYTES // (deep * long * gradient.itemsize)))
        made = relay.scratch.get("spread", (together, deep, long), gradient.dtype)
        last = (columns - 1) * self._stride + 1
        for start in range(0, rows, together):
            some = gradient[start : start + together]
            part = np.matmul(weights, some, out=made[: len(some)])
            blocks = part.reshape(len(some), kh, kw, channels, columns, count)
            below = total[start * self._stride :]
            for y in range(kh):
                for x in range(kw):
                    at = slice(x * self._dilation, x * self._dilation + last, self._stride)
                    below[self._rows(y, len(some)), :, at] += blocks[:, y, x]
        if not any(self.sides):
            return total
        inside = relay.get(gradient, self.input_shape, gradient.dtype)
        inside[...] = total[top : top + height, :, left : left + width]
        return inside

    def _rows(self, y: int, count: int) -> slice:
        """The input rows under kernel row `y` for the first `count` output rows."""
        first = y * self._dilation
        return slice(first, first + (count - 1) * self._stride + 1, self._stride)
