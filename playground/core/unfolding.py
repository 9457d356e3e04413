"""The convolution's sum by unfolding (im2col), for any stride and dilation.

    unfolded[y, x, c, i, j] = padded[c, i·s + d·y, j·s + d·x]         (kh, kw, C_in, rows, W')

is one (kh·kw·C_in, rows·W') matrix, so a strip of output rows is one matrix product.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.edges import padded_window
from playground.core.geometry import effective_size
from playground.core.specs import EdgeMode, FloatArray

_STRIP_BYTES = 4 << 20


class Unfolding:
    """Computes strips of output rows of one image."""

    def __init__(
        self,
        image: FloatArray,
        kernel_size: tuple[int, int],
        corner: tuple[int, int],
        width: int,
        stride: int,
        dilation: int,
        edge: EdgeMode,
    ) -> None:
        """`corner` is the padded coordinate (row, column) of the first tap; `width` is W'."""
        self._image, self._kernel_size, self._corner = image, kernel_size, corner
        self._width, self._stride, self._dilation, self._edge = width, stride, dilation, edge
        per_row = kernel_size[0] * kernel_size[1] * image.shape[2] * width * image.itemsize
        self.strip_rows = max(1, _STRIP_BYTES // per_row)

    def correlate(self, weights: FloatArray, start: int, stop: int, out: NDArray[Any]) -> None:
        """Write output rows [start, stop) into `out` (C_out, stop − start, W').

        weights (C_out, kh·kw·C_in).
        """
        (kh, kw), stride, dilation = self._kernel_size, self._stride, self._dilation
        count, width, channels = stop - start, self._width, self._image.shape[2]
        row, column = self._corner[0] + start * stride, self._corner[1]
        tall = (count - 1) * stride + effective_size(kh, dilation)
        wide = (width - 1) * stride + effective_size(kw, dilation)
        rows, columns = (row, row + tall), (column, column + wide)
        padded = padded_window(self._image, rows, columns, self._edge)
        unfolded = np.empty((kh, kw, channels, count, width), self._image.dtype)
        last_row, last_column = (count - 1) * stride + 1, (width - 1) * stride + 1
        for y in range(kh):
            for x in range(kw):
                tap = padded[:, y * dilation :, x * dilation :]
                unfolded[y, x] = tap[:, :last_row:stride, :last_column:stride]
        flat = unfolded.reshape(kh * kw * channels, count * width)
        out[...] = (weights @ flat).reshape(len(weights), count, width)
