"""What every optimizer has: its settings, its memory, and one change of all weights.

Each kind stands in a file beside this one with its formula as it is computed and as it is
explained; the table of them is in `__init__.py`. A `Sheet` is that explanation: the rule for one
weight, line by line, each with the numbers as they are printed.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import is_positive, is_real, shown
from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray
from playground.core.training.schedules import Constant, Schedule

Memory: TypeAlias = Callable[[str], tuple[str, float]]
"""What is remembered of the weight under a letter: as it is printed, and that value."""


@dataclass(frozen=True)
class RuleLine:
    """One line: "m ← 0.9·0.02 + 0.1·g", what comes out, and how that is printed.

    The last one's value is the next weight, printed behind the present one: "+0.1 → +0.2".
    """

    formula: str
    value: float
    text: str


class Sheet:
    """Lines that go on with the numbers of earlier ones as they are printed there."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.lines: list[RuleLine] = []

    def add(self, formula: str, value: float) -> float:
        """Another line; gives back its value as it is printed."""
        text = f"{value:+.{self.digits}g}"
        self.lines.append(RuleLine(formula, value, text))
        return float(text)

    def number(self, value: float) -> tuple[str, float]:
        """A number within a formula, and its value as it is printed."""
        text = f"{value:.{self.digits}g}"
        return f"({text})" if value < 0 else text, float(text)

    def average(self, name: str, kept: float, before: tuple[str, float], new: float) -> float:
        """The line of a memory that keeps a share of what it was: of g in m, of g² in v."""
        term, share = "g" if name == "m" else "g²", as_set(1 - kept)
        formula = f"{name} ← {as_set(kept)}·{before[0]} + {share}·{term}"
        return self.add(formula, kept * before[1] + float(share) * new)


def as_set(value: float) -> str:
    """A number as it was chosen."""
    return f"{value:.12g}"


class Optimizer(ABC):
    """Changes weights, one vector of them, against their gradients."""

    name: str
    label: str
    tip: str
    """What it does, in a learner's words."""
    memories: tuple[str, ...] = ()
    """What is remembered of each weight from step to step, by the letters of the formulas."""
    decays_apart = False
    """Whether weight decay goes straight to the weights, and not into the gradient."""
    takes_momentum = False
    """Whether its momentum is a setting."""
    settings: tuple[str, ...] = (
        "learning_rate", "weight_decay", "clipvalue", "global_clipnorm", "schedule"
    )  # fmt: skip
    """What can be set while it learns, without touching what is remembered."""

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        weight_decay: float = 0.0,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        schedule: Schedule | None = None,
    ) -> None:
        """Raises PlaygroundError for a rate or decay below zero and a limit not above it."""
        if not all(is_real(share) and share >= 0 for share in (learning_rate, weight_decay)):
            raise PlaygroundError(
                "Learning rate and weight decay are numbers of zero or more, "
                f"not {shown(learning_rate)} and {shown(weight_decay)}."
            )
        for limit in (clipvalue, global_clipnorm):
            if limit is not None and not is_positive(limit):
                text = f"Gradients are clipped to more than zero, not to {shown(limit)}."
                raise PlaygroundError(text)
        self.learning_rate, self.weight_decay = learning_rate, weight_decay
        self.clipvalue, self.global_clipnorm = clipvalue, global_clipnorm
        self.schedule: Schedule = schedule or Constant()
        self.steps = 0
        self.state: dict[str, FloatArray] = {}
        self._change = self._used = self._spare = np.empty(0, np.float32)

    @property
    def rate(self) -> float:
        """The learning rate that the schedule makes of the chosen one at the next step."""
        return self.learning_rate * self.schedule(self.steps)

    def apply(self, gradients: FloatArray, weights: FloatArray) -> None:
        """One step: `weights` (n,) change in place."""
        weights += self.change(gradients, weights)

    def change(
        self,
        gradients: FloatArray,
        weights: FloatArray,
        learns: NDArray[np.bool_] | None = None,
        length: float | None = None,
    ) -> FloatArray:
        """What to add to `weights` (n,), 0 where not `learns`; valid until the next call.

        Frozen weights count neither for the gradient's length nor for what is remembered.
        Where these are only some of a network's weights, in any shape, `length` is that of the
        whole gradient, by `length_to_clip`.
        """
        self.prepare(weights)
        if learns is not None:
            gradients = gradients * learns
        limits = self.clipvalue, self.global_clipnorm
        gradient = clipped(gradients, *limits, length, self._used)
        if self.weight_decay and not self.decays_apart:
            np.multiply(weights, weights.dtype.type(self.weight_decay), out=self._spare)
            gradient = np.add(gradient, self._spare, out=self._used)
            if learns is not None:
                gradient *= learns
        rate, self.steps = self.rate, self.steps + 1
        self._direction(gradient)
        self._change *= weights.dtype.type(-rate)
        if self.decays_apart:
            np.multiply(weights, weights.dtype.type(rate * self.weight_decay), out=self._spare)
            self._change -= self._spare
        if learns is not None:
            # What is added to −0.0 must be −0.0 too, or the weight would lose its sign.
            np.copyto(self._change, -0.0, where=~learns)
        return self._change

    def length_to_clip(
        self, gradients: FloatArray, learns: NDArray[np.bool_] | None = None
    ) -> float | None:
        """What clipping to a length looks at; None where nothing is clipped so."""
        if self.global_clipnorm is None:
            return None
        counted = gradients if learns is None else gradients * learns
        limit = self.clipvalue
        return length_of(counted if limit is None else np.clip(counted, -limit, limit))

    def prepare(self, weights: FloatArray) -> None:
        """Make room for what is remembered of `weights` (n,), unless there is."""
        if self._change.shape != weights.shape or self._change.dtype != weights.dtype:
            self._allocate(weights)

    def snapshot(self) -> tuple[int, dict[str, FloatArray]]:
        """Copies of the step counter and of everything remembered."""
        return self.steps, {name: values.copy() for name, values in self.state.items()}

    def restore(self, snapshot: tuple[int, dict[str, FloatArray]]) -> None:
        """Go back to a `snapshot`."""
        self.steps = snapshot[0]
        self.state = {name: values.copy() for name, values in snapshot[1].items()}
        # Before the first step there is no memory yet: the next step makes what is missing.
        self._change = np.empty(0, np.float32)

    def tune(self, other: Optimizer) -> None:
        """Take the settings of another one of the same kind; what is remembered stays."""
        for name in self.settings:
            setattr(self, name, getattr(other, name))

    @abstractmethod
    def _direction(self, gradient: FloatArray) -> None:
        """Fill `_change` with what the learning rate is multiplied with."""

    @abstractmethod
    def explain(self, sheet: Sheet, memory: Memory, g: float) -> tuple[float, str]:
        """For one weight: add the lines of `_direction` to `sheet`.

        `memory` gives what is remembered of the weight, `g` is its gradient as it is printed.
        Gives back the direction as the lines come to it, and what the last formula calls it.
        """

    def _allocate(self, weights: FloatArray) -> None:
        self._change, self._used, self._spare = (np.empty_like(weights) for _ in range(3))
        kept = self.state
        if any(values.shape != weights.shape for values in kept.values()):
            kept, self.steps = {}, 0
        self.state = {
            name: kept[name].astype(weights.dtype) if name in kept else np.zeros_like(weights)
            for name in self.memories
        }

    def _average(self, memory: FloatArray, values: FloatArray, kept: float) -> None:
        """Memory ← kept·memory + (1 − kept)·values; `values` may be `_change`."""
        memory *= memory.dtype.type(kept)
        np.multiply(values, memory.dtype.type(1 - kept), out=self._spare)
        memory += self._spare


def check_memory(*kept: float, epsilon: float = 1.0) -> None:
    """Raises PlaygroundError for a share of the memory not in [0, 1), and ε not above 0."""
    if not all(is_real(one) for one in (*kept, epsilon)) or not (
        all(0 <= share < 1 for share in kept) and epsilon > 0
    ):
        raise PlaygroundError(
            "An optimizer keeps a share of its memory that is from 0 up to, not including, 1, and "
            "epsilon is above 0."
        )


def clipped(
    gradients: FloatArray,
    clipvalue: float | None,
    global_clipnorm: float | None,
    length: float | None,
    out: FloatArray,
) -> FloatArray:
    """`gradients` within both limits, in `out` where there are any; None is no limit.

    g ← max(−c, min(c, g)), then g ← g · min(1, n / (‖g‖ + 10⁻⁶)), as Keras's clipvalue c and
    global_clipnorm n (Pascanu and others 2013). `length` is ‖g‖ of the whole gradient, where these
    are only a part of it.
    """
    kind = gradients.dtype.type
    if clipvalue is not None:
        limit = kind(clipvalue)
        gradients = np.clip(gradients, -limit, limit, out=out)
    if global_clipnorm is not None:
        length = length_of(gradients) if length is None else length
        factor = min(1.0, global_clipnorm / (length + 1e-6))
        gradients = np.multiply(gradients, kind(factor), out=out)
    return gradients


def length_of(vector: FloatArray) -> float:
    """√Σ v² of (n,), also where a square is more than float32 can hold."""
    square = float(np.dot(vector, vector))
    if math.isinf(square):
        return float(np.linalg.norm(vector.astype(np.float64)))
    return math.sqrt(square)
