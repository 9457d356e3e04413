"""How the learning rate changes while a network learns: a factor for each step, from 1 on.

    constant  1      step  factor^⌊step / every⌋      cosine  floor + (1 − floor)·(1 + cos π·t) / 2

with t = step / steps, and the floor after the last step.
Source of the cosine: I. Loshchilov and F. Hutter, SGDR, 2017.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeAlias

from playground.core.checks import is_real, is_whole
from playground.core.errors import PlaygroundError

Schedule: TypeAlias = Callable[[int], float]


@dataclass(frozen=True)
class Constant:
    """The same learning rate throughout."""

    name, label = "constant", "constant"
    tip = "The same rate throughout"

    @classmethod
    def over(cls, _steps: int) -> Self:
        """That of a run of so many steps."""
        return cls()

    def __call__(self, step: int) -> float:
        """1."""
        return 1.0


@dataclass(frozen=True)
class Step:
    """The learning rate times `factor` after every `every` steps."""

    every: int = 1000
    factor: float = 0.5

    name, label = "step", "in steps"
    tip = "Half as large after every quarter"

    @classmethod
    def over(cls, steps: int) -> Self:
        """Three times halved in a run of so many steps."""
        return cls(max(1, steps // 4))

    def __post_init__(self) -> None:
        if not is_whole(self.every, 1) or not is_real(self.factor) or not self.factor > 0:
            raise PlaygroundError("A step schedule has at least 1 step and a factor above 0.")

    def __call__(self, step: int) -> float:
        """factor^⌊step / every⌋, steps counted from 0."""
        try:
            return float(self.factor ** (step // self.every))
        except OverflowError:
            return math.inf


@dataclass(frozen=True)
class Cosine:
    """Half a cosine wave down from 1 to `floor` within `steps`."""

    steps: int = 2000
    floor: float = 0.0

    name, label = "cosine", "cosine"
    tip = "Slowly down to zero by the last epoch"

    @classmethod
    def over(cls, steps: int) -> Self:
        """That ends with a run of so many steps."""
        return cls(steps)

    def __post_init__(self) -> None:
        if not is_whole(self.steps, 1) or not is_real(self.floor):
            raise PlaygroundError("A cosine schedule has at least 1 step.")

    def __call__(self, step: int) -> float:
        """The factor at `step`, counted from 0."""
        wave = (1 + math.cos(math.pi * min(1.0, step / self.steps))) / 2
        return self.floor + (1 - self.floor) * wave


ALL: dict[str, type[Constant | Step | Cosine]] = {
    kind.name: kind for kind in (Constant, Step, Cosine)
}
"""Every schedule that can be chosen; a new one is a class here, and its place in this table."""
