"""How a network's layers are doing: spreads of weights and activations, dead kernels, step sizes.

A kernel behind ReLU is *dead* when its map is zero everywhere for every example: no gradient
reaches it, so it learns nothing any more. The update-to-weight ratio ‖Δw‖ / ‖w‖ of a step is
healthy near a thousandth; far below, the layer hardly learns, far above, it is thrown about.
Source of the rule of thumb: A. Karpathy, CS231n notes, "Babysitting the learning process".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.layers import ReLU
from playground.core.network import Network
from playground.core.specs import FloatArray

BINS = 31


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts (BINS,) of values between `low` and `high`."""

    counts: NDArray[np.intp]
    low: float
    high: float

    @classmethod
    def of(cls, values: NDArray[Any]) -> Histogram:
        """All finite values, over a range that is symmetric where both signs occur."""
        # In float32 the ends of values that are large and alike would leave no room for bins.
        flat = values[np.isfinite(values)].astype(np.float64)
        low, high = (float(flat.min()), float(flat.max())) if flat.size else (0.0, 0.0)
        if low < 0 < high:
            high = max(-low, high)
            low = -high
        if low == high:
            half = max(0.5, 1e-3 * abs(low))
            low, high = low - half, high + half
        return cls(np.histogram(flat, BINS, (low, high))[0], low, high)


@dataclass(frozen=True, eq=False)
class LayerStats:
    """One layer. What a layer has not, is None."""

    index: int
    name: str
    weights: Histogram | None
    activations: Histogram
    dead: float | None
    """The share of kernels that are dead, behind ReLU."""
    update_ratio: float | None


def layer_stats(
    network: Network, inputs: FloatArray, changes: list[FloatArray] | None = None
) -> list[LayerStats]:
    """The layers of `network` on pictures (N, H, W, C); `changes` are the last step's Δw."""
    rest = iter(changes or [])
    values = network.to_inside(inputs)
    found = []
    for index, layer in enumerate(network.layers):
        values = layer.forward(values)
        weights = layer.weights
        moved = [next(rest) for _ in weights] if changes is not None else []
        dead = None
        if isinstance(layer, ReLU):
            # Kernels are the second axis of maps (H, C, W, N), the first of units (C, N).
            axes = (0, 2, 3) if values.ndim == 4 else (1,)
            dead = float(np.mean(values.max(axis=axes) <= 0))
        found.append(
            LayerStats(
                index,
                layer.name,
                Histogram.of(weights[0]) if weights else None,
                Histogram.of(values),
                dead,
                _ratio(moved, weights) if moved else None,
            )
        )
    return found


def _ratio(changes: list[FloatArray], weights: list[FloatArray]) -> float | None:
    size = float(np.linalg.norm(weights[0]))
    return float(np.linalg.norm(changes[0])) / size if size > 0 else None
