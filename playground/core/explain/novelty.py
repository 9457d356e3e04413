"""How unlike the training pictures a picture is, measured by the training pictures themselves.

A picture is reduced to about 16 × 16 values x, and its nearest training picture t is found twice:
by brightness and by shape, which leaves brightness and contrast aside,

    brightness  min_t |x − t|              shape  1 − max_t corr(x, t)

The same is asked about pictures that were held out (and, where these are few, about training
pictures, each against the others). A picture's rank in one of the two is how many of these are
nearer than it, its score the larger rank; it is unlike when nearly all of them score less.
Source: V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World, 2005, section
2.2: at most _UNLIKE of pictures from the same source are taken for strange, if enough were held
out to tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray

# Pixels across: enough to show what a picture is of, few enough for thousands of comparisons.
_SIDE = 16
# So few of a hundred ordinary pictures are called unlike by mistake.
_UNLIKE = 0.03
# Three in a hundred can be told from so many.
_MOST_HELD_OUT = 1000
# 20 MB of grey pictures, reduced.
_MOST_TRAINED = 20_000
# Pictures compared at a time: 20 MB of distances.
_BLOCK = 256
_FLAT = 1e-3
"""Length of a picture without its mean, below which it has no shape: an empty one."""


@dataclass(frozen=True)
class Novelty:
    """How many of `compared` held-out pictures are more like a training picture than this one."""

    nearer: int
    compared: int

    @property
    def unlike(self) -> bool:
        """Whether so few of its own kind would be as far off."""
        beyond = self.compared - self.nearer
        return beyond / self.compared <= _UNLIKE if self.compared else False


class NoveltyMeasure:
    """The training pictures of a task, ready to be compared with."""

    def __init__(self, trained: FloatArray, held_out: FloatArray) -> None:
        """Pictures (N, H, W, C) that were learned from, and (M, H, W, C) that were not."""
        self._trained = _reduced(trained[:_MOST_TRAINED])
        self._shapes = _shapes(self._trained)
        compared = [self._distances(_reduced(held_out[:_MOST_HELD_OUT]))]
        missing = min(_MOST_HELD_OUT - len(compared[0]), len(self._trained))
        if missing > 0 and len(self._trained) > 1:
            compared.append(self._distances(self._trained[:missing], own=True))
        distances = np.concatenate(compared)
        self._sorted = np.sort(distances, axis=0)
        self._scores = np.sort(self._score(distances))

    def of(self, picture: FloatArray) -> Novelty:
        """How unlike the training pictures one picture (H, W, C) is."""
        score = self._score(self._distances(_reduced(picture[np.newaxis])))[0]
        nearer = int(np.searchsorted(self._scores, score, "left"))
        return Novelty(nearer, len(self._scores))

    def _distances(self, pictures: FloatArray, *, own: bool = False) -> FloatArray:
        """Of pictures (n, D), the distance to the nearest by brightness and by shape (n, 2).

        `own` says that they are the first training pictures, each of which is left out itself.
        """
        parts = []
        lengths = (self._trained**2).sum(axis=1)
        for start in range(0, len(pictures), _BLOCK):
            block = pictures[start : start + _BLOCK]
            squares = (block**2).sum(axis=1)[:, np.newaxis] + lengths - 2 * block @ self._trained.T
            alike = _shapes(block) @ self._shapes.T
            if own:
                rows = np.arange(len(block))
                squares[rows, start + rows], alike[rows, start + rows] = np.inf, -np.inf
            parts.append(np.stack([squares.min(axis=1), 1 - alike.max(axis=1)], axis=1))
        return np.concatenate(parts) if parts else np.empty((0, 2), np.float32)

    def _score(self, distances: FloatArray) -> NDArray[np.intp]:
        """Of distances (n, 2), the larger number of held-out pictures that are nearer (n,)."""
        ranks = [np.searchsorted(self._sorted[:, k], distances[:, k], "left") for k in (0, 1)]
        return np.maximum(*ranks)


def _reduced(pictures: FloatArray) -> FloatArray:
    """Pictures (n, H, W, C) by the mean of whole blocks of pixels, one row for each (n, D)."""
    count, height, width, channels = pictures.shape
    side = max(1, round(min(height, width) / _SIDE))
    rows, columns = height // side, width // side
    reduced = np.empty((count, rows, columns, channels), np.float32)
    for start in range(0, count, _BLOCK):
        whole = pictures[start : start + _BLOCK, : rows * side, : columns * side]
        blocks = whole.reshape(-1, rows, side, columns, side, channels)
        blocks.mean(axis=(2, 4), out=reduced[start : start + _BLOCK])
    return reduced.reshape(count, rows * columns * channels)


def _shapes(rows: FloatArray) -> FloatArray:
    """Rows (n, D) without their mean, of length 1: their products are correlations."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    lengths = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    shapes: FloatArray = np.where(lengths > _FLAT, centred / np.maximum(lengths, _FLAT), 0)
    return shapes
