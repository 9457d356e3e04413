"""Changes of the setup that a run can take up between two steps."""

from __future__ import annotations

from playground.core.optimizers import SGD
from playground.core.run import Run
from playground.core.training_setup import TrainingSetup


def retune(run: Run, setup: TrainingSetup) -> None:
    """Give the run's optimizer the numbers of `setup`; what it remembers stays."""
    optimizer = run.trainer.optimizer
    fresh = setup.make_optimizer(run.trainer.steps_per_epoch)
    optimizer.learning_rate = fresh.learning_rate
    optimizer.weight_decay, optimizer.global_clipnorm = fresh.weight_decay, fresh.global_clipnorm
    optimizer.schedule = fresh.schedule
    if isinstance(optimizer, SGD) and isinstance(fresh, SGD):
        optimizer.momentum = fresh.momentum
