"""Looks at the layers of the network that is trained, about twice a second, off the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from playground.core.building import build, with_weights
from playground.core.diagnosis import diagnose
from playground.core.layer_stats import LayerStats, layer_stats
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.models.training.snapshot import Snapshot
from playground.models.training.training import Training
from playground.models.worker import Control, LatestWorker

_EVERY_MS = 600
_EXAMPLES = 64
_MOST_LOSSES = 4096
_FIRST_LOSSES = 10


@dataclass(frozen=True)
class _Request:
    task: Task
    network: NetworkSpec
    snapshot: Snapshot
    losses: FloatArray


@dataclass(frozen=True)
class LayerReport:
    """The layers after `step` steps, and what looks wrong, in one sentence."""

    step: int
    layers: tuple[LayerStats, ...]
    problem: str


class LayerWatch(QObject):
    """Keeps a LayerReport."""

    reported = Signal(object)
    """A LayerReport."""

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.report: LayerReport | None = None
        self._worker = LatestWorker("layers", _look, self)
        self._worker.produced.connect(self._take)
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._ask)
        training.progressed.connect(self._plan)

    def close(self) -> None:
        """End the worker."""
        self._closed = True
        self._timer.stop()
        self._worker.close()

    def _plan(self, _snapshot: object) -> None:
        if not self._closed and not self._timer.isActive():
            self._timer.start()

    def _ask(self) -> None:
        training = self._training
        # A run that was left behind has weights of a network that may be another by now.
        task, snapshot = training.task, training.snapshot
        if task is not None and snapshot is not None and training.run is not None:
            self._worker.submit(_Request(task, training.network, snapshot, _losses(training)))

    def _take(self, report: LayerReport) -> None:
        self.report = report
        self.reported.emit(report)


def _losses(training: Training) -> FloatArray:
    """What is to be known of the losses: how they began, and the newest."""
    losses, run = training.curves.loss, training.run
    if len(losses) <= _MOST_LOSSES or run is None or run.first_loss is None:
        return losses.since(0)
    newest = losses.since(len(losses) - _MOST_LOSSES)
    newest[:_FIRST_LOSSES] = run.first_loss
    return newest


def _look(request: _Request, _control: Control) -> LayerReport:
    task, snapshot = request.task, request.snapshot
    spec = with_weights(request.network, snapshot.weights)
    network = build(spec, task.inputs.shape[1:], padding=task.padding)
    changes: list[FloatArray] | None = None
    if snapshot.before is not None:
        after = network.weights
        network.parameters[...] = snapshot.before.parameters
        changes = [new - old for new, old in zip(after, network.weights, strict=True)]
        network.set_weights(after)
    layers = tuple(layer_stats(network, task.inputs[:_EXAMPLES], changes))
    problem = diagnose(request.losses, snapshot.learning_rate, layers)
    return LayerReport(snapshot.step, layers, problem)
