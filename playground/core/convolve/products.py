"""Kernels as a matrix, multiplied with the matrices that lie under the rows of a band.

A band (see bands.py) holds `row` values per row, and an output row looks at kh neighbouring ones:

    out[o, n] = W[o] · band[n·step : n·step + kh]      W (C_out, kh·row), the band flattened to
                                                       (rows·row, columns)

With very few kernels several output rows are one product: below each other in one matrix stand the
same weights, each line `step` band rows further on than the one above,

    [out[o, n], out[o, n + 1]]ᵀ = [[W[o], 0], [0, W[o]]] · band[n·step : (n + 1)·step + kh]

where the zeros are step·row wide. A product of one line takes as long as one of two.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray

_LARGEST_PRODUCT = 900_000
"""Multiplications in one matrix product.

Below a million OpenBLAS multiplies in place and on the calling thread. Above, it first packs the
matrices and shares the work out, which takes longer for so few kernels, and much longer where
another program has the other core.
"""

_MATRIX_BYTES = 320 << 10
"""The matrix under one output row; it stays in the second-level cache while it is multiplied."""

_FEWEST_COLUMNS, _USUAL_COLUMNS = 32, 64
_FEWEST_KERNELS = 8
_FEW_KERNELS, _LINES = 4, 2


class RowProducts:
    """One bank's kernels, ready to be multiplied with bands of one step."""

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
