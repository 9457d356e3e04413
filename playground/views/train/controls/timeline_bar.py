"""A slider over the steps of the run: replay any of them, and go on from there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from playground.models.guard import Guarded
from playground.models.training.run.timeline import Timeline
from playground.models.training.run.training import Training
from playground.views.widgets.small_widgets import button, label
from playground.views.widgets.throttle import Throttle


class TimelineBar(Guarded, QWidget):
    """Step 0 on the left, the newest step on the right."""

    def __init__(
        self, training: Training, timeline: Timeline, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Step of the run"))
        self.slider.setToolTip(
            self.tr("Timeline: drag to see kernels and maps as they were at an earlier step")
        )
        self.text = label("", "detail")
        self.go_on = button(
            self.tr("Continue from here"),
            self.tr("Continue"),
            timeline.continue_from_here,
            what=self.tr("train on from this step, as a new run; the old one is kept"),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.text)
        row.addWidget(self.go_on)
        self.slider.valueChanged.connect(timeline.show)
        timeline.changed.connect(self._follow)
        training.shown_changed.connect(Throttle(self._follow, self).want)
        training.run_changed.connect(self._follow)
        self._follow()

    def _follow(self, _news: object = None) -> None:
        last, step = self._timeline.last, self._timeline.step
        shown = last if step is None else step
        was_blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        if not self.slider.isSliderDown():
            self.slider.setValue(shown)
        self.slider.blockSignals(was_blocked)
        self.slider.setEnabled(last > 0)
        self.go_on.setVisible(step is not None)
        words = self.tr("step {}") if step is None else self.tr("step {} of {}")
        text = words.format(shown, last)
        if self._timeline.seldom:
            text = self.tr("{} · kept at pauses and ends of epochs").format(text)
        self.text.setText(text)
