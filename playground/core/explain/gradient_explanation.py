"""Why one weight moves: what its gradient is the sum of, and the same slope measured.

    ∂L/∂w[y, x, c, o] = Σ_n Σ_{i, j} ∂L/∂out[n, i, j, o] · in[n, i·s + d·y, j·s + d·x, c]

The error that arrives at every position of the kernel's map, times the input under that weight at
that position, summed over all positions and over the batch. For a bias, the input is 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from playground.core.layers import Conv2D
from playground.core.specs import FloatArray
from playground.core.training.propagation import Propagation
from playground.core.training.trainer import Trainer

# In float64: the larger ones may reach over a kink, the smaller ones measure rounding.
_EPSILONS = (1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
_AT_THE_WEIGHT = 1e-7
"""How near a kink is that counts as one at the weight."""
_ROUNDING = 64 * float(np.finfo(np.float64).eps)
"""What rounding may do to a loss, relative to its size."""
_DIFFERENT = 1e-4
"""Slopes below and above that differ by less, relative to the larger, print as the same."""


@dataclass(frozen=True)
class WeightPlace:
    """A weight (row, column, channel) of a kernel of layer `layer`; its bias without `tap`."""

    layer: int
    kernel: int
    tap: tuple[int, int, int] | None


@dataclass(frozen=True, eq=False)
class GradientExplanation:
    """The sum taken apart, for one example of the batch and for all.

    errors, inputs and products (H', W') are those of example `example`; by_example (N,) has each
    example's sum; `gradient` is the number that training used.
    """

    place: WeightPlace
    example: int
    errors: FloatArray
    inputs: FloatArray
    products: FloatArray
    by_example: FloatArray
    gradient: float
    weight: float
    index: int
    """Where the weight stands in `Network.parameters`."""


def explain_gradient(
    trainer: Trainer,
    place: WeightPlace,
    example: int | None = None,
    gradients: FloatArray | None = None,
) -> GradientExplanation:
    """Repeat the trainer's next step up to its gradient, and take one weight's apart.

    Shows the example that contributes most, unless one is asked for. `gradients` (n,) are those
    that the run has computed for this step, where it has: they may be rounded otherwise, and are
    left in the network in place of the trainer's own. Raises IndexError where there is no such
    weight.
    """
    network = trainer.network
    layer = network.layers[place.layer]
    if not isinstance(layer, Conv2D):
        raise IndexError(f"layer {place.layer} is not a convolution")
    layer.keeps_errors = True
    try:
        trainer.propagate(trainer.batch())
    finally:
        layer.keeps_errors = False
    if gradients is not None:
        np.copyto(network.gradients, gradients)
    index = parameter_index(trainer, place)
    channels = layer.weights[0].shape[2]
    tap = None
    if place.tap is not None:
        row, column, channel = place.tap
        tap = (row * layer.kernel_size[1] + column) * channels + channel
    errors, inputs = layer.evidence(place.kernel, tap)
    products = errors * inputs
    by_example = products.sum(axis=(1, 2), dtype=np.float64)
    most = int(np.argmax(np.abs(by_example)))
    shown = most if example is None else min(max(example, 0), len(errors) - 1)
    return GradientExplanation(
        place,
        shown,
        errors[shown],
        inputs[shown],
        products[shown],
        by_example,
        float(network.gradients[index]),
        float(network.parameters[index]),
        index,
    )


def parameter_index(trainer: Trainer, place: WeightPlace) -> int:
    """Where a weight stands in `Network.parameters`; IndexError where there is none."""
    network = trainer.network
    numbered = network.unpacked(np.arange(network.parameters.size))
    before = sum(len(layer.weights) for layer in network.layers[: place.layer])
    if place.tap is None:
        return int(numbered[before + 1][place.kernel])
    return int(numbered[before][(*place.tap, place.kernel)])


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
    """The slope of the trainer's next loss at parameter `index`; the trainer stays as it is.

        below   (L(w) − L(w − ε)) / ε
        above   (L(w + ε) − L(w)) / ε
        across  (L(w + ε) − L(w − ε)) / 2ε

    In float64. Where ReLU turns on or another value of a pooling window becomes the largest, the
    loss has a kink. An ε that reaches over a kink measures neither side, one that is too small
    measures rounding: of several, the one is taken that agrees best with the next smaller one. A
    kink at the weight itself no ε avoids; there, the slopes below and above are two numbers.
    """
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
