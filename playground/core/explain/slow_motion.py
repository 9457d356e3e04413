"""One training step, phase by phase: values go forward, the loss is taken, gradients come back.

Each phase has one number: the mean |value| of what a layer puts out, the loss, or the mean
|∂L/∂value| of what comes back to it. The last phase is the change of the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from playground.core.layers.base import batch_last
from playground.core.training.trainer import Trainer

PhaseKind: TypeAlias = Literal["forward", "loss", "backward", "update"]


@dataclass(frozen=True)
class Phase:
    """Number `number` of `count` phases; `layer` is None for loss and update."""

    kind: PhaseKind
    layer: int | None
    value: float
    number: int = 0
    count: int = 0


def step_phases(trainer: Trainer) -> tuple[Phase, ...]:
    """The phases of the trainer's next step; the trainer stays where it is."""
    network = trainer.network.replica()
    inputs, targets = trainer.examples
    batch, seed = trainer.batch(), (trainer.seed, trainer.steps)
    pictures = inputs[batch]
    if trainer.augment:
        pictures = trainer.augment(pictures, np.random.default_rng(seed))
    values = network.to_inside(pictures)
    phases: list[tuple[PhaseKind, int | None, float]] = []
    for index, layer in enumerate(network.layers):
        layer.reseed((*seed, index))
        values = layer.forward(values, training=True)
        phases.append(("forward", index, float(np.mean(np.abs(values)))))
    wanted = targets[batch]
    if wanted.ndim > 1:
        wanted = np.ascontiguousarray(batch_last(wanted), dtype=values.dtype)
    gradient = np.empty_like(values)
    loss = trainer.loss.measure(values, wanted, gradient)
    phases.append(("loss", None, loss))
    for index in range(len(network.layers) - 1, -1, -1):
        phases.append(("backward", index, float(np.mean(np.abs(gradient)))))
        back = network.layers[index].backward(gradient)
        assert back is not None
        gradient = back
    phases.append(("update", None, trainer.optimizer.rate))
    count = len(phases)
    return tuple(
        Phase(kind, layer, value, number, count)
        for number, (kind, layer, value) in enumerate(phases)
    )
