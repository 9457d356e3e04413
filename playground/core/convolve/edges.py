"""How the outside of the image is filled: one rule from a padded coordinate to a source pixel.

For a coordinate i on an axis of n pixels, which may lie outside [0, n):

    zero       0                                   … 0 0 | a b c d | 0 0 …
    replicate  clip(i, 0, n − 1)                   … a a | a b c d | d d …
    reflect    the mirror on the last pixel        … c b | a b c d | c b …
    symmetric  the mirror behind the last pixel    … b a | a b c d | d c …
    wrap       i mod n                             … c d | a b c d | a b …

These are NumPy's "constant", "edge", "reflect", "symmetric" and "wrap". SciPy calls "symmetric"
reflect, and "reflect" mirror.
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
    if edge == "symmetric":
        at = at % (2 * size)
        return np.minimum(at, 2 * size - 1 - at)
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
    inside_rows, inside_columns = _inside(rows, height), _inside(columns, width)
    planes = image.transpose(2, 0, 1)
    if inside_rows.start < inside_rows.stop and inside_columns.start < inside_columns.stop:
        out[:, inside_rows, inside_columns] = planes[
            :,
            inside_rows.start + rows[0] : inside_rows.stop + rows[0],
            inside_columns.start + columns[0] : inside_columns.stop + columns[0],
        ]
    if edge == "zero":
        out[:, : inside_rows.start] = 0
        out[:, inside_rows.stop :] = 0
        out[:, :, : inside_columns.start] = 0
        out[:, :, inside_columns.stop :] = 0
        return out
    source_rows = source_index(*rows, height, edge)
    source_columns = source_index(*columns, width, edge)
    every_row, every_column = np.arange(len(source_rows)), np.arange(len(source_columns))
    for rim in (every_row[: inside_rows.start], every_row[inside_rows.stop :]):
        _gather(out, planes, (rim, every_column), (source_rows, source_columns))
    for rim in (every_column[: inside_columns.start], every_column[inside_columns.stop :]):
        _gather(out, planes, (every_row, rim), (source_rows, source_columns))
    return out


def _inside(span: tuple[int, int], size: int) -> slice:
    """Which positions of a span of coordinates lie on the axis."""
    length = span[1] - span[0]
    low = min(max(0, -span[0]), length)
    return slice(low, max(low, min(size - span[0], length)))


def _gather(
    out: NDArray[Any], planes: FloatArray, at: tuple[Index, Index], source: tuple[Index, Index]
) -> None:
    """Fill out[:, rows, columns] from the source pixels that these positions stand for."""
    rows, columns = at
    if len(rows) and len(columns):
        pixels = planes[:, source[0][rows][:, np.newaxis], source[1][columns]]
        out[:, rows[:, np.newaxis], columns] = pixels
