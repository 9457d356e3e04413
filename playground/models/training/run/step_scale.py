"""Where the steps of a run stand beside each other: evenly, or early ones wide apart.

Shared by the curve's axis and the timeline's slider, so that both put a step at the same place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray
from playground.models.training.run.axis import Label, power_text, whole_steps

_MANTISSAS = ((1, 2, 3, 5), (1, 2, 5), (1, 3), (1,))


@dataclass(frozen=True)
class StepScale:
    """Steps from 0 to `last`. On a logarithmic scale a place is log10(1 + step): 0 has one too."""

    last: int
    log: bool = False

    def place(self, step: float) -> float:
        """Where `step` stands."""
        return math.log10(1 + max(step, 0)) if self.log else float(step)

    def drawn(self, steps: NDArray[Any]) -> FloatArray:
        """The places of these steps."""
        steps = np.asarray(steps, np.float64)
        return np.log10(1 + steps) if self.log else steps

    def share(self, step: float) -> float:
        """Where `step` stands, from 0 at the beginning to 1 at the end."""
        return self.place(step) / self.place(self.last) if self.last > 0 else 0.0

    def step_at(self, place: float) -> int:
        """The step that stands nearest to `place`: the first or the last one beyond the ends."""
        inside = min(max(place, 0.0), self.place(self.last))
        return round(10.0**inside - 1 if self.log else inside)

    def step_at_share(self, share: float) -> int:
        """The step that stands nearest to that share of the way."""
        return self.step_at(share * self.place(self.last))

    def labels(self, apart: float) -> list[Label]:
        """As many as stand at least `apart` from each other, a share of the scale."""
        last = max(1, self.last)
        if not self.log:
            return whole_steps(last, apart)
        least = apart * self.place(last)
        for steps in self._round(last):
            # What stands too near to 0 makes room for it.
            places = [(self.place(step), step) for step in steps]
            rest = [Label(at, power_text(float(step))) for at, step in places if at >= least]
            found = [Label(0.0, "0"), *rest]
            if all(b.at - a.at >= least for a, b in pairwise(found)):
                return found
        return [Label(0.0, "0")]

    @staticmethod
    def _round(last: int) -> Iterator[list[int]]:
        """Round numbers of each power of ten, ever fewer."""
        powers = [10**exponent for exponent in range(len(str(last)))]
        for mantissas in _MANTISSAS:
            yield [m * power for power in powers for m in mantissas if m * power <= last]
        for every in range(2, len(powers) + 1):
            # Powers, with the highest one among them.
            yield powers[::-1][::every][::-1]
