"""The convolution's sum by bands: kw copies of the input where unfolding makes kh·kw.

A band holds, for each padded input row r, the kw horizontally shifted copies of every channel,

    band[r, c, x, j] = padded[r, c, j·s + x]                          (rows, C_in, kw, W')

so the kh rows under one output row are one contiguous (kh·C_in·kw, W') matrix, and each output row
is one matrix product with the kernel as (C_out, kh·C_in·kw). This holds for dilation 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from playground.core.edges import padded_window
from playground.core.specs import EdgeMode, FloatArray

_FEWEST_ROWS, _MOST_ROWS = 64, 256
"""Output rows that share one band: the kh − 1 rows between two bands are copied twice."""

_CACHE_BYTES = 1 << 20
"""More than the fewest rows share a band where it stays in the second-level cache."""

_MATRIX_BYTES = 256 << 10
"""The matrix under one output row; it stays in the second-level cache while it is multiplied."""

_BAND_BYTES = 16 << 20
"""A band is never larger than this, however wide the kernel and however many the channels."""


class Bands:
    """Computes strips of output rows of one image; its buffers are reused from strip to strip."""

    def __init__(
        self,
        image: FloatArray,
        kernel_size: tuple[int, int],
        corner: tuple[int, int],
        size: tuple[int, int],
        stride: int,
        edge: EdgeMode,
    ) -> None:
        """`corner` is the padded coordinate (row, column) of the first tap; `size` is (H', W')."""
        self._image, self._edge, self._stride = image, edge, stride
        self._kernel_size, self._corner = kernel_size, corner
        (kh, kw), channels = kernel_size, image.shape[2]
        height, self._width = size
        per_row = channels * kw * image.itemsize
        self._tile = min(self._width, max(64, _MATRIX_BYTES // (kh * per_row)))
        rows = min(max(_CACHE_BYTES // (per_row * self._tile), _FEWEST_ROWS), _MOST_ROWS)
        tall = max(kh, _BAND_BYTES // (per_row * self._tile))
        self.strip_rows = min(height, rows, max(1, (tall - kh) // stride + 1))
        tall = (self.strip_rows - 1) * stride + kh
        wide = (self._tile - 1) * stride + kw
        self._padded: NDArray[Any] = np.empty(tall * channels * wide, image.dtype)
        self._band: NDArray[Any] = np.empty(tall * channels * kw * self._tile, image.dtype)

    def correlate(self, weights: FloatArray, start: int, stop: int, out: NDArray[Any]) -> None:
        """Write output rows [start, stop) into `out` (C_out, stop − start, W').

        weights (C_out, kh·C_in·kw); at most `strip_rows` rows at a time.
        """
        for left in range(0, self._width, self._tile):
            right = min(left + self._tile, self._width)
            band = self._lay_out(start, stop, left, right)
            row, item = band.strides[0], band.itemsize
            matrices = as_strided(
                band,
                (stop - start, weights.shape[1], right - left),
                (self._stride * row, (right - left) * item, item),
            )
            np.matmul(weights, matrices, out=out[:, :, left:right].transpose(1, 0, 2))

    def _lay_out(self, start: int, stop: int, left: int, right: int) -> NDArray[Any]:
        """The band (rows, C_in, kw, W') under the outputs [start, stop) × [left, right)."""
        (kh, kw), stride, channels = self._kernel_size, self._stride, self._image.shape[2]
        top, first = self._corner[0] + start * stride, self._corner[1] + left * stride
        tall = (stop - start - 1) * stride + kh
        reach = (right - left - 1) * stride + 1
        wide = reach + kw - 1
        padded = self._padded[: tall * channels * wide].reshape(tall, channels, wide)
        planes = padded.transpose(1, 0, 2)
        padded_window(self._image, (top, top + tall), (first, first + wide), self._edge, planes)
        band = self._band[: tall * channels * kw * (right - left)]
        band = band.reshape(tall, channels, kw, right - left)
        for x in range(kw):
            band[:, :, x] = padded[:, :, x : x + reach : stride]
        return band
