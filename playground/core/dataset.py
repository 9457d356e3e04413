"""Labelled pictures, and how they are split into some to learn from and some to test with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray


@dataclass(frozen=True, eq=False)
class Dataset:
    """Pictures (N, H, W, C) in [0, 1], their class numbers (N,), and the classes' names."""

    inputs: FloatArray
    labels: NDArray[np.integer[Any]]
    class_names: tuple[str, ...]
    name: str = ""

    def __post_init__(self) -> None:
        if self.inputs.ndim != 4 or self.labels.shape != self.inputs.shape[:1]:
            raise PlaygroundError(
                "Labelled pictures need the shapes (count, height, width, channels) and (count,), "
                f"not {self.inputs.shape} and {self.labels.shape}."
            )
        if self.labels.size and not 0 <= self.labels.min() <= self.labels.max() < len(
            self.class_names
        ):
            raise PlaygroundError(
                f"The class numbers must lie between 0 and {len(self.class_names) - 1}."
            )

    def __len__(self) -> int:
        return len(self.inputs)

    def take(self, indices: NDArray[np.intp]) -> Dataset:
        """The pictures with these numbers."""
        return replace(self, inputs=self.inputs[indices], labels=self.labels[indices])

    def split(self, validation: float = 0.2, seed: int = 0) -> tuple[Dataset, Dataset]:
        """(to learn from, to test with): the same share of every class, chosen by `seed`.

        Of a class with at least two pictures, at least one goes to each side.
        """
        generator = np.random.default_rng(seed)
        tested: list[NDArray[np.intp]] = []
        for label in range(len(self.class_names)):
            members = generator.permutation(np.flatnonzero(self.labels == label))
            count = round(validation * len(members))
            if len(members) > 1 and validation > 0:
                count = min(max(1, count), len(members) - 1)
            tested.append(members[:count])
        test = np.zeros(len(self), bool)
        test[np.concatenate(tested)] = True
        return self.take(np.flatnonzero(~test)), self.take(np.flatnonzero(test))
