"""Why one weight moves: what its gradient is the sum of.

    ∂L/∂w[y, x, c, o] = Σ_n Σ_{i, j} ∂L/∂out[n, i, j, o] · in[n, i·s + d·y, j·s + d·x, c]

The error that arrives at every position of the kernel's map, times the input under that weight at
that position, summed over all positions and over the batch. For a bias, the input is 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.core.layers import Conv2D
from playground.core.specs import FloatArray
from playground.core.training.trainer import Trainer


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
