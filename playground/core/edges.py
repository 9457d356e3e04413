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
    inside_rows, row_rim = _inside(rows, height)
    inside_columns, column_rim = _inside(columns, width)
    source_columns = source_index(*columns, width, edge)
    planes = image.transpose(2, 0, 1)
    if inside_rows.start < inside_rows.stop and inside_columns.start < inside_columns.stop:
        out[:, inside_rows, inside_columns] = planes[
            :,
            inside_rows.start + rows[0] : inside_rows.stop + rows[0],
            inside_columns.start + columns[0] : inside_columns.stop + columns[0],
        ]
    source_rows = source_index(*rows, height, edge)
    if len(column_rim):
        _gather(out, planes, np.arange(len(source_rows)), column_rim, source_rows, source_columns)
    if len(row_rim):
        everything = np.arange(len(source_columns))
        _gather(out, planes, row_rim, everything, source_rows, source_columns)
    return out


def _inside(span: tuple[int, int], size: int) -> tuple[slice, Index]:
    """Which positions of a span of coordinates lie on the axis, and which do not."""
    length = span[1] - span[0]
    low = min(max(0, -span[0]), length)
    high = max(low, min(size - span[0], length))
    return slice(low, high), np.r_[0:low, high:length]


def _gather(
    out: NDArray[Any],
    planes: FloatArray,
    rows: Index,
    columns: Index,
    source_rows: Index,
    source_columns: Index,
) -> None:
    """Fill out[:, rows, columns] from the source pixels they stand for."""
    at_rows, at_columns = source_rows[rows], source_columns[columns]
    values = planes[:, at_rows[:, np.newaxis], at_columns]
    values[:, at_rows < 0] = 0
    values[:, :, at_columns < 0] = 0
    out[:, rows[:, np.newaxis], columns] = values
