"""From a map of numbers to a small picture of it: statistics, reduction and 8-bit levels.

A value v is drawn as the table entry round(127 · v / level) + 127, so that 0 is always entry 127
and ±level are the two ends. A map wider than the screen is reduced by the mean over block × block
blocks, which is what the eye would do from afar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray

# An odd table has a colour for zero, in its middle.
ZERO_INDEX = 127
TABLE_SIZE = 255

# A few extreme values do not make all others pale.
_QUANTILE = 0.98
_FEW = 64
"""With fewer non-zero samples than this every value counts, as for a single bright pixel."""


@dataclass(frozen=True)
class MapStats:
    """Extent of one map; `zeros` is the share of values that are exactly 0."""

    minimum: float
    mean: float
    maximum: float
    zeros: float


def reduce_rows(values: FloatArray, block: int) -> FloatArray:
    """Means over `block` rows: (H, W) -> (⌈H/block⌉, W); the last may be over fewer."""
    if block == 1:
        return values
    height, width = values.shape
    rows = height // block
    out = np.empty((-(-height // block), width), dtype=values.dtype)
    np.add.reduce(values[: rows * block].reshape(rows, block, width), axis=1, out=out[:rows])
    out[:rows] *= 1.0 / block
    if rows < len(out):
        np.mean(values[rows * block :], axis=0, out=out[rows])
    return out


def reduce_columns(values: FloatArray, block: int) -> FloatArray:
    """Means over `block` columns: (H, W) -> (H, ⌈W/block⌉); the last may be over fewer."""
    if block == 1:
        return values
    height, width = values.shape
    columns = width // block
    out = np.empty((height, -(-width // block)), dtype=values.dtype)
    body = out[:, :columns]
    body[...] = values[:, 0 : columns * block : block]
    for shift in range(1, block):
        body += values[:, shift : columns * block : block]
    body *= 1.0 / block
    if columns < out.shape[1]:
        np.mean(values[:, columns * block :], axis=1, out=out[:, columns])
    return out


def quantize(values: FloatArray, level: float) -> NDArray[np.uint8]:
    """Table entries 0 … 254 of `values`, with ±`level` at the ends and 0 at 127."""
    scale = ZERO_INDEX / level if level > 0 else 0.0
    scaled = values * np.float32(scale)
    scaled += np.float32(ZERO_INDEX + 0.5)
    np.clip(scaled, 0.0, TABLE_SIZE - 0.5, out=scaled)
    return scaled.astype(np.uint8)


class StatsCollector:
    """Gathers a map's statistics and drawing level from strips of its rows."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._count = size[0] * size[1]
        self._stride = max(1, round((self._count / 16384) ** 0.5))
        self._minimum, self._maximum = np.inf, -np.inf
        self._sum, self._zeros = 0.0, 0
        self._samples: list[NDArray[Any]] = []

    def add(self, top: int, strip: FloatArray) -> None:
        """Take in `strip` (h, W), whose first row is the map's row `top`."""
        self._minimum = min(self._minimum, float(strip.min()))
        self._maximum = max(self._maximum, float(strip.max()))
        # Row sums in float32 are exact enough for one row; their total is kept in float64.
        self._sum += float(np.einsum("ij->i", strip).sum(dtype=np.float64))
        # Counting booleans is vectorised, counting floats is not.
        self._zeros += int(np.count_nonzero(strip == 0))
        first = -top % self._stride
        self._samples.append(np.abs(strip[first :: self._stride, :: self._stride]).ravel())

    def stats(self) -> MapStats:
        """The statistics of all strips."""
        return MapStats(
            self._minimum,
            self._sum / self._count,
            self._maximum,
            self._zeros / self._count,
        )

    def level(self) -> float:
        """The extent ± that the colours span: the 98 % quantile of the non-zero magnitudes.

        A rim of extreme pixels, as zero padding makes it, may not bleach the whole map; they are
        drawn in the end colour.
        """
        largest = max(abs(self._minimum), abs(self._maximum))
        samples = np.concatenate(self._samples)
        samples = samples[samples > 0]
        if len(samples) < _FEW:
            return float(largest)
        rank = min(len(samples) - 1, int(_QUANTILE * len(samples)))
        return float(np.partition(samples, rank)[rank])
