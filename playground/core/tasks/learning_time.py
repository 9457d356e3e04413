"""How many steps momentum takes to a kernel that is known, before it takes any.

The mean squared error is a bowl, so along each of its axes, of curvature λ, the distance e to the
lowest point goes its own way, whatever the other axes do:

    e(t + 1) = (1 + μ − α λ) e(t) − μ e(t − 1)

with the learning rate α and the momentum μ. Batches are parts of the examples, and their mean does
what all examples do. Source: B. Polyak, Some methods of speeding up the convergence of iteration
methods, 1964.
"""

from __future__ import annotations

import math

import numpy as np

from playground.core.specs import FloatArray
from playground.core.training.training_setup import TrainingSetup

_MOST = 1 << 17
"""Steps: more than anybody waits for."""
_FINENESS = 1.05
"""Each number of steps that is looked at is so many times the one before."""
_SEEN, _FOUND = 0.02, 0.002
"""Parts of the largest weight: what nobody sees to be missing, and what nobody could."""
_SECONDS = 12.0
"""From the first step until nothing is seen to be missing: a class can follow, and does not wait.
"""
_FASTEST = 1000.0
"""Steps a second above which there is nothing to be followed."""
_EPOCHS = (100, 200, 500, 1000, 2000, 5000)
"""Plans, of which the first is taken that has twice the steps until the kernel is found."""


def steps_to(
    within: float, moments: FloatArray, setup: TrainingSetup, start: FloatArray, goal: FloatArray
) -> int | None:
    """Steps until no weight is further off than `within` of the largest one, but for a twentieth.

    `moments` (n + 1, n + 1) are those of the patches with a 1 for the bias, `start` and `goal`
    (n + 1, filters) the weights with the biases last. None where it takes too many.
    """
    curvatures, axes = np.linalg.eigh(2 * np.asarray(moments, np.float64) / goal.shape[1])
    off = axes.T @ (np.asarray(start, np.float64) - goal)
    momentum, ahead = setup.momentum, 1 + setup.momentum - setup.learning_rate * curvatures
    once = np.zeros((len(curvatures), 2, 2))
    once[:, 0, 0], once[:, 0, 1], once[:, 1, 0] = ahead, -momentum, 1
    near = within * (float(np.abs(goal[:-1]).max()) or 1.0)
    for steps in _looked_at():
        # Both rows begin as `off`: before the first step nothing moves.
        left = np.linalg.matrix_power(once, steps)[:, 0].sum(axis=1)
        if np.abs(axes @ (left[:, np.newaxis] * off)).max() <= near:
            return steps
    return None


def pace_and_epochs(
    moments: FloatArray,
    setup: TrainingSetup,
    start: FloatArray,
    goal: FloatArray,
    steps_per_epoch: int,
) -> tuple[float | None, int]:
    """Steps a second at which the weights can be followed, and epochs in which they are found.

    No pace where a second would have to have so many steps that none is seen.
    """
    seen, found = (steps_to(part, moments, setup, start, goal) for part in (_SEEN, _FOUND))
    pace = math.inf if seen is None else max(1.0, round(seen / _SECONDS))
    needed = math.inf if found is None else 2 * found / steps_per_epoch
    epochs = next((each for each in _EPOCHS if each >= needed), _EPOCHS[-1])
    return (pace if pace <= _FASTEST else None), epochs


def _looked_at() -> list[int]:
    count = math.ceil(math.log(_MOST) / math.log(_FINENESS))
    return sorted({math.ceil(_FINENESS**power) for power in range(count + 1)})
