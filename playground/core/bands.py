"""The convolution's sum by bands: kw copies of the input where unfolding makes kh·kw.

A band holds, for each padded input row r, the kw horizontally shifted copies of every channel,

    band[r, c, x, j] = padded[r, j·s + x, c]                          (rows, C_in, kw, W')

so the kh rows under one output row are one contiguous (kh·C_in·kw, W') matrix, and each output row
is one matrix product with the kernel as (C_out, kh·C_in·kw). This holds for dilation 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from playground.core.edges import source_index
from playground.core.specs import EdgeMode, FloatArray

_BAND_BYTES = 1 << 20
"""A band of this size stays in the processor's second-level cache."""


class Bands:
    """Computes strips of output rows of one image; its buffer is reused from strip to strip."""

    def __init__(
        self,
        image: FloatArray,
        kernel_size: tuple[int, int],
        corner: tuple[int, int],
        width: int,
        stride: int,
        edge: EdgeMode,
    ) -> None:
        """`corner` is the padded coordinate (row, column) of the first tap; `width` is W'."""
        self._image, self._edge, self._stride = image, edge, stride
        self._kernel_size, self._corner, self._width = kernel_size, corner, width
        channels = image.shape[2]
        per_row = channels * kernel_size[1] * width * image.itemsize
        tall = max(kernel_size[0] + 1, _BAND_BYTES // per_row)
        self.strip_rows = max(1, (tall - kernel_size[0]) // stride + 1)
        tall = (self.strip_rows - 1) * stride + kernel_size[0]
        self._band: NDArray[Any] = np.empty((tall, channels, kernel_size[1], width), image.dtype)

    def correlate(self, weights: FloatArray, start: int, stop: int, out: NDArray[Any]) -> None:
        """Write output rows [start, stop) into `out` (C_out, stop − start, W').

        weights (C_out, kh·C_in·kw); at most `strip_rows` rows at a time.
        """
        count, stride = stop - start, self._stride
        first = self._corner[0] + start * stride
        tall = (count - 1) * stride + self._kernel_size[0]
        self._fill(first, tall)
        row = self._band.strides[0]
        item = self._band.itemsize
        rows = as_strided(
            self._band,
            (count, weights.shape[1], self._width),
            (stride * row, self._width * item, item),
        )
        np.matmul(weights, rows, out=out.transpose(1, 0, 2))

    def _fill(self, first: int, tall: int) -> None:
        """Lay out the padded rows [first, first + tall)."""
        height = self._image.shape[0]
        low = min(max(first, 0), height) - first
        high = min(max(first + tall, 0), height) - first
        if low < high:
            self._copy(self._band[low:high], self._image[first + low : first + high])
        outside = [r for r in range(tall) if r < low or r >= high]
        if outside:
            source = source_index(first, first + tall, height, self._edge)[outside]
            for at, index in zip(outside, source, strict=True):
                if index < 0:
                    self._band[at] = 0
                else:
                    self._copy(self._band[at : at + 1], self._image[index : index + 1])

    def _copy(self, band: NDArray[Any], rows: FloatArray) -> None:
        """Shifted copies of image rows (n, W, C) into band rows (n, C, kw, W')."""
        source = rows.transpose(0, 2, 1)
        width, stride = rows.shape[1], self._stride
        for x in range(self._kernel_size[1]):
            start = self._corner[1] + x
            # Outputs [low, high) read inside the image: 0 ≤ start + j·stride < width.
            low = min(self._width, max(0, -(start // stride)))
            high = min(self._width, max(low, -(-(width - start) // stride)))
            inside = slice(start + low * stride, start + (high - 1) * stride + 1, stride)
            target = band[:, :, x]
            if low < high:
                target[..., low:high] = source[..., inside]
            rim = np.r_[0:low, high : self._width]
            if len(rim):
                self._copy_rim(target, source, rim, start + rim * stride)

    def _copy_rim(
        self, target: NDArray[Any], source: FloatArray, rim: NDArray[Any], at: NDArray[Any]
    ) -> None:
        if self._edge == "zero":
            target[..., rim] = 0
            return
        low = int(at.min())
        index = source_index(low, int(at.max()) + 1, source.shape[2], self._edge)
        target[..., rim] = source[..., index[at - low]]
