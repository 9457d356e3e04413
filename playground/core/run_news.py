"""A run that goes on elsewhere: what it needs to go on, and what it has gained when it is back.

A run's place (its moment, its optimizer's numbers, what is frozen) is taken over by another run of
the same task, which steps; its news are then absorbed by the first, as if it had stepped itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.moment_rows import MomentRows
from playground.core.run import Curves, Run
from playground.core.specs import FloatArray
from playground.core.trainer import Moment
from playground.core.weight_history import WeightHistory

_OF_THE_MOMENT = frozenset({"state", "steps"})


@dataclass(frozen=True)
class Place:
    """Where a run stands, and how it goes on from there.

    `optimizer` holds the public numbers of the optimizer; `trainable` says of each layer whether
    it learns, `frozen` of each weight, as `Network.frozen` does, whether it does not; every
    `spacing`-th moment is to be remembered.
    """

    moment: Moment
    optimizer: dict[str, Any]
    trainable: tuple[bool, ...]
    frozen: tuple[NDArray[np.bool_], ...] | None
    first_loss: float | None
    spacing: int


@dataclass(frozen=True)
class RunNews:
    """What a run has gained: values of curves since the last news, and moments to remember.

    `before` is the moment before the last step, where it was taken.
    """

    moment: Moment
    before: Moment | None
    gradients: FloatArray
    first_loss: float | None
    loss: FloatArray
    accuracy: FloatArray
    validation_step: NDArray[Any]
    validation_loss: FloatArray
    validation_accuracy: FloatArray
    moments: MomentRows | None
    """Those to remember, where there are any."""

    @property
    def steps(self) -> int:
        """Steps that were done."""
        return len(self.loss)


class Gathered(WeightHistory):
    """Moments to be remembered, until they are handed on."""

    def __init__(self) -> None:
        super().__init__()
        self._gathered: list[MomentRows] = []

    def take(self, spacing: int) -> MomentRows | None:
        """What has come together; from now on every `spacing`-th moment is wanted."""
        gathered, self._gathered = self._gathered, []
        self._spacing = spacing
        return MomentRows.of([rows.get(0, copy=False) for rows in gathered]) if gathered else None

    def add(self, moment: Moment) -> None:
        """Keep a copy of `moment`, however many there are."""
        self._gathered.append(MomentRows.of([moment]))


def place_of(run: Run) -> Place:
    """Where `run` stands."""
    trainer = run.trainer
    numbers = {
        name: value
        for name, value in vars(trainer.optimizer).items()
        if not name.startswith("_") and name not in _OF_THE_MOMENT
    }
    network, held = trainer.network, trainer.network.frozen
    trainable = tuple(layer.trainable for layer in network.layers)
    frozen = None if held is None else tuple(held)
    spacing = run.history.spacing
    return Place(trainer.moment(), numbers, trainable, frozen, run.first_loss, spacing)


def take_place(run: Run, place: Place) -> None:
    """Let `run`, of the same task and network, stand at `place`, with nothing gained yet."""
    trainer = run.trainer
    for name, value in place.optimizer.items():
        setattr(trainer.optimizer, name, value)
    for layer, trainable in zip(trainer.network.layers, place.trainable, strict=True):
        layer.trainable = trainable
    trainer.network.freeze(place.frozen)
    trainer.return_to(place.moment)
    run.curves, run.first_loss = Curves(), place.first_loss
    if isinstance(run.history, Gathered):
        run.history.take(place.spacing)


def news_of(run: Run, before: Moment | None, spacing: int) -> RunNews:
    """What `run` has gained since it took its place or was last asked, and forget it there."""
    trainer, curves = run.trainer, run.curves
    run.curves = Curves()
    moments = run.history.take(spacing) if isinstance(run.history, Gathered) else None
    return RunNews(
        trainer.moment(),
        before if before is not None and before.step == trainer.steps - 1 else None,
        trainer.network.gradients.copy(),
        run.first_loss,
        curves.loss.since(0),
        curves.accuracy.since(0),
        curves.validation_step.since(0),
        curves.validation_loss.since(0),
        curves.validation_accuracy.since(0),
        moments,
    )


def absorb(run: Run, news: RunNews) -> None:
    """Be where `news` come from, and have gained what they have."""
    trainer, curves = run.trainer, run.curves
    trainer.return_to(news.moment)
    np.copyto(trainer.network.gradients, news.gradients)
    run.first_loss = news.first_loss
    curves.loss.extend(news.loss)
    curves.accuracy.extend(news.accuracy)
    curves.validation_step.extend(news.validation_step)
    curves.validation_loss.extend(news.validation_loss)
    curves.validation_accuracy.extend(news.validation_accuracy)
    for row in range(0 if news.moments is None else len(news.moments)):
        assert news.moments is not None
        if run.history.wants(int(news.moments.steps[row])):
            run.history.add(news.moments.get(row, copy=False))
