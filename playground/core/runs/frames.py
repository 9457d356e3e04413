"""A run between two steps, as one frozen value, and many of them in one array.

A frame is taken after the backward pass of the coming step and before its update: the weights after
`step` steps, *their* gradient for the next batch, and what the optimizer remembers. What a reader
wants to know of that step (gradients, the next change, why a weight moves) follows from it alone.

A run keeps thousands of frames and lets most of them go again. As small arrays of their own, those
that stay would hold on to the whole heap around those that have gone; one array, with a row for
each, is one piece of memory that is given back whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.specs import FloatArray
from playground.core.training.trainer import Moment


@dataclass(frozen=True, eq=False)
class Frame:
    """A run after `moment.step` steps.

    `gradients` (n,) are those of `moment.parameters` for the batch to come, None where nobody has
    looked yet; `rate` is the learning rate of that step; `learns` (n,) says which weights it will
    move, None for all of them; `revision` counts the edits that the run had taken in by then.
    """

    moment: Moment
    gradients: FloatArray | None
    rate: float = 0.0
    learns: NDArray[np.bool_] | None = None
    revision: int = 0

    @property
    def step(self) -> int:
        """Steps done."""
        return self.moment.step

    def copied(self) -> Frame:
        """The same in memory of its own, one block."""
        return FrameRows.of([self]).get(0)


@dataclass(frozen=True, eq=False)
class FrameRows:
    """Frames of networks with n parameters, a row each.

    steps, optimizer_steps, revisions and rates (rows,); values (rows, n · (2 + memories)):
    weights, gradients, and the optimizer's memories by name; held (rows, ⌈n / 8⌉): a bit for each
    weight that was frozen.
    """

    steps: NDArray[np.int64]
    optimizer_steps: NDArray[np.int64]
    revisions: NDArray[np.int64]
    rates: NDArray[np.float64]
    values: FloatArray
    held: NDArray[np.uint8]
    memories: tuple[str, ...]

    @classmethod
    def room(cls, count: int, like: Frame) -> FrameRows:
        """Room for `count` frames of the size of one, not filled yet."""
        memories = tuple(like.moment.optimizer[1])
        width = like.moment.parameters.size * (2 + len(memories))
        steps, optimizer_steps, revisions = (np.zeros(count, np.int64) for _ in range(3))
        values = np.empty((count, width), like.moment.parameters.dtype)
        held = np.zeros((count, -(-like.moment.parameters.size // 8)), np.uint8)
        return cls(steps, optimizer_steps, revisions, np.zeros(count), values, held, memories)

    @classmethod
    def of(cls, frames: Sequence[Frame]) -> FrameRows:
        """Copies of `frames`, of which there is at least one."""
        rows = cls.room(len(frames), frames[0])
        for row, frame in enumerate(frames):
            rows.put(row, frame)
        return rows

    def __len__(self) -> int:
        return len(self.steps)

    def put(self, row: int, frame: Frame) -> None:
        """Copy `frame` into a row. A memory that it has not got yet is one of zeros."""
        moment = frame.moment
        self.steps[row], self.optimizer_steps[row] = moment.step, moment.optimizer[0]
        self.revisions[row], self.rates[row] = frame.revision, frame.rate
        self.held[row] = 0 if frame.learns is None else np.packbits(~frame.learns)
        weights, gradients, *memories = self._parts(self.values[row])
        weights[...] = moment.parameters
        gradients[...] = np.nan if frame.gradients is None else frame.gradients
        for name, memory in zip(self.memories, memories, strict=True):
            memory[...] = moment.optimizer[1].get(name, 0)

    def get(self, row: int, *, copy: bool = True) -> Frame:
        """The frame in a row, its numbers copied to one array or seen where they stand."""
        values = self.values[row].copy() if copy else self.values[row]
        weights, gradients, *memories = self._parts(values)
        remembered = dict(zip(self.memories, memories, strict=True))
        optimizer = int(self.optimizer_steps[row]), remembered
        moment = Moment(int(self.steps[row]), weights, optimizer)
        held, learns = self.held[row], None
        if held.any():
            learns = ~np.unpackbits(held, count=weights.size).astype(bool)
        revision = int(self.revisions[row])
        return Frame(moment, gradients, float(self.rates[row]), learns, revision)

    def _parts(self, values: NDArray[Any]) -> list[NDArray[Any]]:
        return list(values.reshape(2 + len(self.memories), -1))
