"""One training run: what is kept of it, and the trainer that makes it longer.

After every epoch the loss over the validation examples is taken as well. A run stops itself where
the loss is no longer a number or has exploded. A run only grows: whoever goes on from an earlier
step, with other weights or another optimizer, begins a new run whose parent is the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import DivergedError
from playground.core.runs.frame_history import LARGE_FRAME, FrameHistory
from playground.core.runs.frames import Frame
from playground.core.runs.series import Series
from playground.core.specs import FloatArray
from playground.core.training.trainer import StepResult, Trainer

_EXPLODED = 1e4
"""Times its first value that a loss may grow to."""

EndKind: TypeAlias = Literal["found", "finished", "paused", "diverged", "stopped", "interrupted"]
"""The hidden kernel is found; all epochs are done; someone paused it, or asked for no more steps;
the numbers ran away; a fault or a lack of memory stopped it; another run took its place."""


@dataclass(frozen=True)
class RunEnd:
    """How a run came to rest, after how many steps and changes by hand, and why, in a sentence."""

    kind: EndKind
    step: int
    revision: int
    reason: str = ""


class RunStep(NamedTuple):
    """A step of a run: the frame that some weights come from."""

    run: int
    step: int


class Curves:
    """Loss and accuracy (NaN where it has no meaning) of every step, and of every validation.

    Where one thread adds and others look, they are given a `lock` that keeps them apart. A step is
    there once its loss is, and a validation once its step is: those are added last.
    """

    def __init__(self, lock: AbstractContextManager[object] | None = None) -> None:
        self.loss, self.accuracy = Series(lock=lock), Series(lock=lock)
        self.validation_step = Series(np.int64, lock)
        self.validation_loss, self.validation_accuracy = Series(lock=lock), Series(lock=lock)

    def validations(self, *, accuracy: bool) -> tuple[NDArray[np.int64], FloatArray]:
        """After which steps there was a validation, and its loss or its accuracy."""
        steps = self.validation_step.since(0)
        values = self.validation_accuracy if accuracy else self.validation_loss
        return steps, values.since(0)[: len(steps)]

    def until(self, step: int, lock: AbstractContextManager[object] | None = None) -> Curves:
        """Curves of their own that end at `step`."""
        shorter = Curves()
        validated = self.validation_step.since(0)
        kept = int(np.searchsorted(validated, step, side="right"))
        shorter.loss = self.loss.until(step, lock)
        shorter.accuracy = self.accuracy.until(step, lock)
        shorter.validation_step = self.validation_step.until(kept, lock)
        shorter.validation_loss = self.validation_loss.until(kept, lock)
        shorter.validation_accuracy = self.validation_accuracy.until(kept, lock)
        return shorter


class RunLog:
    """What is kept of run `number`: its curves and its frames. One thread writes, any may read.

    A run that has a parent goes on where the parent's frame `parent.step` was: its curves begin
    with the parent's, and earlier frames are the parent's own.
    """

    def __init__(
        self,
        number: int = 0,
        lock: AbstractContextManager[object] | None = None,
        *,
        history: FrameHistory | None = None,
        parent: RunLog | None = None,
        start: int = 0,
    ) -> None:
        self.number, self.start = number, start
        self.curves: Curves = Curves(lock) if parent is None else parent.curves.until(start, lock)
        self.history = FrameHistory(lock=lock) if history is None else history
        self.first_loss: float | None = None
        """The loss of the first step, where there was one."""
        self._earlier = parent
        if parent is not None and start:
            self.first_loss = parent.first_loss

    @property
    def steps(self) -> int:
        """Steps done."""
        return len(self.curves.loss)

    def frame(self, step: int) -> Frame | None:
        """The frame that was kept at or before `step`; it says its step. None where none is."""
        if step < self.start and self._earlier is not None:
            return self._earlier.frame(step)
        return self.history.at(step)

    def after(self, step: int) -> int | None:
        """The step of the first kept frame behind `step`; None where none is."""
        earlier = None if self._earlier is None else self._earlier.after(step)
        return earlier if earlier is not None and earlier < self.start else self.history.after(step)


class Run:
    """A trainer whose steps are logged."""

    def __init__(
        self,
        trainer: Trainer,
        validation: tuple[FloatArray, NDArray[Any]] | None = None,
        log: RunLog | None = None,
        finds: Callable[[Sequence[FloatArray]], bool] | None = None,
    ) -> None:
        """`finds` tells of weights whether they are those that were to be found."""
        self.trainer = trainer
        self.validation = validation
        self.log = RunLog() if log is None else log
        present = trainer.present()
        each = present.parameters.nbytes * (2 + len(present.optimizer[1]))
        if each > LARGE_FRAME:
            self.log.history.keep_every(trainer.steps_per_epoch)
        self.revision = 0
        """How many edits the run has taken in."""
        self._finds = finds
        self.set_off()

    @property
    def steps(self) -> int:
        """Steps done."""
        return self.trainer.steps

    def set_off(self) -> None:
        """Forget that something was found: whoever goes on from there wants to go on."""
        self.found = False
        """Whether the last step found what was to be found: from there no step leads further."""
        self._there = self._is_there()

    def _is_there(self) -> bool:
        return self._finds is not None and self._finds(self.trainer.network.weights)

    def step(self) -> StepResult:
        """One step. Raises DivergedError where the loss is not a number, or has exploded."""
        self._keep()
        result = self.trainer.step()
        curves, log = self.log.curves, self.log
        if log.first_loss is None:
            log.first_loss = result.loss
        curves.accuracy.append(np.nan if result.accuracy is None else result.accuracy)
        curves.loss.append(result.loss)
        if result.step % self.trainer.steps_per_epoch == 0:
            self.validate()
        if self._finds is not None:
            was, self._there = self._there, self._is_there()
            self.found = self._there and not was
        if result.loss > _EXPLODED * max(1.0, log.first_loss):
            raise DivergedError(
                f"The loss has exploded to {result.loss:.3g} by step {result.step}, more than "
                f"{_EXPLODED:.0f} times what it was at first: the steps are too large. Try a "
                "learning rate ten times smaller, or clip the gradients."
            )
        return result

    def frame(self) -> Frame:
        """A copy of the run as it is; the coming step's gradient is taken, and nothing changes."""
        return self.present().copied()

    def keep(self) -> None:
        """Keep the frame of a pause, where few others are kept."""
        if self.log.history.seldom:
            self.log.history.add(self.present(), pause=True)

    def validate(self) -> None:
        """Take the loss over the validation examples, or over nothing where there are none."""
        if self.validation is None:
            return
        loss, accuracy = self.trainer.evaluate(*self.validation)
        curves = self.log.curves
        curves.validation_loss.append(loss)
        curves.validation_accuracy.append(np.nan if accuracy is None else accuracy)
        curves.validation_step.append(self.steps)

    def present(self) -> Frame:
        """The run as it is, not copied: the next step changes it."""
        trainer = self.trainer
        trainer.look()
        return Frame(
            trainer.present(),
            trainer.network.gradients,
            trainer.optimizer.rate,
            trainer.network.mask(),
            self.revision,
        )

    def _keep(self) -> None:
        if self.log.history.wants(self.steps):
            self.log.history.add(self.present())
