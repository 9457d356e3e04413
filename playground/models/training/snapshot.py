"""What the training thread hands to the window: frozen, and whole."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.core.run import Curves, Run
from playground.core.specs import FloatArray
from playground.core.trainer import Moment


@dataclass(frozen=True)
class CurveTail:
    """The numbers that a run's curves have gained since `start` (and since `validation_start`).

    Where a run went back, the curves are cut to the starts first.
    """

    start: int
    loss: FloatArray
    accuracy: FloatArray
    validation_start: int
    validation_step: NDArray[Any]
    validation_loss: FloatArray
    validation_accuracy: FloatArray


@dataclass(frozen=True)
class Snapshot:
    """A run after `step` steps. Weights and gradients are as `Network.weights` lists them.

    `before` is the moment before the last step, from which the step can be done once more.
    """

    run: int
    step: int
    epoch: int
    steps_per_second: float
    learning_rate: float
    weights: tuple[FloatArray, ...]
    gradients: tuple[FloatArray, ...]
    steps: tuple[FloatArray, ...]
    """What the optimizer would add to the weights for these gradients."""
    before: Moment | None
    tail: CurveTail
    running: bool


def tail_of(curves: Curves, start: int, validation_start: int) -> CurveTail:
    """What `curves` have gained since."""
    return CurveTail(
        start,
        curves.loss.since(start),
        curves.accuracy.since(start),
        validation_start,
        curves.validation_step.since(validation_start),
        curves.validation_loss.since(validation_start),
        curves.validation_accuracy.since(validation_start),
    )


def snapshot_of(
    run: Run, number: int, tail: CurveTail, before: Moment | None, speed: float, running: bool
) -> Snapshot:
    """Run `number` as it is now."""
    trainer = run.trainer
    network, steps = trainer.network, run.steps
    coming = copy.deepcopy(trainer.optimizer).change(network.gradients, network.parameters)
    if (learns := network.mask()) is not None:
        coming = coming * learns
    return Snapshot(
        number,
        steps,
        steps // trainer.steps_per_epoch,
        speed,
        trainer.optimizer.rate,
        tuple(network.weights),
        tuple(network.unpacked(network.gradients)),
        tuple(network.unpacked(coming)),
        before if before is not None and before.step == steps - 1 else None,
        tail,
        running,
    )
