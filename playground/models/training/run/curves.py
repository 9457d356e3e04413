"""Curves as they are drawn."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.runs.run import Curves
from playground.core.specs import FloatArray

_MOST_POINTS = 2000

Points: TypeAlias = tuple[NDArray[Any], FloatArray]
"""(steps, values), without those that are no number."""


def training_points(curves: Curves, accuracy: bool, window: int) -> Points:
    """Of the training curve, smoothed, and thinned to what a screen can show."""
    steps, values = (curves.accuracy if accuracy else curves.loss).points()
    together = int(steps[0]) if len(steps) else 1
    steps, values = _finite(steps, values)
    values = smoothed(values, max(1, window // together))
    every = max(1, len(values) // _MOST_POINTS)
    return steps[::every], values[::every]


def validation_points(curves: Curves, accuracy: bool) -> Points:
    """Of the validation curve."""
    return _finite(*curves.validations(accuracy=accuracy))


def value_at(points: Points, step: int) -> FloatArray | None:
    """(1,) what a curve shows at `step`, between its points and beyond its ends; None without."""
    steps, values = points
    return np.interp([step], steps, values) if len(steps) else None


def _finite(steps: NDArray[Any], values: FloatArray) -> Points:
    finite = np.isfinite(values)
    return steps[finite], values[finite]


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
