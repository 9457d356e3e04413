"""Learning rate, batch size, optimizer and the rest of the setup, as chips."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from playground.core.kernels.initializers import CHOICES
from playground.core.tasks import Task
from playground.core.training.optimizers import ALL
from playground.core.training.schedules import ALL as SCHEDULES
from playground.core.training.training_setup import TrainingSetup
from playground.models.guard import Guarded
from playground.models.training.run.training import Training
from playground.models.words.local_numbers import Local, with_local_marks
from playground.views.widgets.chips import ChipCombo, ChipNumber, ChipText
from playground.views.widgets.flow_layout import FlowLayout
from playground.views.widgets.small_widgets import bare, explain, label

_LOW, _HIGH = 1e-5, 10.0
"""The ends of the slider: one hardly moves the weights, with the other nearly every run fails."""

_POSITIONS = 600
"""Positions of the slider: 100 for each power of ten, so that the rate seems to move freely."""

_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""Powers of two, as is usual; the smallest learns from one example, the largest is still quick."""

_FRESH = ("initializer", "seed")
"""What fresh weights depend on: another one starts the run again."""


class SetupControls(Guarded, QWidget):
    """Every number beside the Play button; a change counts at once."""

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self.rate = QSlider(Qt.Orientation.Horizontal)
        self.rate.setRange(0, _POSITIONS)
        self.rate.setAccessibleName(self.tr("Learning rate"))
        self.rate.setToolTip(self.tr("Learning rate: how large each step of the weights is, live"))
        self.rate_text = ChipText("0.00025")
        self.rate_text.setAccessibleName(self.tr("Learning rate, typed"))
        self.rate_text.setToolTip(
            with_local_marks(self.tr("Type a learning rate: 0.01, 1e-3 or 1/100"))
        )
        self.batch = ChipCombo(self.tr("batch"), self._batches())
        self.optimizer = ChipCombo("", self._optimizers())
        self.initializer = ChipCombo(self.tr("start"), self._initializers())
        self.schedule = ChipCombo(self.tr("rate"), self._schedules())
        self.seed = ChipNumber(self.tr("seed"), 0, 9999)
        self.epochs = ChipNumber(self.tr("epochs"), 1, 9999)
        self.momentum = ChipNumber(self.tr("momentum"), 0, 0.99, decimals=2)
        self.decay = ChipNumber(self.tr("decay"), 0, 1, decimals=4)
        self.decay.setSingleStep(0.0005)
        self.clip = ChipNumber(self.tr("clip"), 0, 100, decimals=1)
        self.clip.setSingleStep(0.5)
        self.shift = ChipNumber(self.tr("shift"), 0, 8)
        self.mirror = ChipCombo(self.tr("mirror"), self._mirrors())
        self._choices = {
            "batch_size": self.batch,
            "optimizer": self.optimizer,
            "initializer": self.initializer,
            "schedule": self.schedule,
            "mirror": self.mirror,
        }
        self._numbers = {
            "seed": self.seed,
            "epochs": self.epochs,
            "momentum": self.momentum,
            "weight_decay": self.decay,
            "clipnorm": self.clip,
            "shift": self.shift,
        }
        self._explain()
        self._compose()
        self._connect()
        self._show(training.setup)
        self._show_task(training.task)

    def _compose(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(label(self.tr("Learning rate")))
        first.addWidget(self.rate_text)
        first.addWidget(self.rate, 1)
        column = bare(QVBoxLayout(self), 4)
        column.addLayout(first)
        for widgets in (
            (self.optimizer, self.batch, self.epochs),
            (self.initializer, self.seed, self.schedule),
            (self.momentum, self.decay, self.clip, self.shift, self.mirror),
        ):
            row = FlowLayout()
            for widget in widgets:
                row.addWidget(widget)
            column.addLayout(row)
        column.addStretch(1)

    def _explain(self) -> None:
        meanings = {
            self.batch: (self.tr("Batch"), self.tr("how many examples each step learns from")),
            self.optimizer: (
                self.tr("Optimizer"),
                self.tr("what makes a step out of the gradients"),
            ),
            self.initializer: (
                self.tr("Initializer"),
                self.tr("what fresh weights are drawn from"),
            ),
            self.schedule: (
                self.tr("Schedule"),
                self.tr("how the learning rate changes over the epochs"),
            ),
            self.seed: (
                self.tr("Seed"),
                self.tr("the same seed gives the same fresh weights and batches"),
            ),
            self.epochs: (self.tr("Epochs"), self.tr("how often every example is to be seen")),
            self.momentum: (
                self.tr("Momentum"),
                self.tr("how much of the last step goes into the next"),
            ),
            self.decay: (
                self.tr("Weight decay"),
                self.tr("how strongly each step pulls weights to zero"),
            ),
            self.clip: (
                self.tr("Clip"),
                self.tr("the longest the gradient may be; longer ones are shortened. 0: no limit"),
            ),
            self.shift: (
                self.tr("Shift"),
                self.tr("examples are moved by up to so many pixels, anew in every step"),
            ),
            self.mirror: (
                self.tr("Mirror"),
                self.tr(
                    "examples are mirrored left to right, or not, by chance, anew in every step"
                ),
            ),
        }
        for control, meaning in meanings.items():
            explain(control, *meaning)

    def _connect(self) -> None:
        self.rate.valueChanged.connect(self._choose_rate)
        self.rate_text.editingFinished.connect(self._type_rate)
        for name, combo in self._choices.items():
            combo.chosen.connect(partial(self._change, name))
        for name, number in self._numbers.items():
            number.valueChanged.connect(partial(self._type, name))
        self._training.setup_changed.connect(self._show)
        self._training.task_changed.connect(self._show_task)

    def _choose_rate(self, position: int) -> None:
        rate = _LOW * (_HIGH / _LOW) ** (position / _POSITIONS) if position else 0.0
        self._training.change_setup(learning_rate=float(f"{rate:.2g}"))

    def _type_rate(self) -> None:
        if not self.rate_text.isModified():
            return
        self.rate_text.setModified(False)
        self._training.type_rate(self.rate_text.text())
        self._show(self._training.setup)

    def _change(self, name: str, value: object) -> None:
        self._training.change_setup(**{name: value})
        if name in _FRESH:
            self._training.reset()

    def _type(self, name: str, value: float) -> None:
        self._change(name, value if self._numbers[name].decimals() else int(value))

    def _show(self, setup: TrainingSetup) -> None:
        if not self.rate_text.isModified():
            self.rate_text.setText(f"{Local(setup.learning_rate):.3g}")
        share = math.log(max(setup.learning_rate, _LOW) / _LOW) / math.log(_HIGH / _LOW)
        # The leftmost place is zero: nothing moves.
        position = min(_POSITIONS, max(1, round(_POSITIONS * share))) if setup.learning_rate else 0
        with QSignalBlocker(self.rate):
            self.rate.setValue(position)
        if self.batch.findData(setup.batch_size) < 0:
            self.batch.addItem(str(setup.batch_size), setup.batch_size)
        for name, combo in self._choices.items():
            combo.choose(getattr(setup, name))
        for name, number in self._numbers.items():
            number.show_value(getattr(setup, name))
        self.momentum.setVisible(setup.has_momentum)

    def _show_task(self, task: Task | None) -> None:
        """Pictures are moved and mirrored only where it is told what they show."""
        for control in (self.shift, self.mirror):
            control.setVisible(task is not None and task.augments)

    def _mirrors(self) -> dict[object, tuple[str, str]]:
        return {
            False: (self.tr("off"), self.tr("Examples are shown as they are")),
            True: (self.tr("on"), self.tr("In each step, about half of the examples are mirrored")),
        }

    def _batches(self) -> dict[object, tuple[str, str]]:
        tip = self.tr("{} examples a step")
        return {size: (str(size), tip.format(size)) for size in _BATCHES}

    def _optimizers(self) -> dict[object, tuple[str, str]]:
        return {name: (kind.label, self.tr(kind.tip)) for name, kind in ALL.items()}

    def _initializers(self) -> dict[object, tuple[str, str]]:
        return {choice.name: (choice.label, choice.tip) for choice in CHOICES}

    def _schedules(self) -> dict[object, tuple[str, str]]:
        return {name: (self.tr(kind.label), self.tr(kind.tip)) for name, kind in SCHEDULES.items()}
