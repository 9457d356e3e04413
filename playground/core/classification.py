"""How well a network tells classes apart: who is taken for whom, and how sure it is.

confusion[t, p] = number of pictures of class t that are taken for class p
chances = softmax(outputs),   predicted = argmax(outputs)

Outputs that have grown beyond all numbers name no class: there predicted = −1, never right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.claims import Claim
from playground.core.losses import softmax
from playground.core.network import Network
from playground.core.specs import FloatArray

_BATCH = 128


@dataclass(frozen=True, eq=False)
class ClassReport:
    """Labels (N,), what was predicted (N,), with which chances (N, K), and confusion (K, K).

    Predicted is −1 for pictures whose chances are not numbers; they are in no cell of confusion.
    """

    labels: NDArray[Any]
    predicted: NDArray[np.intp]
    chances: FloatArray
    confusion: NDArray[np.intp]

    @property
    def accuracy(self) -> float:
        """The share that is right."""
        return float(np.mean(self.labels == self.predicted)) if len(self.labels) else 0.0

    @property
    def no_numbers(self) -> Claim | None:
        """For how many of the pictures no class can be named, where there are any."""
        count = int(np.count_nonzero(self.predicted < 0))
        return Claim("no numbers", (count,), len(self.predicted)) if count else None

    @property
    def mistaken(self) -> NDArray[np.intp]:
        """Which pictures are taken for another class, the surest mistakes first."""
        wrong = np.flatnonzero(self.labels != self.predicted)
        sure = np.nan_to_num(self.chances[wrong].max(axis=1)) if len(wrong) else np.empty(0)
        order: NDArray[np.intp] = np.argsort(-sure, kind="stable")
        return wrong[order]


def classify_all(network: Network, pictures: FloatArray) -> FloatArray:
    """Chances (N, K) of pictures (N, H, W, C)."""
    parts = [
        softmax(network.forward(pictures[start : start + _BATCH]).T).T
        for start in range(0, len(pictures), _BATCH)
    ]
    return np.concatenate(parts)


def class_report(
    network: Network, pictures: FloatArray, labels: NDArray[Any], classes: int
) -> ClassReport:
    """The report on pictures (N, H, W, C) with the class numbers `labels` (N,)."""
    chances = classify_all(network, pictures)
    named = np.isfinite(chances).all(axis=1)
    predicted = np.where(named, chances.argmax(axis=1), -1)
    confusion = np.zeros((classes, classes), np.intp)
    np.add.at(confusion, (labels[named], predicted[named]), 1)
    return ClassReport(labels, predicted, chances, confusion)


def as_example(pixels: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """A picture (H, W, C) of any size as one of `shape` (h, w, c), by the mean over its blocks.

    Dark ink on a light ground is turned into light on dark, as examples of digits are.
    """
    height, width, channels = shape
    grey = pixels.mean(axis=2) if channels == 1 else pixels
    if grey.ndim == 2:
        grey = grey[:, :, np.newaxis]
    if grey.shape[2] != channels:
        grey = np.repeat(grey[:, :, :1], channels, axis=2)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if channels == 1 and border.mean() > 0.5:
        grey = 1 - grey
    rows = _shares(grey.shape[0], height)
    columns = _shares(grey.shape[1], width)
    # One sum after the other: both at once take a hundred times as long.
    across = np.einsum("ih,hwc->iwc", rows, grey, optimize=True)
    made: FloatArray = np.einsum("jw,iwc->ijc", columns, across, optimize=True).astype(np.float32)
    return made


def _shares(size: int, wanted: int) -> FloatArray:
    """How much of each of `size` pixels lies in each of `wanted` blocks: rows that sum to 1."""
    edges = np.linspace(0, size, wanted + 1)
    low, high = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    pixels = np.arange(size)
    covered = np.minimum(high, pixels + 1) - np.maximum(low, pixels)
    shares: FloatArray = np.clip(covered, 0, None)
    shares /= shares.sum(axis=1, keepdims=True)
    return shares
