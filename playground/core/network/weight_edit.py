"""Single weights set to given values, in a network, in its description, or on the way to a run.

An edit names the weights it changes and nothing else: whatever a run has learned meanwhile in all
others stays. Its values are absolute, so it does not matter which weights it was made for.

A run keeps its layout (`ids.same_layout`) from its first step to its last, and an edit is for one
run: so a place in the arrays is a weight's name, and ids need not be looked up for every frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.network.network import Network
from playground.core.specs import FloatArray


@dataclass(frozen=True, eq=False)
class WeightEdit:
    """Weights (k,) of arrays listed and shaped as `Network.weights`: which array, where, and what.

    `places` count through an array in C order.
    """

    arrays: NDArray[np.int64]
    places: NDArray[np.int64]
    values: FloatArray

    @classmethod
    def between(cls, before: Sequence[FloatArray], after: Sequence[FloatArray]) -> WeightEdit:
        """What leads from one list of arrays to another of the same shapes."""
        arrays, places, values = [], [], []
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            if old is not new:
                changed = np.flatnonzero(old != new)
                arrays.append(np.full(len(changed), number))
                places.append(changed)
                values.append(new.ravel()[changed])
        if not arrays:
            return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
        return cls(np.concatenate(arrays), np.concatenate(places), np.concatenate(values))

    def __len__(self) -> int:
        return len(self.values)

    def applied(self, weights: Sequence[FloatArray]) -> list[FloatArray]:
        """`weights` with these values; arrays that are not concerned are the same ones."""
        result = list(weights)
        for number in np.unique(self.arrays):
            mine = self.arrays == number
            changed = result[number].copy()
            changed.reshape(-1)[self.places[mine]] = self.values[mine]
            result[number] = changed
        return result

    def apply_to(self, network: Network) -> None:
        """Give the weights of `network` these values."""
        arrays = [array for layer in network.layers for array in layer.weights]
        for number in np.unique(self.arrays):
            mine, array = self.arrays == number, arrays[number]
            array[np.unravel_index(self.places[mine], array.shape)] = self.values[mine]


def all_applied(edits: Iterable[WeightEdit], weights: Sequence[FloatArray]) -> list[FloatArray]:
    """`weights` after one edit after another."""
    result = list(weights)
    for edit in edits:
        result = edit.applied(result)
    return result
