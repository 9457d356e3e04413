"""Changes by hand that a run takes in between two steps; the training process takes them too.

Each has a `revision`, one more than the change before: a frame says how many it has taken in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from numpy.typing import NDArray

from playground.core.network.weight_edit import WeightEdit
from playground.core.runs.run import Run
from playground.core.training.training_setup import TrainingSetup


@dataclass(frozen=True)
class Edit:
    """Give single weights these values."""

    run: int
    """Its number."""
    revision: int
    edits: tuple[WeightEdit, ...]

    def followed_by(self, later: Edit) -> Edit:
        """Both as one change."""
        return replace(later, edits=(*self.edits, *later.edits))


@dataclass(frozen=True)
class Freeze:
    """Move the weights that are True in `masks` no more, and all others; None freezes nothing."""

    run: int
    revision: int
    masks: tuple[NDArray[Any], ...] | None
    """As in `Network.freeze`."""


@dataclass(frozen=True)
class Tune:
    """Go on with other numbers: learning rate, decay, clipping, momentum, schedule."""

    run: int
    revision: int
    setup: TrainingSetup


Change: TypeAlias = Edit | Freeze | Tune


def change(run: Run, by: Change) -> None:
    """Let `run` take in a change."""
    match by:
        case Edit():
            for edit in by.edits:
                edit.apply_to(run.trainer.network)
        case Freeze():
            run.trainer.network.freeze(by.masks)
        case Tune():
            _tune(run, by.setup)
    run.revision = by.revision


def _tune(run: Run, setup: TrainingSetup) -> None:
    """Give the run's optimizer the numbers of `setup`; what it remembers stays."""
    run.trainer.optimizer.tune(setup.make_optimizer(run.trainer.steps_per_epoch))
