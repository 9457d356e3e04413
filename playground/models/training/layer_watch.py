"""Looks at the layers of the network that is trained, about twice a second, off the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from playground.core.building import build
from playground.core.diagnosis import diagnose
from playground.core.frames import Frame
from playground.core.layer_stats import LayerStats, layer_stats
from playground.core.next_step import next_change
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.core.training_setup import TrainingSetup
from playground.models.asked import Asked
from playground.models.guard import Guarded
from playground.models.state.training_run import TrainingRun
from playground.models.training.claim_words import claim_text
from playground.models.training.training import Training
from playground.models.worker import Control, Failure

_EVERY_MS = 600
_MOST_WHILE_IT_RUNS = 512
"""Examples that are looked at for a dead kernel while training needs the machine."""

_MOST_LOSSES = 4096
_FIRST_LOSSES = 10


@dataclass(frozen=True)
class _Request:
    task: Task
    network: NetworkSpec
    setup: TrainingSetup
    frame: Frame
    losses: FloatArray
    running: bool
    goes_on: bool
    """Whether it is not replayed, and has not come to its end."""


@dataclass(frozen=True)
class LayerReport:
    """The layers after `step` steps, and what looks wrong, in one sentence.

    There are no layers where they could not be looked at; `problem` says why.
    """

    step: int
    layers: tuple[LayerStats, ...]
    problem: str


class LayerWatch(Guarded, QObject):
    """Keeps a LayerReport."""

    reported = Signal(object)
    """A LayerReport, or None where no run is shown."""

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.report: LayerReport | None = None
        self._asked = Asked("layers", self._question, _look, self._take, self._fail, self)
        self._asked.set_watched(True)
        training.shown_changed.connect(self._plan)
        training.running_changed.connect(self._plan)

    def close(self) -> None:
        """End the worker."""
        self._asked.close()

    def _plan(self, _snapshot: object) -> None:
        self._asked.plan(_EVERY_MS)

    def _question(self) -> _Request | None:
        training = self._training
        run, frame = training.run, training.frame
        if run is None or frame is None:
            self._take(None)
            return None
        losses = _losses(run, frame.step)
        network, setup = training.network, run.setup
        return _Request(run.task, network, setup, frame, losses, training.running, training.goes_on)

    def _take(self, report: LayerReport | None) -> None:
        self.report = report
        self.reported.emit(report)

    def _fail(self, failure: Failure) -> None:
        self._take(LayerReport(failure.request.frame.step, (), failure.message))


def _losses(run: TrainingRun, step: int) -> FloatArray:
    """What is to be known of the losses up to a step: how they began, and the newest."""
    losses, first = run.curves.loss.until(step), run.log.first_loss
    if len(losses) <= _MOST_LOSSES or first is None:
        return losses.since(0)
    newest = losses.since(len(losses) - _MOST_LOSSES)
    newest[:_FIRST_LOSSES] = first
    return newest


def _look(request: _Request, control: Control) -> LayerReport:
    task, frame = request.task, request.frame
    network = build(request.network, task.inputs.shape[1:], padding=task.padding)
    each = task.steps_per_epoch(request.setup.batch_size)
    coming = next_change(frame, request.setup.make_optimizer(each))
    changes = None if coming is None else network.unpacked(coming)
    gradients = None if frame.gradients is None else network.unpacked(frame.gradients)
    stop = control.should_stop
    most = _MOST_WHILE_IT_RUNS if request.running else None
    layers = tuple(
        layer_stats(network, task.inputs, changes, gradients, most=most, should_stop=stop)
    )
    problem = None
    if request.goes_on:
        rates = request.setup.learning_rate, frame.rate
        problem = diagnose(request.losses, rates[0], layers, rate=rates[1], learns=frame.learns)
    return LayerReport(frame.step, layers, "" if problem is None else claim_text(problem))
