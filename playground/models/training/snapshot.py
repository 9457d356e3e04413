"""What the training thread hands to the window: frozen, and whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

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
    kept_steps: tuple[int, ...]
    """The steps whose weights are remembered."""
    running: bool
