"""Follows the weight that is pointed at and takes its gradient apart, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.core.errors import PlaygroundError
from playground.core.frames import Frame
from playground.core.gradient_explanation import (
    GradientExplanation,
    WeightPlace,
    explain_gradient,
)
from playground.core.measured_slope import Slope, measured_slope
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.core.tasks import Task
from playground.core.training_setup import TrainingSetup
from playground.core.update_rule import RuleLine, update_rule
from playground.models.asked import Asked
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.state.shown import Own
from playground.models.training.training import Training
from playground.models.worker import Control, Failure


@dataclass(frozen=True)
class _Request:
    task: Task
    network: NetworkSpec
    setup: TrainingSetup
    frame: Frame
    place: WeightPlace
    example: int | None
    check: bool


@dataclass(frozen=True)
class Answer:
    """Why a weight will move in the step behind `step` steps; `checked` is the slope, measured."""

    step: int
    explanation: GradientExplanation
    rule: tuple[RuleLine, ...]
    checked: Slope | None


class Why(Guarded, QObject):
    """The answer for the weight pointed at, while training pauses."""

    answered = Signal(object)
    """An Answer, or None; `problem` says why there is none, where something went wrong."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.answer: Answer | None = None
        self.problem = ""
        self._bias = False
        self._example: int | None = None
        self._place: WeightPlace | None = None
        self._check = False
        self._asked = Asked("why", self._question, _answer, self._take, self._fail, self)
        selection = document.selection
        for signal in (
            selection.weight_changed,
            selection.kernel_changed,
            selection.channel_changed,
            selection.layer_changed,
        ):
            signal.connect(self._move)
        document.shown_changed.connect(self._plan)
        training.running_changed.connect(self._plan)

    def set_watched(self, watched: bool) -> None:
        """Answer only while somebody looks."""
        self._asked.set_watched(watched)
        self._plan()

    def set_bias(self, bias: bool) -> None:
        """Ask for the kernel's bias in place of a weight."""
        self._bias = bias
        self._move()

    def show_example(self, example: int | None) -> None:
        """Show this example of the batch, or the one that contributes most."""
        self._example = example
        self._plan()

    def check(self) -> None:
        """Put the finite difference beside the gradient."""
        self._check = True
        self._plan()

    def close(self) -> None:
        """End the worker."""
        self._asked.close()

    def _move(self, _news: object = None) -> None:
        self._example = None
        self._check = False
        self._plan()

    def _plan(self, _news: object = None) -> None:
        self._asked.plan()

    def _question(self) -> _Request | None:
        shown, place = self._document.shown, self._place_pointed_at()
        if isinstance(shown, Own) or place is None:
            self._take(None)
            return None
        if self._training.running:
            return None
        run, frame = shown.run, shown.frame
        setup = run.setup_at(frame)
        return _Request(run.task, shown.network, setup, frame, place, self._example, self._check)

    def _place_pointed_at(self) -> WeightPlace | None:
        selection = self._document.selection
        layer = selection.layer
        if not isinstance(self._document.network.layers[layer], Conv2DSpec):
            return None
        if self._bias:
            return WeightPlace(layer, selection.kernel, None)
        if selection.weight is None:
            return None
        return WeightPlace(layer, selection.kernel, (*selection.weight, selection.channel))

    def _take(self, answer: Answer | None, problem: str = "") -> None:
        if answer is not self.answer or problem != self.problem:
            self.answer, self.problem = answer, problem
            self.answered.emit(answer)

    def _fail(self, failure: Failure) -> None:
        self._take(None, failure.message)


def _answer(request: _Request, _control: Control) -> Answer:
    """Runs on the worker's thread, with a trainer of its own."""
    frame = request.frame
    trainer = request.task.trainer_at(request.network, request.setup, frame)
    network = trainer.network
    # Weights that were changed by hand since the frame have another gradient than it says.
    same = np.array_equal(network.parameters, frame.moment.parameters)
    place = _as_stored(request.network, request.place)
    try:
        gradients = frame.gradients if same else None
        explanation = explain_gradient(trainer, place, request.example, gradients)
    except IndexError:
        raise PlaygroundError(
            "The weight you clicked is no longer in the network: click another one."
        ) from None
    rule = update_rule(
        trainer.optimizer, explanation.index, network.parameters, network.gradients, network.mask()
    )
    checked = measured_slope(trainer, explanation.index) if request.check else None
    return Answer(frame.step, explanation, rule, checked)


def _as_stored(network: NetworkSpec, place: WeightPlace) -> WeightPlace:
    """Where the weight stands in a network that computes: kernels that are turned lie turned."""
    conv = network.conv(place.layer)
    if not conv.flip or place.tap is None:
        return place
    row, column, channel = place.tap
    rows, columns = conv.kernel_size
    return WeightPlace(place.layer, place.kernel, (rows - 1 - row, columns - 1 - column, channel))
