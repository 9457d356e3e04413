"""What looks wrong with a run that goes on, as a claim; the words say what to try."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.core.claims import Claim
from playground.core.explain.layer_stats import LayerStats
from playground.core.specs import FloatArray

_LOOK_BACK = 200
_FIRST = 10
_STILL = 1e-4
_RISEN = 3.0


def diagnose(
    losses: FloatArray,
    learning_rate: float,
    stats: Sequence[LayerStats] = (),
    *,
    rate: float | None = None,
    learns: NDArray[np.bool_] | None = None,
) -> Claim | None:
    """One claim from the loss of every step so far and the layers, or None.

    `rate` is what the schedule makes of the learning rate for the coming step, and `learns` says
    which weights it moves, None for all.
    """
    if learns is not None and not learns.any():
        return Claim("all frozen", (learns.size,), learns.size)
    if learning_rate == 0:
        return Claim("rate zero")
    if rate == 0:
        return Claim("rate run down")
    return _dead(stats) or _of_losses(losses)


def _dead(stats: Sequence[LayerStats]) -> Claim | None:
    """All kernels before a ReLU are dead, and no gradient reaches any weight before it."""
    for number, layer in enumerate(stats):
        dead = layer.dead
        if dead is None or dead.numbers[0] < dead.numbers[1]:
            continue
        if all(before.gradient in (0, None) for before in stats[:number]) and any(
            before.gradient == 0 for before in stats[:number]
        ):
            return Claim("all dead", (layer.index, dead.numbers[1]), dead.over, dead.exact)
    return None


def _of_losses(losses: FloatArray) -> Claim | None:
    if len(losses) < _LOOK_BACK:
        return None
    recent = losses[-_LOOK_BACK:].astype(np.float64)
    half = _LOOK_BACK // 2
    first, second = float(recent[:half].mean()), float(recent[half:].mean())
    # Of a long run's first losses only means, or the very first, are kept.
    start = float(np.mean(losses[:_FIRST], dtype=np.float64))
    if start > 0 and second > _RISEN * start:
        return Claim("loss risen", (second / start,), half, exact=False)
    spread = float(recent.max() - recent.min())
    if second > 1e-8 and spread <= _STILL * second and abs(first - second) <= _STILL * second:
        return Claim("loss still", (spread / second,), _LOOK_BACK)
    return None
