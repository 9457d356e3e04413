"""Goes through one step phase by phase, then lets the run take it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.slow_motion import Phase, step_phases
from playground.models.guard import Guarded
from playground.models.training.training import Training


class SlowMotion(Guarded, QObject):
    """Where the step in slow motion has come to."""

    changed = Signal(object)
    """The Phase that is shown, or None."""

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._phases: tuple[Phase, ...] = ()
        self.phase: Phase | None = None
        training.running_changed.connect(self._stop)
        training.run_changed.connect(self._stop)
        training.task_changed.connect(self._stop)

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
        trainer = run.task.trainer_at(training.network, run.setup_at(frame), frame)
        self._phases = step_phases(trainer)
        self._set(self._phases[0])

    def _stop(self, _news: object = None) -> None:
        # The step that ends slow motion is itself a short run: its phase stays to be read.
        if self._phases or (self.phase is not None and self.phase.kind != "update"):
            self._phases = ()
            self._set(None)
        elif self.phase is not None and not self._training.running:
            self.phase = None

    def _set(self, phase: Phase | None) -> None:
        self.phase = phase
        self.changed.emit(phase)
