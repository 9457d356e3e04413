"""A run that goes on in another process: what it needs there, and what it sends back.

A run's state (its moment, its optimizer's numbers, what is frozen) is taken over by another run of
the same task, which steps; its updates are then absorbed by the first, as if it had stepped itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.core.runs.frame_history import FrameHistory
from playground.core.runs.frames import Frame, FrameRows
from playground.core.runs.run import Run, RunLog
from playground.core.specs import FloatArray
from playground.core.training.propagation import Passed
from playground.core.training.trainer import Moment

_OF_THE_MOMENT = frozenset({"state", "steps"})


@dataclass(frozen=True)
class RunState:
    """Where a run stands, and how it goes on from there.

    `optimizer` holds the public numbers of the optimizer; `trainable` says of each layer whether it
    learns, `frozen` which weights do not (as in `Network.freeze`); every `spacing`-th frame is to
    be kept.
    """

    moment: Moment
    optimizer: dict[str, Any]
    trainable: tuple[bool, ...]
    frozen: tuple[NDArray[Any], ...] | None
    first_loss: float | None
    revision: int
    spacing: int


@dataclass(frozen=True)
class RunUpdate:
    """Where a run stands, and what it has gained since the last update: curves, frames to keep."""

    present: FrameRows
    """One row: the frame that it stands at."""
    passed: Passed
    """Loss and accuracy of the batch to come."""
    first_loss: float | None
    loss: FloatArray
    accuracy: FloatArray
    validation_step: NDArray[Any]
    validation_loss: FloatArray
    validation_accuracy: FloatArray
    frames: FrameRows | None
    found: bool
    """As `Run.found`."""

    @property
    def steps(self) -> int:
        """Steps that were done."""
        return len(self.loss)

    @property
    def frame(self) -> Frame:
        """The frame that the run stands at, in memory of its own; not which weights it moves."""
        return self.present.get(0, copy=False)


class GatheredFrames(FrameHistory):
    """Frames to be kept, until they are handed on."""

    def __init__(self) -> None:
        super().__init__()
        self._gathered: list[FrameRows] = []

    def take(self, spacing: int) -> FrameRows | None:
        """What has come together; from now on every `spacing`-th frame is wanted."""
        gathered, self._gathered = self._gathered, []
        self._spacing = spacing
        return FrameRows.of([rows.get(0, copy=False) for rows in gathered]) if gathered else None

    def add(self, frame: Frame, *, pause: bool = False) -> None:
        """Keep a copy of `frame`, however many there are."""
        self._gathered.append(FrameRows.of([frame]))


def state_of(run: Run) -> RunState:
    """Where `run` stands."""
    trainer = run.trainer
    numbers = {
        name: value
        for name, value in vars(trainer.optimizer).items()
        if not name.startswith("_") and name not in _OF_THE_MOMENT
    }
    trainable = tuple(layer.trainable for layer in trainer.network.layers)
    frozen = trainer.network.frozen
    spacing = run.log.history.spacing
    return RunState(
        trainer.moment(),
        numbers,
        trainable,
        None if frozen is None else tuple(frozen),
        run.log.first_loss,
        run.revision,
        spacing,
    )


def take_state(run: Run, state: RunState) -> None:
    """Let `run`, of the same task and network, stand where `state` says, with nothing gained."""
    trainer = run.trainer
    for name, value in state.optimizer.items():
        setattr(trainer.optimizer, name, value)
    for layer, trainable in zip(trainer.network.layers, state.trainable, strict=True):
        layer.trainable = trainable
    trainer.network.freeze(state.frozen)
    trainer.return_to(state.moment)
    run.revision = state.revision
    run.set_off()
    _begin_gathering(run, state.first_loss, state.spacing)


def update_of(run: Run, spacing: int, room: FrameRows | None = None) -> RunUpdate:
    """What `run` has gained since it took its state or was last asked, and forget it there.

    The frame that it stands at is put into the first row of `room`, where there is one.
    """
    log, frame = run.log, run.present()
    present = FrameRows.room(1, frame) if room is None else room
    present.put(0, frame)
    frames = log.history.take(spacing) if isinstance(log.history, GatheredFrames) else None
    curves = log.curves
    _begin_gathering(run, log.first_loss, spacing)
    return RunUpdate(
        present,
        run.trainer.look(),
        log.first_loss,
        curves.loss.since(0),
        curves.accuracy.since(0),
        curves.validation_step.since(0),
        curves.validation_loss.since(0),
        curves.validation_accuracy.since(0),
        frames,
        run.found,
    )


def gain(run: Run, update: RunUpdate) -> None:
    """Keep in the log of `run` what `update` has gained; where the run stands is left to later."""
    log, curves = run.log, run.log.curves
    frames = update.frames
    for row in range(0 if frames is None else len(frames)):
        assert frames is not None
        if log.history.wants(int(frames.steps[row])):
            log.history.add(frames.get(row, copy=False))
    run.found = update.found
    log.first_loss = update.first_loss
    curves.validation_loss.extend(update.validation_loss)
    curves.validation_accuracy.extend(update.validation_accuracy)
    curves.validation_step.extend(update.validation_step)
    curves.accuracy.extend(update.accuracy)
    curves.loss.extend(update.loss)


def stand_at(run: Run, update: RunUpdate) -> None:
    """Let `run` go on from where `update` comes from; what that gained has been kept already."""
    frame, trainer = update.frame, run.trainer
    assert frame.gradients is not None
    trainer.return_to(frame.moment)
    trainer.have_looked(frame.gradients, update.passed)
    run.revision = frame.revision


def _begin_gathering(run: Run, first_loss: float | None, spacing: int) -> None:
    gathered = GatheredFrames()
    gathered.take(spacing)
    run.log = RunLog(history=gathered)
    run.log.first_loss = first_loss
