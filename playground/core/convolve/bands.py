"""The convolution's sum by bands: kw copies of the input where unfolding (im2col) makes kh·kw.

With stride s, dilation d and g = gcd(s, d), the output rows ρ, ρ + d/g, ρ + 2·d/g … look at input
rows that are d apart. For each such class ρ of rows a band holds, for each of those input rows,
the kw shifted copies of every channel,

    band[t, c, x, j] = padded[ρ·s + d·t, c, j·s + d·x]                (rows, C_in, kw, W')

so the kh band rows under the class's n-th output row, those from n·s/g on, are one contiguous
(kh·C_in·kw, W') matrix, and the output row is one matrix product.
"""

from __future__ import annotations

from itertools import pairwise
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.convolve.edges import padded_window
from playground.core.convolve.geometry import effective_size
from playground.core.specs import EdgeMode, FloatArray

_STRIP_BYTES = 640 << 10
"""A band, in the second-level cache; small beside the maps, so that memory is used again."""

_FEWEST_ROWS = 32
"""Output rows that share a band at least: the kh − 1 rows between two are copied twice."""
_LARGEST_PRODUCT = 900_000
"""Multiplications in one matrix product.

Below a million OpenBLAS multiplies in place and on the calling thread. Above, it first packs the
matrices and shares the work out, which takes longer for so few kernels, and much longer where
another program has the other core.
"""
_MATRIX_BYTES = 320 << 10
"""The matrix under one output row; it stays in the second-level cache while it is multiplied."""
# A product of fewer columns takes longer to begin than to compute; 64 are usual.
_FEWEST_COLUMNS, _USUAL_COLUMNS = 32, 64
# Each group of kernels reads the whole band anew.
_FEWEST_KERNELS = 8
# With fewer than four kernels, a product of two lines takes as long as one of one.
_FEW_KERNELS, _LINES = 4, 2


class Bands:
    """Computes strips of output rows of one image; its buffers are reused from strip to strip."""

    def __init__(
        self,
        image: NDArray[Any],
        kernel: FloatArray,
        corner: tuple[int, int],
        size: tuple[int, int],
        stride: int,
        dilation: int,
        edge: EdgeMode,
    ) -> None:
        """`corner` is the padded coordinate (row, column) of the first tap; `size` is (H', W').

        image (H, W, C_in) of any type of number, kernel (kh, kw, C_in, C_out).
        """
        self._image, self._edge, self._corner = image, edge, corner
        self._stride, self._dilation = stride, dilation
        self._kernel_size = kernel.shape[:2]
        common = gcd(stride, dilation)
        self._classes, self._step = dilation // common, stride // common
        height, self._width = size
        self._products = RowProducts(kernel, self._step, -(-height // self._classes))
        tiles = -(-self._width // self._products.widest)
        self._tile = -(-self._width // tiles)
        self.strip_rows = self._rows_of_a_strip(height, kernel)
        tall, wide = self._reach(self.strip_rows, self._tile)
        (kh, kw), channels = self._kernel_size, image.shape[2]
        rows = (-(-self.strip_rows // self._classes) - 1) * self._step + kh
        self._padded: NDArray[Any] = np.empty(tall * channels * wide, kernel.dtype)
        self._band: NDArray[Any] = np.empty(rows * channels * kw * self._tile, kernel.dtype)

    def correlate(self, start: int, stop: int, out: NDArray[Any]) -> None:
        """Write output rows [start, stop), at most `strip_rows`, into `out` (C_out, rows, W')."""
        for left in range(0, self._width, self._tile):
            right = min(left + self._tile, self._width)
            rows, tap = self._input(start, stop, left, right)
            for first in range(min(self._classes, stop - start)):
                chosen = out[:, first :: self._classes, left:right]
                band = self._lay_out(rows, tap, first, chosen.shape[1:])
                self._products.multiply(band, chosen)

    def _input(
        self, start: int, stop: int, left: int, right: int
    ) -> tuple[NDArray[Any], tuple[int, int]]:
        """Input (rows, C_in, columns) for the outputs [start, stop) × [left, right).

        Zeros lie all around it; with it comes where the first output's first tap is in it (row,
        column). A single channel is the image itself, where zeros lie around that: one copy less,
        unless its numbers have to become floats, once and not kw times.
        """
        top, column = self._corner[0] + start * self._stride, self._corner[1] + left * self._stride
        tall, wide = self._reach(stop - start, right - left)
        height, width, channels = self._image.shape
        inside = min(top, column) >= 0 and top + tall <= height and column + wide <= width
        ready = channels == 1 and self._image.dtype == self._padded.dtype
        if ready and (inside or self._edge == "zero"):
            return self._image.transpose(0, 2, 1), (top, column)
        padded = self._padded[: tall * channels * wide].reshape(tall, channels, wide)
        rows, columns = (top, top + tall), (column, column + wide)
        padded_window(self._image, rows, columns, self._edge, padded.transpose(1, 0, 2))
        return padded, (0, 0)

    def _lay_out(
        self, rows: NDArray[Any], tap: tuple[int, int], first: int, size: tuple[int, ...]
    ) -> NDArray[Any]:
        """The band under the `size` outputs of the class that begins with output row `first`."""
        (kh, kw), stride, dilation = self._kernel_size, self._stride, self._dilation
        count, width = size
        tall, channels = (count - 1) * self._step + kh, rows.shape[1]
        band = self._band[: tall * channels * kw * width].reshape(tall, channels, kw, width)
        above, below, inner = _inside(tap[0] + first * stride, dilation, tall, rows.shape[0])
        rows = rows[inner]
        for x in range(kw):
            low, high, inner = _inside(tap[1] + x * dilation, stride, width, rows.shape[2])
            band[above:below, :, x, low:high] = rows[:, :, inner]
            if low > 0:
                band[:, :, x, :low] = 0
            if high < width:
                band[:, :, x, high:] = 0
        if above > 0:
            band[:above] = 0
        if below < tall:
            band[below:] = 0
        return band

    def _reach(self, rows: int, columns: int) -> tuple[int, int]:
        """Padded rows and columns under so many outputs."""
        kh, kw = self._kernel_size
        return (
            (rows - 1) * self._stride + effective_size(kh, self._dilation),
            (columns - 1) * self._stride + effective_size(kw, self._dilation),
        )

    def _rows_of_a_strip(self, height: int, kernel: FloatArray) -> int:
        """As many output rows as the buffers hold; whole classes, and pairs of rows in each."""
        _, wide = self._reach(1, self._tile)
        values: int = kernel.shape[2] * max(kernel.shape[1] * self._tile, wide * self._stride)
        rows = max(_FEWEST_ROWS, _STRIP_BYTES // (values * kernel.itemsize))
        return min(height, max(1, rows // (2 * self._classes)) * 2 * self._classes)


def _inside(begin: int, step: int, count: int, size: int) -> tuple[int, int, slice]:
    """Which of the coordinates begin + i·step, i < count, lie in [0, size).

    They are those of i in [low, high); and the slice of them.
    """
    low = min(count, -(begin // step)) if begin < 0 else 0
    high = max(low, min(count, -(-(size - begin) // step)))
    start = begin + low * step
    return low, high, slice(start, max(start, start + (high - low - 1) * step + 1), step)


class RowProducts:
    """One bank's kernels, ready to be multiplied with bands of one step.

    A band holds `row` values per row, and an output row looks at kh neighbouring ones:

        out[o, n] = W[o] · band[n·step : n·step + kh]      W (C_out, kh·row), the band flattened to
                                                           (rows·row, columns)

    With very few kernels several output rows are one product: below each other in one matrix stand
    the same weights, each line `step` band rows further on than the one above,

        [out[o, n], out[o, n + 1]]ᵀ = [[W[o], 0], [0, W[o]]] · band[n·step : (n + 1)·step + kh]

    where the zeros are step·row wide. A product of one line takes as long as one of two.
    """

    def __init__(self, kernel: FloatArray, step: int, rows: int) -> None:
        """A kernel (kh, kw, C_in, C_out), and how many output rows there will be."""
        _, kw, channels, filters = kernel.shape
        self._step = step
        self._lines = _LINES if filters < _FEW_KERNELS and rows >= _LINES else 1
        self._weights = np.ascontiguousarray(kernel.transpose(3, 0, 2, 1)).reshape(filters, -1)
        self._lined = _lines_of(self._weights, self._lines, step * channels * kw)
        deep = self._lined.shape[2]
        together = max(_FEWEST_KERNELS, _LARGEST_PRODUCT // (deep * _USUAL_COLUMNS))
        count = -(-filters // together)
        bounds = [number * filters // count for number in range(count + 1)]
        self._groups = [slice(*pair) for pair in pairwise(bounds)]
        tall = self._lines if self._lines > 1 else -(-filters // count)
        largest = _LARGEST_PRODUCT // (tall * deep), _MATRIX_BYTES // (deep * kernel.itemsize)
        self.widest = max(_FEWEST_COLUMNS, min(largest))
        """Columns of a band that make products of the right size."""

    def multiply(self, band: NDArray[Any], out: NDArray[Any]) -> None:
        """Write into `out` (C_out, n, columns) the rows over `band` (rows, C_in, kw, columns)."""
        count, lines = out.shape[1], self._lines
        if lines == 1 or count < lines:
            self._multiply_rows(band, out)
            return
        self._multiply_lines(band, out[:, : count - count % lines], 0)
        if count % lines:
            # The last lines once more, rather than another matrix for what is left over.
            self._multiply_lines(band, out[:, count - lines :], count - lines)

    def _multiply_rows(self, band: NDArray[Any], out: NDArray[Any]) -> None:
        """The formula itself: one product for each output row and group of kernels."""
        matrices = _under(band, 0, out.shape[1], self._step, self._weights.shape[1])
        for group in self._groups:
            np.matmul(self._weights[group], matrices, out=out[group].transpose(1, 0, 2))

    def _multiply_lines(self, band: NDArray[Any], out: NDArray[Any], first: int) -> None:
        """Output rows from `first` on, as many as `out` has: whole groups of lines."""
        filters, count, columns = out.shape
        blocks, step = count // self._lines, self._lines * self._step
        matrices = _under(band, first * self._step, blocks, step, self._lined.shape[2])
        # To part an axis makes a view, whatever the strides are.
        np.matmul(
            self._lined[:, np.newaxis],
            matrices,
            out=out.reshape(filters, blocks, self._lines, columns),
        )


def _lines_of(weights: FloatArray, lines: int, shift: int) -> FloatArray:
    """For each kernel its weights `lines` times below each other, each `shift` further on."""
    filters, deep = weights.shape
    lined = np.zeros((filters, lines, deep + (lines - 1) * shift), weights.dtype)
    for line in range(lines):
        lined[:, line, line * shift : line * shift + deep] = weights
    return lined


def _under(band: NDArray[Any], first: int, count: int, step: int, deep: int) -> NDArray[Any]:
    """`count` overlapping (deep, columns) matrices, `step` band rows apart from row `first` on."""
    shape, row = (count, deep, band.shape[3]), band.strides[0]
    # The same as as_strided, which takes as long as a small product; and it checks the bounds.
    strides = (step * row if count > 1 else row, band.strides[2], band.itemsize)
    return np.ndarray(shape, band.dtype, band, first * row, strides)
