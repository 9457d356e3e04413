"""Goes through one step phase by phase, then lets the run take it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.core.claims import Claim, against_gradient
from playground.core.explain.slow_motion import Phase, step_phases
from playground.core.explain.update_rule import next_change
from playground.core.runs.frames import Frame
from playground.core.runs.run import Run
from playground.core.specs import FloatArray, NetworkSpec
from playground.models.guard import Guarded
from playground.models.state.training_run import TrainingRun
from playground.models.training.run.training import Training
from playground.models.training.run.weight_hints import Taken


class SlowMotion(Guarded, QObject):
    """Where the step in slow motion has come to; gone as soon as it is not of what is shown."""

    changed = Signal(object)
    """The Phase that is shown, or None."""

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._phases: tuple[Phase, ...] = ()
        self._network: NetworkSpec | None = None
        """Whose phases they are."""
        self._said = False
        """Whether a phase can still be read, though its step may be done."""
        self.phase: Phase | None = None
        self.done: tuple[Phase, ...] = ()
        """All phases up to the one that is shown, in their order."""
        self.update: Claim | None = None
        """How the step moves the weights."""
        self._coming: Taken | None = None
        self._there = False
        """Whether the frame that the step leads to has been shown."""
        training.running_changed.connect(self._stop)
        training.run_changed.connect(self._forget)
        training.task_changed.connect(self._forget)
        training.shown_changed.connect(self._follow)
        training.setup_changed.connect(self._start_over)
        training.freezing.changed.connect(self._start_over)

    @property
    def taken(self) -> Taken | None:
        """What the step has added to each weight, in its last phase."""
        return self._coming if self.done and self.done[-1].kind == "update" else None

    @property
    def moved(self) -> dict[int, float]:
        """The mean |change| of each layer's weights, by layer, in the last phase."""
        taken = self.taken
        return {} if taken is None else taken.means

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
        self._phases, self._network = step_phases(trainer), training.network
        now = Run(trainer).frame()
        change = next_change(now, setup.make_optimizer(trainer.steps_per_epoch))
        self.update, self._there = _update_of(now, change), False
        self._coming = None if change is None else _taken(run, frame, change)
        self._set(self._phases[0])

    def _follow(self, _shown: object) -> None:
        """Forget all where other weights are shown than the phases are of, or the step led to."""
        network, coming, frame = self._training.network, self._coming, self._training.frame
        if not self._said or self._network is None:
            return
        stays = len(network.layers) == len(self._network.layers)
        if self._phases:
            stays = network is self._network
        elif coming is not None:
            there = frame is not None and frame.step == coming.step
            # Until the step has been taken, the frame before it is still shown.
            waiting = frame is not None and frame.step == coming.step - 1 and not self._there
            self._there, stays = self._there or there, stays and (there or waiting)
        if not stays:
            self._forget()

    def _start_over(self, _change: object = None) -> None:
        """The step to come is another one now."""
        if self._phases:
            self._forget()

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
        self.done = () if phase is None else self._phases[: phase.number + 1]
        if phase is None:
            self._coming = None
        self.changed.emit(phase)


def _update_of(frame: Frame, change: FloatArray | None) -> Claim | None:
    """How the step behind a frame moves the weights that learn."""
    if change is None or frame.gradients is None:
        return None
    learns = slice(None) if frame.learns is None else frame.learns
    return against_gradient(frame.gradients[learns], change[learns])


def _taken(run: TrainingRun, frame: Frame, change: FloatArray) -> Taken:
    """The step behind a frame of a run, as it will have been taken."""
    arrays = iter(run.unpacked(change))
    means = {}
    for index, layer in enumerate(run.network.layers):
        mine = [next(arrays) for _ in layer.weights]
        if mine:
            total = sum(float(np.abs(each).sum()) for each in mine)
            means[index] = total / sum(each.size for each in mine)
    return Taken(run.number, frame.step + 1, change, means)
