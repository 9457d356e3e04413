"""The settings of a training: everything that is chosen beside the network and the examples."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.core.datasets.augment import Augmentation
from playground.core.errors import PlaygroundError
from playground.core.training import optimizers, schedules
from playground.core.training.optimizers import Optimizer
from playground.core.training.schedules import Schedule

# The usual choice for networks.
MOMENTUM = 0.9


@dataclass(frozen=True)
class TrainingSetup:
    """The numbers beside the Play button.

    `momentum` belongs to the optimizers that have one; a clipnorm of 0 clips nothing.
    """

    optimizer: str = "adam"
    learning_rate: float = 0.003
    batch_size: int = 64
    epochs: int = 20
    initializer: str = "glorot_uniform"
    seed: int = 0
    momentum: float = MOMENTUM
    weight_decay: float = 0.0
    clipnorm: float = 0.0
    schedule: str = "constant"
    """The name of one of `schedules.ALL`."""
    shift: int = 0
    mirror: bool = False
    workers: int = 1
    """Into how many parts each batch is cut, so that as many processes can share it: the run of
    the same number is the same, bit for bit, whoever computes the parts."""

    def __post_init__(self) -> None:
        if self.batch_size < 1 or self.epochs < 1:
            raise PlaygroundError("A batch has at least one example, and training one epoch.")
        if not 0 <= self.learning_rate < math.inf:
            raise PlaygroundError("A learning rate is a number from 0 on, such as 0.01.")

    @property
    def has_momentum(self) -> bool:
        """Whether `momentum` counts."""
        return optimizers.kind_of(self.optimizer).takes_momentum

    @property
    def augmentation(self) -> Augmentation:
        """What is done to the pictures of each batch."""
        return Augmentation(self.shift, self.mirror)

    def make_schedule(self, steps_per_epoch: int) -> Schedule:
        """The course of the learning rate over all epochs."""
        return schedules.ALL[self.schedule].over(self.epochs * steps_per_epoch)

    def make_optimizer(self, steps_per_epoch: int) -> Optimizer:
        """A fresh optimizer with these settings."""
        momentum = {"momentum": self.momentum} if self.has_momentum else {}
        return optimizers.kind_of(self.optimizer)(
            self.learning_rate,
            weight_decay=self.weight_decay,
            global_clipnorm=self.clipnorm or None,
            schedule=self.make_schedule(steps_per_epoch),
            **momentum,
        )
