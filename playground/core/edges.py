"""How the outside of the image is filled: one rule from a padded coordinate to a source pixel.

For a coordinate i on an axis of n pixels, which may lie outside [0, n):

    zero       0                                   … 0 0 | a b c d | 0 0 …
    replicate  clip(i, 0, n − 1)                   … a a | a b c d | d d …
    reflect    the mirror on the last pixel        … c b | a b c d | c b …
    wrap       i mod n                             … c d | a b c d | a b …
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import EdgeMode, FloatArray

Index = NDArray[np.intp]


def source_index(start: int, stop: int, size: int, edge: EdgeMode) -> Index:
    """Source pixels of the coordinates [start, stop) on an axis of `size`; -1 stands for 0."""
    at = np.arange(start, stop)
    if edge == "zero":
        return np.where((at >= 0) & (at < size), at, -1)
    if edge == "replicate":
        return np.clip(at, 0, size - 1)
    if edge == "wrap":
        return at % size
    if size == 1:
        return np.zeros_like(at)
    period = 2 * (size - 1)
    at = at % period
    return np.minimum(at, period - at)


def padded_window(
    image: FloatArray,
    rows: tuple[int, int],
    columns: tuple[int, int],
    edge: EdgeMode,
    out: NDArray[Any] | None = None,
) -> FloatArray:
    """The image (H, W, C) over the coordinates rows × columns, outside ones filled: (C, h, w)."""
    height, width, channels = image.shape
    if out is None:
        out = np.empty((channels, rows[1] - rows[0], columns[1] - columns[0]), image.dtype)
    row_index = source_index(*rows, height, edge)
    column_index = source_index(*columns, width, edge)
    inside = slice(max(0, -columns[0]), min(width, columns[1]) - columns[0])
    rim = np.r_[0 : min(inside.start, len(column_index)), max(0, inside.stop) : len(column_index)]
    for at, row in enumerate(row_index):
        if row < 0:
            out[:, at] = 0
            continue
        line = image[row].T  # (C, W)
        if inside.start < inside.stop:
            out[:, at, inside] = line[:, columns[0] + inside.start : columns[0] + inside.stop]
        if len(rim):
            source = column_index[rim]
            out[:, at, rim] = np.where(source < 0, 0, line[:, source])
    return out
