"""One training run as it is followed: its curves, its weights over time, and what went wrong.

After every epoch the loss over the validation examples is taken as well. A run stops itself where
the loss is no longer a number or has exploded; what else looks wrong is pointed out as a hint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.series import Series
from playground.core.specs import FloatArray
from playground.core.trainer import DivergedError, Moment, StepResult, Trainer
from playground.core.weight_history import WeightHistory

_EXPLODED = 1e4
"""Times its first value that a loss may grow to."""


@dataclass
class Curves:
    """Loss and accuracy (NaN where it has no meaning) of every step, and of every validation."""

    loss: Series = field(default_factory=Series)
    accuracy: Series = field(default_factory=Series)
    validation_step: Series = field(default_factory=lambda: Series(np.int64))
    validation_loss: Series = field(default_factory=Series)
    validation_accuracy: Series = field(default_factory=Series)

    def cut(self, step: int) -> None:
        """Forget what came after `step`."""
        self.loss.cut(step)
        self.accuracy.cut(step)
        kept = int(np.searchsorted(self.validation_step.since(0), step, side="right"))
        for series in (self.validation_step, self.validation_loss, self.validation_accuracy):
            series.cut(kept)


class Run:
    """A trainer that is watched."""

    def __init__(
        self,
        trainer: Trainer,
        validation: tuple[FloatArray, NDArray[Any]] | None = None,
        history: WeightHistory | None = None,
    ) -> None:
        self.trainer = trainer
        self.validation = validation
        self.curves = Curves()
        self.history = WeightHistory() if history is None else history
        self.history.add(trainer.present())
        self.first_loss: float | None = None
        """The loss of the first step, where there was one."""

    @property
    def steps(self) -> int:
        """Steps done."""
        return self.trainer.steps

    def step(self) -> StepResult:
        """One step. Raises DivergedError where the loss is not a number, or has exploded."""
        result = self.trainer.step()
        curves = self.curves
        if self.first_loss is None:
            self.first_loss = result.loss
        curves.loss.append(result.loss)
        curves.accuracy.append(np.nan if result.accuracy is None else result.accuracy)
        if self.history.wants(result.step):
            self.history.add(self.trainer.present())
        if result.step % self.trainer.steps_per_epoch == 0:
            self.validate()
        if result.loss > _EXPLODED * max(1.0, self.first_loss):
            raise DivergedError(
                f"The loss has exploded to {result.loss:.3g} by step {result.step}: each step "
                "overshoots further than the one before. Try a learning rate ten times smaller, "
                "or clip the gradients."
            )
        return result

    def validate(self) -> None:
        """Take the loss over the validation examples, or over nothing where there are none."""
        if self.validation is None:
            return
        loss, accuracy = self.trainer.evaluate(*self.validation)
        self.curves.validation_step.append(self.steps)
        self.curves.validation_loss.append(loss)
        self.curves.validation_accuracy.append(np.nan if accuracy is None else accuracy)

    def return_to(self, moment: Moment) -> None:
        """Go on from an earlier moment; what came after it is forgotten."""
        self.trainer.return_to(moment)
        self.curves.cut(moment.step)
        self.history.cut(moment.step)
        if not len(self.curves.loss):
            self.first_loss = None
