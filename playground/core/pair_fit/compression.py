"""JPEG's trace in a picture: its 8 × 8 blocks have coefficients that are multiples of a number.

    c = q · n + rounding,   so   mean cos(2π c / q) is near 1 for q, and near 0 for others

The number q is called the spacing of a frequency: that between the values that are kept.

Source: Z. Fan, R. de Queiroz, Identification of bitmap compression history, 2003.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray

Corners: TypeAlias = tuple[NDArray[np.int_], NDArray[np.int_]]
"""Rows and columns of the upper left pixels of blocks."""

# JPEG's blocks are of this size.
_SIDE = 8
# Blocks looked at for the result, and for each of 64 offsets: enough for steady means.
_BLOCKS, _SOME = 1500, 300
# A spacing of 1 is that of rounding; of larger ones than these, hardly any value is left.
_SPACINGS = range(2, 100)
_FEWEST = 16
"""Coefficients that are not zero, to tell a spacing from."""
# The mean cosine is near 1 for the right spacing, and near 0 for others.
_CLEAR = 0.4
_TOLD = 6
"""Frequencies whose spacing must be seen before a picture is taken for a JPEG."""
# Beyond rounding, a coefficient was kept; and a frequency is mostly zero where few were.
_KEPT, _RARE = 1.5, 0.2
_COLOURS = np.array(
    [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]
)
"""Brightness, blue and red difference of red, green and blue. Source: ITU-T T.871 (JFIF)."""


def _basis() -> FloatArray:
    down, across = np.mgrid[:_SIDE, :_SIDE]
    waves = np.cos((2 * across + 1) * down * (np.pi / (2 * _SIDE)))
    return np.asarray(np.where(down == 0, np.sqrt(1 / _SIDE), np.sqrt(2 / _SIDE)) * waves)


_DCT = _basis()


@dataclass(frozen=True, eq=False)
class Compression:
    """Where the blocks begin, and the spacing (8, 8) of each frequency, in levels of 255."""

    offset: tuple[int, int]
    spacings: FloatArray

    def quantized(self, coefficients: FloatArray) -> FloatArray:
        """Coefficients (n, 8, 8) as they are kept: infinite spacings keep none."""
        some = np.where(np.isfinite(self.spacings), self.spacings, 1.0)
        kept: FloatArray = np.rint(coefficients / some) * some * np.isfinite(self.spacings)
        return kept


def luma(picture: FloatArray) -> FloatArray:
    """Brightness (H, W) in levels of 255, as JPEG keeps it (Rec. 601), float64."""
    if picture.shape[2] == 1:
        return picture[:, :, 0].astype(np.float64) * 255
    bright: FloatArray = picture.astype(np.float64) @ _COLOURS[0] * 255
    return bright


def as_kept(values: FloatArray) -> FloatArray:
    """Values (n, 1 or 3) as JPEG keeps them: the brightness, then two differences of colours."""
    kept: FloatArray = values if values.shape[1] == 1 else values @ _COLOURS.T
    return kept


def block_corners(shape: tuple[int, int], offset: tuple[int, int]) -> Corners:
    """The corners of whole blocks: some from all over the picture where there are many."""
    tops = np.arange(offset[0], shape[0] - _SIDE + 1, _SIDE)
    lefts = np.arange(offset[1], shape[1] - _SIDE + 1, _SIDE)
    many = len(tops) * len(lefts)
    order = np.random.default_rng(0).permutation(many)[:_BLOCKS]
    return tops[order // max(1, len(lefts))], lefts[order % max(1, len(lefts))]


def blocks_at(plane: FloatArray, corners: Corners) -> FloatArray:
    """The blocks (n, 8, 8) of `plane` at `corners`."""
    view = np.lib.stride_tricks.sliding_window_view(plane, (_SIDE, _SIDE))
    return np.asarray(view[corners])


def transformed(blocks: FloatArray) -> FloatArray:
    """Coefficients (n, 8, 8) of blocks (n, 8, 8), by the cosine transform."""
    return np.asarray(_DCT @ (blocks - 128) @ _DCT.T)


def find_compression(after: FloatArray) -> Compression | None:
    """JPEG's spacings in `after` (H, W, 1 or 3), wherever its blocks begin, or None."""
    if min(after.shape[:2]) < 2 * _SIDE:
        return None
    plane = luma(after)
    offset = _likeliest_offset(after, plane)
    corners = uncut(after, block_corners(_shape(plane), offset))
    if not len(corners[0]):
        return None  # Black on white, say: in every block something is cut off.
    coefficients = transformed(blocks_at(plane, corners))
    spacings, told = _spacings(coefficients.reshape(len(coefficients), -1))
    if told < _TOLD or np.sum(spacings > 1) < len(spacings) / 4:
        return None
    return Compression(offset, spacings.reshape(_SIDE, _SIDE))


def _shape(plane: FloatArray) -> tuple[int, int]:
    return plane.shape[0], plane.shape[1]


def uncut(picture: FloatArray, corners: Corners) -> Corners:
    """Those `corners` of blocks in which nothing of `picture` (H, W, C) is cut off."""
    edge = 0.5 / 255
    view = np.lib.stride_tricks.sliding_window_view(picture, (_SIDE, _SIDE), axis=(0, 1))
    blocks = view[corners].reshape(len(corners[0]), -1)
    whole = (blocks.min(axis=1) > edge) & (blocks.max(axis=1) < 1 - edge)
    return corners[0][whole], corners[1][whole]


def _likeliest_offset(after: FloatArray, plane: FloatArray) -> tuple[int, int]:
    """Where most coefficients vanish."""

    def vanishing(offset: tuple[int, int]) -> float:
        rows, columns = block_corners(_shape(plane), offset)
        blocks = blocks_at(plane, uncut(after, (rows[:_SOME], columns[:_SOME])))
        return float(np.mean(np.abs(transformed(blocks)) < 0.9)) if len(blocks) else 0.0

    offsets = [(top, left) for top in range(_SIDE) for left in range(_SIDE)]
    return max(offsets, key=vanishing)


def _spacings(coefficients: FloatArray) -> tuple[FloatArray, int]:
    """The spacing of each frequency of `coefficients` (n, 64), and how many waves told.

    Of a frequency that is mostly zero, what is kept is mostly one spacing; it is infinite where
    nothing is kept, and 1 where no spacing is seen.
    """
    best = np.zeros(coefficients.shape[1])
    spacings = np.ones(coefficients.shape[1])
    for spacing in _SPACINGS:
        large = np.abs(coefficients) > spacing / 2
        count = large.sum(axis=0)
        waves = np.cos(coefficients * (2 * np.pi / spacing)) * large
        clear = waves.sum(axis=0) / np.maximum(count, 1)
        better = (count >= _FEWEST) & (clear > _CLEAR) & (clear * np.sqrt(2 * count) > 6)
        better &= clear > best - 0.1
        best, spacings = np.where(better, clear, best), np.where(better, spacing, spacings)
    kept = np.where(np.abs(coefficients) > _KEPT, np.abs(coefficients), np.nan)
    for at in np.flatnonzero(spacings == 1):
        some = kept[np.isfinite(kept[:, at]), at]
        if len(some) < _RARE * len(kept):
            spacings[at] = np.median(some) if len(some) else np.inf
    return spacings, int(np.sum(best > 0))
