"""Looking back over a run: the weights of any earlier step, and training on from there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.building import build, with_weights
from playground.core.specs import NetworkSpec
from playground.core.trainer import Moment
from playground.models.guard import Guarded
from playground.models.training.training import Training


class Timeline(Guarded, QObject):
    """Which step of the run is shown."""

    changed = Signal(object)
    """The step whose weights are shown, or None for the newest."""

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.step: int | None = None
        training.progressed.connect(self._follow)
        training.run_changed.connect(self._follow)

    @property
    def last(self) -> int:
        """The newest step there is."""
        run = self._training.run
        return 0 if run is None else run.steps

    def show(self, step: int) -> None:
        """Show the weights that were kept at or before `step`; training pauses."""
        training = self._training
        run = training.run
        if run is None:
            return
        training.pause()
        newest = step >= run.steps
        moment = run.trainer.moment() if newest else run.history.at(step)
        network = self._network_at(moment)
        if network is None:
            return
        training.replaying = not newest
        training.stage.show_network(self.tr("Replay"), network, "replay")
        self._set_step(None if newest else moment.step)

    def continue_from_here(self) -> None:
        """Forget what came after the step that is shown, and train on from it."""
        run = self._training.run
        if run is None or self.step is None:
            return
        self._training.return_to(run.history.at(self.step))
        self._training.play()
        self._set_step(None)

    def _network_at(self, moment: Moment) -> NetworkSpec | None:
        task, run = self._training.task, self._training.run
        if task is None or run is None:
            return None
        spec = self._training.network
        scratch = build(spec, task.inputs.shape[1:], padding=task.padding)
        scratch.parameters[...] = moment.parameters
        return with_weights(spec, scratch.weights)

    def _follow(self, _news: object = None) -> None:
        if not self._training.replaying:
            self._set_step(None)

    def _set_step(self, step: int | None) -> None:
        if step != self.step:
            self.step = step
            self.changed.emit(step)
