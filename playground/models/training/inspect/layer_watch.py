"""Looks at the layers of the network that is trained, about twice a second, off the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from playground.core.explain.layer_stats import LayerStats, diagnose, layer_stats
from playground.core.explain.update_rule import next_change
from playground.core.network.building import build
from playground.core.runs.frames import Frame
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.core.training.training_setup import TrainingSetup
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.state.shown import Own
from playground.models.state.training_run import TrainingRun
from playground.models.training.run.training import Training
from playground.models.words.claim_words import claim_text
from playground.models.worker import Control

_EVERY_MS, _SOON_MS = 600, 100
_MOST_WHILE_IT_RUNS = 512
"""Examples that are looked at for a dead kernel while training needs the machine."""

_MOST_LOSSES = 4096
_FIRST_LOSSES = 10


@dataclass(frozen=True, eq=False)
class _Request(Keyed):
    task: Task
    network: NetworkSpec
    setup: TrainingSetup
    frame: Frame
    run: TrainingRun
    running: bool
    goes_on: bool
    """Whether it is not replayed, and has not come to its end."""


@dataclass(frozen=True)
class LayerReport:
    """The layers after `step` steps, and what looks wrong, in one sentence."""

    step: int
    layers: tuple[LayerStats, ...]
    problem: str


class LayerWatch(Asked[_Request, LayerReport]):
    """Keeps a LayerReport while a run is shown."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(
            *("layers", self._to_ask, _look, parent),
            running=lambda: training.running,
            soon_ms=_SOON_MS,
            every_ms=_EVERY_MS,
        )
        self._document, self._training = document, training
        self.set_watched(True)
        for signal in (document.shown_changed, document.setup_changed, training.running_changed):
            signal.connect(self.follow)

    def _to_ask(self) -> _Request | None:
        shown = self._document.shown
        if isinstance(shown, Own):
            return None
        run, frame = shown.run, shown.frame
        key, setup = key_of(self._document, run.setup), run.setup_at(frame)
        now = self._training.running, self._training.goes_on
        return _Request(key, shown.step, run.task, shown.network, setup, frame, run, *now)


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
        losses, rate = _losses(request.run, frame.step), request.setup.learning_rate
        problem = diagnose(losses, rate, layers, rate=frame.rate, learns=frame.learns)
    return LayerReport(frame.step, layers, "" if problem is None else claim_text(problem))
