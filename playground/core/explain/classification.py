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
from playground.core.network.network import Network
from playground.core.specs import FloatArray
from playground.core.training.losses import softmax

_BATCH = 32
"""Pictures in one pass, always: a matrix product of another size rounds otherwise, and a picture
alone would not get to the last digit what it gets among others."""


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
    parts = []
    for start in range(0, len(pictures), _BATCH):
        batch = pictures[start : start + _BATCH]
        filled = np.zeros((_BATCH, *batch.shape[1:]), batch.dtype)
        filled[: len(batch)] = batch
        parts.append(softmax(network.forward(filled).T).T[: len(batch)])
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
