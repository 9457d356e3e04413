"""A picture before and after, aligned, and cut into tiles that can be looked at one by one.

    after[r, c, o] = bias[o] + Σ_{i, j, c'} kernel[i, j, c', o] · before[r + i − a, c + j − b, c']

with the anchor (a, b). Only places whose whole window lies inside the picture are looked at: what
an editor puts outside of it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray

Tile = tuple[slice, slice]
"""Rows and columns of the places."""

# Rows of a tile are long runs in memory, and all its windows stay small.
_TILE_ROWS, _TILE_COLUMNS = 16, 128
_ACROSS, _SHORTEST = 8, 4
"""A small picture is cut into as many tiles across; none is smaller than so many pixels."""


@dataclass(frozen=True, eq=False)
class Pair:
    """Pictures (H, W, C_in) and (H, W, C_out) with the size (rows, columns) of the window."""

    before: FloatArray
    after: FloatArray
    size: tuple[int, int]
    anchor: tuple[int, int]

    @property
    def places(self) -> tuple[int, int]:
        """(rows, columns) of the windows that lie inside the picture; at least 0."""
        (height, width), (rows, columns) = self.before.shape[:2], self.size
        return max(0, height - rows + 1), max(0, width - columns + 1)

    def targets(self, tile: Tile) -> FloatArray:
        """What came out at the places of `tile`: (n, C_out), float64."""
        (rows, columns), (top, left) = tile, self.anchor
        part = self.after[
            rows.start + top : rows.stop + top, columns.start + left : columns.stop + left
        ]
        return part.reshape(-1, part.shape[2]).astype(np.float64)

    def around(self, tile: Tile) -> FloatArray:
        """The 3 × 3 pixels around each place's own: (n, 9, C_in), float64; edges are repeated."""
        (rows, columns), (top, left) = tile, self.anchor
        height, width, channels = self.before.shape
        down = np.arange(rows.start + top - 1, rows.stop + top + 1).clip(0, height - 1)
        across = np.arange(columns.start + left - 1, columns.stop + left + 1).clip(0, width - 1)
        view = np.lib.stride_tricks.sliding_window_view(
            self.before[np.ix_(down, across)], (3, 3), axis=(0, 1)
        )
        return view.transpose(0, 1, 3, 4, 2).reshape(-1, 9, channels).astype(np.float64)

    def windows(self, tile: Tile) -> FloatArray:
        """Each place's window as a row, with a 1 for the bias: (n, kh·kw·C_in + 1), float64."""
        (rows, columns), (tall, wide) = tile, self.size
        part = self.before[
            rows.start : rows.stop + tall - 1, columns.start : columns.stop + wide - 1
        ]
        view = np.lib.stride_tricks.sliding_window_view(part, self.size, axis=(0, 1))
        count = view.shape[0] * view.shape[1]
        made = np.ones((count, tall * wide * self.before.shape[2] + 1))
        made[:, :-1] = view.transpose(0, 1, 3, 4, 2).reshape(count, -1)
        return made

    def tiles(self, pixels: int) -> list[Tile]:
        """The places in tiles: all, or about `pixels` of them from all over the picture."""
        height, width = self.places
        tall = min(max(height // _ACROSS, _SHORTEST), _TILE_ROWS)
        wide = min(max(width // _ACROSS, _SHORTEST), _TILE_COLUMNS)
        found = [
            (slice(top, min(top + tall, height)), slice(left, min(left + wide, width)))
            for top in range(0, height, tall)
            for left in range(0, width, wide)
        ]
        wanted = max(2, round(len(found) * min(1.0, pixels / max(1, height * width))))
        order = np.random.default_rng(0).permutation(len(found))[:wanted]
        return [found[at] for at in np.sort(order)]


def cut_off(after: FloatArray) -> tuple[float, float]:
    """The values at which a picture was cut off: 0 and 1, or infinite where it goes beyond."""
    low = 0.0 if float(after.min()) >= 0 else -np.inf
    high = 1.0 if float(after.max()) <= 1 else np.inf
    return low, high


def spacing_of(picture: FloatArray) -> float:
    """The spacing between the values of a picture kept in 8 or 16 bits, 0 where it is not."""
    flat = picture.reshape(-1)
    some = flat[:: max(1, len(flat) // 100_000)].astype(np.float64)
    for levels, tolerance in ((255, 1e-3), (65535, 0.02)):
        if np.abs(some * levels - np.rint(some * levels)).max() < tolerance:
            return 1 / levels
    return 0.0


def between(values: FloatArray, low: float, high: float) -> NDArray[np.bool_]:
    """Where `values` lie strictly between `low` and `high`."""
    return (values > low) & (values < high)
