"""The curves of a run as the window keeps them: grown by the tails of snapshots."""

from __future__ import annotations

import numpy as np

from playground.core.run import Curves
from playground.core.specs import FloatArray
from playground.models.training.snapshot import CurveTail


def grow(curves: Curves, tail: CurveTail) -> None:
    """Cut `curves` to where `tail` starts, and add it."""
    pairs = (
        (curves.loss, tail.start, tail.loss),
        (curves.accuracy, tail.start, tail.accuracy),
        (curves.validation_step, tail.validation_start, tail.validation_step),
        (curves.validation_loss, tail.validation_start, tail.validation_loss),
        (curves.validation_accuracy, tail.validation_start, tail.validation_accuracy),
    )
    for series, start, values in pairs:
        series.cut(start)
        series.extend(values)


def smoothed(values: FloatArray, window: int) -> FloatArray:
    """The mean of each value and the up to `window` − 1 before it; same length."""
    if window <= 1 or len(values) == 0:
        return values
    sums = np.cumsum(values, dtype=np.float64)
    means = np.empty_like(sums)
    window = min(window, len(values))
    means[:window] = sums[:window] / np.arange(1, window + 1)
    means[window:] = (sums[window:] - sums[:-window]) / window
    return means.astype(values.dtype)
