"""The slope of the loss at one weight, measured: the weight is nudged, and the loss taken again.

    below   (L(w) − L(w − ε)) / ε
    above   (L(w + ε) − L(w)) / ε
    across  (L(w + ε) − L(w − ε)) / 2ε

In float64. Where ReLU turns on or another value of a pooling window becomes the largest, the loss
has a kink. An ε that reaches over a kink measures neither side, one that is too small measures
rounding: of several, the one is taken that agrees best with the next smaller one. A kink at the
weight itself no ε avoids; there, the slopes below and above are two numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from playground.core.training.propagation import Propagation
from playground.core.training.trainer import Trainer

_EPSILONS = (1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
_AT_THE_WEIGHT = 1e-7
"""How near a kink is that counts as one at the weight."""

_ROUNDING = 64 * float(np.finfo(np.float64).eps)
"""What rounding may do to a loss, relative to its size."""

_DIFFERENT = 1e-4
"""Slopes below and above that differ by less, relative to the larger, print as the same."""


@dataclass(frozen=True)
class Slope:
    """The slope `across` the weight with nudges of `epsilon`, and just `below` and `above` it."""

    across: float
    below: float
    above: float
    epsilon: float
    kink: bool
    """Whether below and above really differ: no number is the slope there."""


def measured_slope(trainer: Trainer, index: int) -> Slope:
    """The slope of the trainer's next loss at parameter `index`; the trainer stays as it is."""
    loss = _loss_along(trainer, index)
    start, moved = loss(0.0), {e: (loss(-e), loss(e)) for e in _EPSILONS}
    across = {e: (high - low) / (2 * e) for e, (low, high) in moved.items()}
    best = min(pairwise(_EPSILONS), key=lambda pair: abs(across[pair[0]] - across[pair[1]]))[0]
    kinks = []
    for epsilon in (e for e in _EPSILONS if e <= _AT_THE_WEIGHT):
        low, high = moved[epsilon]
        below, above = (start - low) / epsilon, (high - start) / epsilon
        noise = _ROUNDING * max(abs(start), abs(low), abs(high)) / epsilon
        kinks.append(abs(above - below) > noise + _DIFFERENT * max(abs(above), abs(below)))
    low, high = moved[_AT_THE_WEIGHT]
    return Slope(
        across[best],
        (start - low) / _AT_THE_WEIGHT,
        (high - start) / _AT_THE_WEIGHT,
        best,
        all(kinks),
    )


def _loss_along(trainer: Trainer, index: int) -> Callable[[float], float]:
    """The loss of the trainer's next batch as a function of what is added to one parameter."""
    network = trainer.network.replica()
    network.parameters = network.parameters.astype(np.float64)
    network.gradients = np.zeros_like(network.parameters)
    network.rebind()
    examples, (inputs, targets) = trainer.batch(), trainer.examples
    exact = Propagation(
        *(network, trainer.loss, inputs[examples].astype(np.float64), targets[examples]),
        trainer.augment,
    )
    everything, seed = np.arange(len(examples)), (trainer.seed, trainer.steps)
    start = network.parameters[index]

    def loss(nudge: float) -> float:
        network.parameters[index] = start + nudge
        return exact.forward_and_back(everything, seed).loss

    return loss
