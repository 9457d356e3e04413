"""The slider that replays the run: a click goes to exactly the step that stands there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.training.run.step_scale import StepScale
from playground.models.training.run.timeline import Timeline
from playground.models.training.run.training import Training
from playground.views.widgets.small_widgets import bare, button, keep_room, label
from playground.views.widgets.throttle import Throttle

_DIGITS = 4
"""Digits of a step that have room from the start: most runs need no more."""
_LEFT = Qt.MouseButton.LeftButton
_PLACES = 100_000
"""Places that the handle can have: more than any screen has pixels."""


class StepSlider(Guarded, QSlider):
    """The handle stands where a scale puts its step.

    The value is the step itself, so that a key moves on by one, and a reader says its number.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._scale = StepScale(0)
        self._grip = 0
        """Pixels from the handle's left edge to where the mouse holds it."""

    def set_scale(self, scale: StepScale) -> None:
        """Have steps from 0 to the scale's last one, where it puts them."""
        if scale != self._scale:
            self._scale = scale
            self.setRange(0, scale.last)
            self.update()

    def handle(self) -> QRect:
        """Where the handle stands."""
        return self._part(QStyle.SubControl.SC_SliderHandle)

    def initStyleOption(self, option: QStyleOptionSlider) -> None:
        super().initStyleOption(option)
        option.minimum, option.maximum = 0, _PLACES
        option.sliderPosition = round(_PLACES * self._scale.share(self.sliderPosition()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT or event.buttons() != _LEFT:
            event.ignore()
            return
        event.accept()
        x, handle = round(event.position().x()), self.handle()
        held = handle.contains(event.position().toPoint())
        self._grip = x - handle.left() if held else handle.width() // 2
        self.setSliderDown(True)
        if not held:
            self._go_to(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(round(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == _LEFT:
            self.setSliderDown(False)

    def _go_to(self, x: int) -> None:
        """Put the handle where the mouse, at `x`, holds it."""
        groove = self._part(QStyle.SubControl.SC_SliderGroove)
        room = max(1, groove.width() - self.handle().width())
        self.setSliderPosition(self._scale.step_at_share((x - self._grip - groove.left()) / room))
        self.update()

    def _part(self, which: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        kind = QStyle.ComplexControl.CC_Slider
        return self.style().subControlRect(kind, option, which, self)


class TimelineBar(Guarded, QWidget):
    """Step 0 on the left, the newest step on the right."""

    def __init__(self, training: Training, timeline: Timeline) -> None:
        super().__init__()
        self._timeline = timeline
        self.slider = StepSlider()
        self.slider.setAccessibleName(self.tr("Step of the run"))
        self.slider.setToolTip(
            self.tr(
                "Timeline: click or drag to see kernels and maps as they were at an earlier step"
            )
        )
        self.log = button(
            self.tr("log"),
            self.tr("Logarithmic steps"),
            checkable=True,
            what=self.tr("early steps get as much room as late ones, here and below the curve"),
        )
        self.text = label("", "detail")
        self.go_on = button(
            self.tr("Continue from here"),
            self.tr("Continue"),
            timeline.continue_from_here,
            what=self.tr("train on from this step, as a new run; the old one is kept"),
        )
        keep_room(self.go_on)
        row = bare(QHBoxLayout(self), 8)
        row.addWidget(self.slider, 1)
        for each in (self.log, self.text, self.go_on):
            row.addWidget(each)
        self.slider.valueChanged.connect(timeline.show)
        self.slider.actionTriggered.connect(self._go_on)
        self.slider.sliderReleased.connect(self._follow)
        self.log.toggled.connect(timeline.set_log)
        timeline.changed.connect(self._follow)
        timeline.log_changed.connect(self._follow)
        training.shown_changed.connect(Throttle(self._follow, self).want)
        training.run_changed.connect(self._follow)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def _go_on(self, _action: int) -> None:
        """A key or the wheel leads on to another step, also where not every one is kept."""
        slider = self.slider
        if not slider.isSliderDown() and slider.sliderPosition() > slider.value():
            next_kept = self._timeline.after(slider.value())
            slider.setSliderPosition(max(slider.sliderPosition(), next_kept))

    def _make_room(self) -> None:
        """The words for any step of the run have room, so that the slider does not move."""
        digits = "8" * max(_DIGITS, len(str(self._timeline.last)))
        widest = self.tr("step {} of {}").format(digits, digits)
        self.text.setMinimumWidth(self.fontMetrics().horizontalAdvance(widest) + 2)

    def _follow(self, _change: object = None) -> None:
        last, step = self._timeline.last, self._timeline.step
        shown = last if step is None else step
        with QSignalBlocker(self.slider):
            self.slider.set_scale(self._timeline.scale)
            if not self.slider.isSliderDown():
                self.slider.setValue(shown)
        self.slider.setEnabled(last > 0)
        self.log.setChecked(self._timeline.log)
        self.go_on.setVisible(step is not None)
        words = self.tr("step {}") if step is None else self.tr("step {} of {}")
        text = words.format(shown, last)
        if self._timeline.seldom:
            text = self.tr("{} · kept at pauses and ends of epochs").format(text)
        self._make_room()
        self.text.setText(text)
