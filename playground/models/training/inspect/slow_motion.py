"""Goes through one step phase by phase, then lets the run take it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.claims import Claim, against_gradient
from playground.core.explain.slow_motion import Phase, step_phases
from playground.core.explain.update_rule import next_change
from playground.core.runs.run import Run
from playground.core.training.trainer import Trainer
from playground.core.training.training_setup import TrainingSetup
from playground.models.guard import Guarded
from playground.models.training.run.training import Training


class SlowMotion(Guarded, QObject):
    """Where the step in slow motion has come to."""

    changed = Signal(object)
    """The Phase that is shown, or None."""

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._phases: tuple[Phase, ...] = ()
        self._said = False
        """Whether a phase can still be read, though its step may be done."""
        self.phase: Phase | None = None
        self.update: Claim | None = None
        """How the step moves the weights."""
        training.running_changed.connect(self._stop)
        training.run_changed.connect(self._forget)
        training.task_changed.connect(self._forget)

    def advance(self) -> None:
        """Go on to the next phase; the first press pauses training and begins."""
        training = self._training
        if training.running:
            training.pause()
            return
        if self.phase is None:
            self._begin()
        elif self.phase.number + 1 < self.phase.count:
            self._set(self._phases[self.phase.number + 1])
        if self.phase is not None and self.phase.kind == "update":
            self._phases = ()
            training.step_once()

    def _begin(self) -> None:
        training = self._training
        run = training.ready_to_go()
        if run is None:
            return
        # Of the very run that takes the step in the end, whose seed and numbers may be its own.
        frame = run.newest
        setup = run.setup_at(frame)
        trainer = run.task.trainer_at(training.network, setup, frame)
        self._phases = step_phases(trainer)
        self.update = _update_of(trainer, setup)
        self._set(self._phases[0])

    def _forget(self, _change: object = None) -> None:
        """Another run or task is shown: what was said of a step is not of it."""
        self._phases = ()
        if self._said:
            self._set(None)

    def _stop(self, _running: bool) -> None:
        # The step that ends slow motion is itself a short run: its phase stays to be read.
        if self._phases or (self.phase is not None and self.phase.kind != "update"):
            self._phases = ()
            self._set(None)
        elif not self._training.running:
            self.phase = None
        elif self.phase is None and self._said:
            self._set(None)

    def _set(self, phase: Phase | None) -> None:
        self.phase, self._said = phase, phase is not None
        self.changed.emit(phase)


def _update_of(trainer: Trainer, setup: TrainingSetup) -> Claim | None:
    """How the trainer's next step moves the weights that learn."""
    frame = Run(trainer).frame()
    change = next_change(frame, setup.make_optimizer(trainer.steps_per_epoch))
    if change is None or frame.gradients is None:
        return None
    learns = slice(None) if frame.learns is None else frame.learns
    return against_gradient(frame.gradients[learns], change[learns])
