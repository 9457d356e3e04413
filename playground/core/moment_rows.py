"""Many moments of one run in one array, a row each: the weights, then the optimizer's memory.

A run keeps thousands of moments and lets most of them go again. As small arrays of their own,
those that stay would hold on to the whole heap around those that have gone; one array is one piece
of memory, which is given back whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray
from playground.core.trainer import Moment


@dataclass(frozen=True)
class MomentRows:
    """Moments of networks with `weights` parameters.

    steps and optimizer_steps (n,), values (n, weights · (1 + len(memories))); `memories` are the
    names of what the optimizer remembers of each weight.
    """

    steps: NDArray[np.int64]
    optimizer_steps: NDArray[np.int64]
    values: FloatArray
    memories: tuple[str, ...]

    @classmethod
    def room(cls, count: int, like: Moment) -> MomentRows:
        """Room for `count` moments of the size of one, not filled yet."""
        memories = tuple(like.optimizer[1])
        width = like.parameters.size * (1 + len(memories))
        return cls(
            np.zeros(count, np.int64),
            np.zeros(count, np.int64),
            np.empty((count, width), like.parameters.dtype),
            memories,
        )

    @classmethod
    def of(cls, moments: Sequence[Moment]) -> MomentRows:
        """Copies of `moments`, of which there is at least one."""
        rows = cls.room(len(moments), moments[0])
        for row, moment in enumerate(moments):
            rows.put(row, moment)
        return rows

    def __len__(self) -> int:
        return len(self.steps)

    def put(self, row: int, moment: Moment) -> None:
        """Copy `moment` into a row. A memory that it has not got yet is one of zeros."""
        self.steps[row], remembered = moment.step, moment.optimizer[1]
        self.optimizer_steps[row] = moment.optimizer[0]
        weights, *memories = np.split(self.values[row], 1 + len(self.memories))
        weights[...] = moment.parameters
        for name, memory in zip(self.memories, memories, strict=True):
            memory[...] = remembered.get(name, 0)

    def get(self, row: int, *, copy: bool = True) -> Moment:
        """The moment in a row, its numbers copied to one array or seen where they stand."""
        values = self.values[row].copy() if copy else self.values[row]
        weights, *memories = np.split(values, 1 + len(self.memories))
        remembered = dict(zip(self.memories, memories, strict=True))
        return Moment(int(self.steps[row]), weights, (int(self.optimizer_steps[row]), remembered))
