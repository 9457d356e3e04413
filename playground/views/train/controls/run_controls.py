"""Play, one step, one epoch, start over, and how fast."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from playground.models.guard import Guarded
from playground.models.training.inspect.slow_motion import SlowMotion
from playground.models.training.inspect.task_fit import TaskFit
from playground.models.training.run.training import Training
from playground.views.widgets.small_widgets import bare, button, explain, label

_SLOWEST, _FASTEST = 1.0, 1000.0
"""Steps a second: slow enough to watch each one, and faster than any screen shows them."""

_POSITIONS = 60
"""Slider positions with a number, 20 for each power of ten; one more stands for no limit."""

_PLAY, _PAUSE = "▶", "❚❚"

_SIGNS = "▸|", "▸▸|", "◔", "↺", "⚄"
"""For step, epoch, slow motion, start over and new weights, where words have no room."""

_MOST = 0.4
"""Of the bar's width for the buttons: the timeline needs the larger part."""
_PADDING = 28
"""Pixels beside the text of a button: the padding of the style sheet, and some to spare."""


class RunControls(Guarded, QWidget):
    """A row of buttons, as on any player, with the speed beside it."""

    def __init__(self, training: Training, slow: SlowMotion, task_fit: TaskFit) -> None:
        super().__init__()
        self._training, self._task_fit = training, task_fit
        self._to_play = self.tr("Train"), self.tr("change the weights step by step (Space)")
        self._to_pause = self.tr("Pause"), self.tr("stop after this step (Space)")
        self.play = button(_PLAY, self._to_play[0], training.toggle, what=self._to_play[1])
        self.play.setProperty("kind", "primary")
        self.step = button(
            self.tr("Step"),
            on_click=training.step_once,
            what=self.tr("learn from one batch, one change of all weights"),
        )
        self.epoch = button(
            self.tr("Epoch"),
            on_click=training.epoch_once,
            what=self.tr("learn to the end of this pass over all examples"),
        )
        self.slow = button(
            self.tr("Slow motion"),
            on_click=slow.advance,
            what=self.tr(
                "one step, layer by layer; each press, or the key S, goes on: values forward, "
                "the loss, gradients back, then the weights change"
            ),
        )
        self.again = button(
            self.tr("Start over"),
            on_click=training.reset,
            what=self.tr("the same task from the same fresh weights"),
        )
        self.reseed = button(
            self.tr("New weights"),
            on_click=partial(training.reset, new_seed=True),
            what=self.tr("start over with the next seed"),
        )
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, _POSITIONS + 1)
        self.speed.setMinimumWidth(40)
        self.speed.setAccessibleName(self.tr("Steps a second"))
        self.speed.setToolTip(self.tr("Speed: from one step a second to as fast as can be"))
        self.pace = label("", "detail")
        row = bare(QHBoxLayout(self), 4)
        for each in (self.play, self.step, self.epoch, self.slow, self.again, self.reseed):
            row.addWidget(each)
        row.addWidget(self.speed, 1)
        row.addWidget(self.pace)
        self.speed.valueChanged.connect(self._choose_speed)
        training.running_changed.connect(self._show_running)
        training.pace_changed.connect(self._show_pace)
        training.task_changed.connect(self._show_possible)
        task_fit.changed.connect(self._show_possible)
        self._signs = dict(
            zip((self.step, self.epoch, self.slow, self.again, self.reseed), _SIGNS, strict=True)
        )
        self._words = {made: made.text() for made in self._signs}
        self._room = 0
        self._make_room()
        self._show_pace(training.pace)
        self._show_possible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def set_room(self, width: int) -> None:
        """Say how wide the bar is that the controls stand in, in pixels."""
        self._room = width
        self._make_room()

    def _make_room(self) -> None:
        """Words where they fit, else signs; the play button and the pace keep their widths."""
        metrics = self.fontMetrics()
        self.pace.setMinimumWidth(metrics.horizontalAdvance(self.tr("fastest")) + 2)
        self.play.setMinimumWidth(metrics.horizontalAdvance(_PAUSE) + _PADDING)
        wide = sum(metrics.horizontalAdvance(word) + _PADDING for word in self._words.values())
        fits = wide + self.play.minimumWidth() <= _MOST * self._room
        for made, text in (self._words if fits else self._signs).items():
            if made.text() != text:
                made.setText(text)

    def _choose_speed(self, position: int) -> None:
        if position > _POSITIONS:
            self._training.set_pace(None)
        else:
            share = position / _POSITIONS
            self._training.set_pace(_SLOWEST * (_FASTEST / _SLOWEST) ** share)

    def _show_pace(self, pace: float | None) -> None:
        if pace is None:
            position = _POSITIONS + 1
            self.pace.setText(self.tr("fastest"))
        else:
            share = math.log(pace / _SLOWEST) / math.log(_FASTEST / _SLOWEST)
            position = round(_POSITIONS * share)
            self.pace.setText(f"{pace:.0f}/s")
        if self.speed.value() != position:
            with QSignalBlocker(self.speed):
                self.speed.setValue(position)

    def _show_running(self, running: bool) -> None:
        self.play.setText(_PAUSE if running else _PLAY)
        self._show_tip()
        self.play.setAccessibleName(self.tr("Pause") if running else self.tr("Train"))

    def _show_possible(self, _change: object = None) -> None:
        """Off without a task, and while the network cannot learn it; then the tip says why."""
        training = self._training
        possible = training.task is not None and not self._task_fit.problem
        for each in (self.play, self.step, self.epoch, self.slow):
            each.setEnabled(possible)
        for each in (self.again, self.reseed):
            each.setEnabled(training.task is not None)
        self._show_tip()

    def _show_tip(self) -> None:
        explain(self.play, *(self._to_pause if self._training.running else self._to_play))
        if self._task_fit.problem:
            self.play.setToolTip(self._task_fit.problem)


class RunBar(Guarded, QWidget):
    """The run's controls and its timeline, for the whole width of the window."""

    def __init__(self, controls: RunControls, timeline: QWidget) -> None:
        super().__init__()
        self._controls = controls
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(16)
        row.addWidget(controls, 2)
        row.addWidget(timeline, 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._controls.set_room(self.width())
