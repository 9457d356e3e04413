"""Follows the weight that is pointed at and takes its gradient apart, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from playground.core.errors import PlaygroundError
from playground.core.explain.gradient_explanation import (
    GradientExplanation,
    Slope,
    WeightPlace,
    explain_gradient,
    measured_slope,
)
from playground.core.explain.update_rule import update_rule
from playground.core.runs.frames import Frame
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.core.tasks import Task
from playground.core.training.optimizers.base import RuleLine
from playground.core.training.training_setup import TrainingSetup
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.state.shown import Own
from playground.models.training.run.training import Training
from playground.models.worker import Control


@dataclass(frozen=True, eq=False)
class _Request(Keyed):
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


class Why(Asked[_Request, Answer]):
    """The answer for the weight pointed at; while training runs, no new one is looked for."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        running = lambda: training.running  # noqa: E731 - read as one line
        super().__init__("why", self._to_ask, _answer, parent, running=running, every_ms=None)
        self._document = document
        self._bias = False
        self._example: int | None = None
        self._check = False
        selection = document.selection
        for signal in (
            selection.weight_changed,
            selection.kernel_changed,
            selection.channel_changed,
            selection.layer_changed,
        ):
            signal.connect(self._move)
        for signal in (
            document.shown_changed,
            document.setup_changed,
            document.frozen_changed,
            training.running_changed,
        ):
            signal.connect(self.follow)

    def set_bias(self, bias: bool) -> None:
        """Ask for the kernel's bias in place of a weight."""
        self._bias = bias
        self._move()

    def show_example(self, example: int | None) -> None:
        """Show this example of the batch, or the one that contributes most."""
        self._example = example
        self.follow()

    def check(self) -> None:
        """Put the finite difference beside the gradient."""
        self._check = True
        self.follow()

    def _move(self, _change: object = None) -> None:
        self._example = None
        self._check = False
        self.follow()

    def _to_ask(self) -> _Request | None:
        document, place = self._document, self._place_pointed_at()
        shown = document.shown
        if isinstance(shown, Own) or place is None:
            return None
        run, frame, look = shown.run, shown.frame, (place, self._example, self._check)
        key, setup = (
            key_of(document, *look, run.setup, document.session.frozen),
            run.setup_at(frame),
        )
        return _Request(key, shown.step, run.task, shown.network, setup, frame, *look)

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
