"""How a network's layers are doing: spreads of weights and activations, dead kernels, step sizes.

A kernel behind ReLU is *dead* when its map is zero everywhere for every example: no gradient
reaches it. One value above zero shows that it lives; that none is, takes a look at all examples.
The update-to-weight ratio ‖Δw‖ / ‖w‖ of a step is healthy near a thousandth; far below, the layer
hardly learns, far above, it is thrown about.
Source of the rule of thumb: A. Karpathy, CS231n notes, "Babysitting the learning process".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.claims import Claim
from playground.core.layers import ReLU
from playground.core.network.network import Network
from playground.core.specs import FloatArray

# Odd, so that zero is in the middle of a bin.
BINS = 31
# Examples that are looked at first, and further ones at a time: enough for a picture of a layer.
_SAMPLE, _BATCH = 64, 128
# Steps looked back on: the means of their two halves are steady although batches differ.
_LOOK_BACK = 200
# First losses that are averaged: that of one batch alone is noisy.
_FIRST = 10
# Share of the loss by which it may move and still look flat on any screen.
_STILL = 1e-4
# Differences between batches do not triple the mean of so many losses.
_RISEN = 3.0


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
    dead: Claim | None
    """Behind ReLU: so many kernels of so many are zero for all examples that were looked at."""
    update_ratio: float | None
    gradient: float | None = None
    """The largest |∂L/∂w| of its weights, for the batch to come."""


def layer_stats(
    network: Network,
    inputs: FloatArray,
    changes: list[FloatArray] | None = None,
    gradients: list[FloatArray] | None = None,
    *,
    most: int | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[LayerStats]:
    """The layers of `network` on pictures (N, H, W, C).

    `changes` are the coming step's Δw and `gradients` its ∂L/∂w, shaped as the weights. What is
    spread is that of some of the pictures; a kernel counts as dead after a look at `most` of them,
    or at all.
    """
    rest, slopes = iter(changes or []), iter(gradients or [])
    values = network.to_inside(inputs[:_SAMPLE])
    found: list[LayerStats] = []
    silent: dict[int, NDArray[np.bool_]] = {}
    for index, layer in enumerate(network.layers):
        values = layer.forward(values)
        weights = layer.weights
        moved = [next(rest) for _ in weights] if changes is not None else []
        slope = [next(slopes) for _ in weights] if gradients is not None else []
        if isinstance(layer, ReLU):
            silent[index] = _silent(values)
        found.append(
            LayerStats(
                index,
                layer.name,
                Histogram.of(weights[0]) if weights else None,
                Histogram.of(values),
                None,
                _ratio(moved, weights) if moved else None,
                max(float(np.abs(each).max()) for each in slope) if slope else None,
            )
        )
    seen = _look_for_life(network, inputs[:most], silent, should_stop)
    for index, kernels in silent.items():
        # A layer in which every kernel lives is known, however few pictures showed it.
        exact = seen == len(inputs) or not kernels.any()
        numbers = int(kernels.sum()), kernels.size
        found[index] = replace(found[index], dead=Claim("dead", numbers, seen, exact))
    return found


def _look_for_life(
    network: Network,
    inputs: FloatArray,
    silent: dict[int, NDArray[np.bool_]],
    should_stop: Callable[[], bool],
) -> int:
    """Take from `silent` the kernels that one of `inputs` wakes; how many were looked at."""
    seen = min(_SAMPLE, len(inputs))
    while seen < len(inputs) and not should_stop():
        asked = [index for index, kernels in silent.items() if kernels.any()]
        if not asked:
            break
        batch = inputs[seen : seen + _BATCH]
        values = network.to_inside(batch)
        for index, layer in enumerate(network.layers[: max(asked) + 1]):
            values = layer.forward(values)
            if index in asked:
                silent[index] &= _silent(values)
        seen += len(batch)
    return seen


def _silent(values: FloatArray) -> NDArray[np.bool_]:
    """Which kernels of maps (H, C, W, N), or units (C, N), are nowhere above zero."""
    quiet: NDArray[np.bool_] = values.max(axis=(0, 2, 3) if values.ndim == 4 else (1,)) <= 0
    return quiet


def _ratio(changes: list[FloatArray], weights: list[FloatArray]) -> float | None:
    size = float(np.linalg.norm(weights[0]))
    return float(np.linalg.norm(changes[0])) / size if size > 0 else None


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
