"""What looks wrong with a run that still goes on, in a learner's words, and what to try."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.core.layer_stats import LayerStats
from playground.core.specs import FloatArray

_LOOK_BACK = 200
_STILL = 1e-4
_RISEN = 3.0


def diagnose(losses: FloatArray, learning_rate: float, stats: Sequence[LayerStats] = ()) -> str:
    """One sentence about the loss of every step so far and the layers, or nothing."""
    if learning_rate == 0:
        return "The learning rate is zero, so no weight moves: move the slider to the right."
    for layer in stats:
        if layer.dead is not None and layer.dead == 1.0:
            return (
                f"Every kernel before {layer.name} {layer.index} is dead: its maps are zero for "
                "all examples, so nothing learns. Start again with a smaller learning rate, or "
                "use leaky ReLU."
            )
    if len(losses) < _LOOK_BACK:
        return ""
    recent = losses[-_LOOK_BACK:]
    half = _LOOK_BACK // 2
    first, second = float(np.mean(recent[:half])), float(np.mean(recent[half:]))
    if float(losses[0]) > 0 and second > _RISEN * float(np.mean(losses[:10])):
        return (
            "The loss is higher than at the start: the steps are too large. Try a learning rate "
            "ten times smaller."
        )
    spread = float(recent.max() - recent.min())
    if second > 1e-8 and spread <= _STILL * second and abs(first - second) <= _STILL * second:
        return (
            "The loss does not change any more: try a larger learning rate or other fresh weights."
        )
    return ""
