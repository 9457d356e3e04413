"""Loss and accuracy over the steps: training, validation, and earlier runs behind them."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from playground.core.run import Curves
from playground.models.guard import Guarded
from playground.models.training.curves import smoothed
from playground.models.training.run_records import RunRecords
from playground.models.training.timeline import Timeline
from playground.models.training.training import Training
from playground.views.parts import button, label
from playground.views.theme import Theme
from playground.views.theming import Theming

_REDRAW_MS = 200
_MOST_POINTS = 2000
_SMALLEST = 1e-12


class CurvePlot(Guarded, QWidget):
    """One plot of loss or accuracy, with a switch for a logarithmic scale; a line at a replay."""

    def __init__(
        self,
        training: Training,
        records: RunRecords,
        timeline: Timeline,
        theming: Theming,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._training, self._records, self._theming = training, records, theming
        self._timeline = timeline
        self.plot = pg.PlotWidget()
        self.plot.setMenuEnabled(False)
        # pyqtgraph makes this menu all the same, and gives it nobody to end it.
        menu = self.plot.getPlotItem().ctrlMenu
        menu.setParent(self, menu.windowFlags())
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setMinimumHeight(70)
        self.plot.setAccessibleName(self.tr("Loss or accuracy over the steps"))
        self.training_line = self.plot.plot()
        self.validation_line = self.plot.plot()
        self.marker = pg.InfiniteLine(angle=90)
        self.marker.hide()
        self.plot.addItem(self.marker, ignoreBounds=True)
        self.earlier_lines: list[pg.PlotDataItem] = []
        self.accuracy = button(
            self.tr("Accuracy"), self.tr("Accuracy: the share that is right"), checkable=True
        )
        self.log = button(
            self.tr("log"), self.tr("Logarithmic: each line down is a tenth"), checkable=True
        )
        self.smooth = QSlider(Qt.Orientation.Horizontal)
        self.smooth.setRange(0, 8)
        self.smooth.setValue(3)
        self.smooth.setFixedWidth(52)
        self.smooth.setAccessibleName(self.tr("Smoothing"))
        self.smooth.setToolTip(self.tr("Smoothing: the mean over more steps"))
        self.legend = label("", "detail")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self._compose()
        self._connect()
        self._paint(theming.theme)

    def redraw(self) -> None:
        """Draw all curves as they are now."""
        accuracy, window = self.accuracy.isChecked(), 2 ** self.smooth.value()
        self.plot.setLogMode(y=self.log.isChecked() and not accuracy)
        curves = self._training.curves
        self.training_line.setData(*training_points(curves, accuracy, window))
        self.validation_line.setData(*validation_points(curves, accuracy))
        step = self._timeline.step
        self.marker.setVisible(step is not None)
        self.marker.setValue(step or 0)
        earlier = self._records.compared
        while len(self.earlier_lines) < len(earlier):
            line = self.plot.plot()
            line.setZValue(-1)
            self.earlier_lines.append(line)
        self._paint_earlier()
        self._show_legend()
        for line, record in zip(self.earlier_lines, earlier, strict=False):
            line.setData(*training_points(record.curves, accuracy, window))
        for line in self.earlier_lines[len(earlier) :]:
            line.setData([], [])

    def _compose(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.legend, 1)
        for each in (self.accuracy, self.log, self.smooth):
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.plot, 1)

    def _connect(self) -> None:
        training = self._training
        training.shown_changed.connect(self._plan)
        training.task_changed.connect(self._follow_task)
        self._records.changed.connect(self._plan)
        self.accuracy.toggled.connect(self._plan)
        self.log.toggled.connect(self._plan)
        self.smooth.valueChanged.connect(self._plan)
        self._theming.changed.connect(self._paint)

    def _plan(self, _news: object = None) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _follow_task(self, task: object) -> None:
        has_classes = bool(self._training.task and self._training.task.class_names)
        self.accuracy.setVisible(has_classes)
        if not has_classes:
            self.accuracy.setChecked(False)
        self.log.setChecked(task is not None and not has_classes)
        self._plan()

    def _paint(self, theme: Theme) -> None:
        self.plot.setBackground(theme.panel)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
            axis.setStyle(tickFont=self.font())
        self.plot.getAxis("left").setWidth(52)
        self.marker.setPen(pg.mkPen(theme.text, width=1, style=Qt.PenStyle.DashLine))
        self.training_line.setPen(pg.mkPen(theme.accent, width=1.6))
        self.validation_line.setPen(pg.mkPen(theme.positive, width=2))
        self.validation_line.setSymbol("o")
        self.validation_line.setSymbolSize(4)
        self.validation_line.setSymbolBrush(theme.positive)
        self.validation_line.setSymbolPen(theme.positive)
        self._show_legend()
        self._paint_earlier()

    def _show_legend(self) -> None:
        theme = self._theming.theme
        lines = [(theme.accent, self.tr("training")), (theme.positive, self.tr("validation"))]
        if self._records.compared:
            lines.append((theme.muted, self.tr("earlier")))
        self.legend.setText(
            " ".join(f'<span style="color:{ink}">━ {text}</span>' for ink, text in lines)
        )

    def _paint_earlier(self) -> None:
        colour = QColor(self._theming.theme.muted)
        colour.setAlpha(140)
        for line in self.earlier_lines:
            line.setPen(pg.mkPen(colour, width=1.2))


def training_points(
    curves: Curves, accuracy: bool, window: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(steps, values) of the training curve, smoothed, and thinned to what a screen can show."""
    steps, values = (curves.accuracy if accuracy else curves.loss).points()
    together = int(steps[0]) if len(steps) else 1
    values = smoothed(values, max(1, window // together))
    every = max(1, len(values) // _MOST_POINTS)
    return _visible(steps[::every], values[::every])


def validation_points(
    curves: Curves, accuracy: bool
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(steps, values) of the validation curve."""
    return _visible(*curves.validations(accuracy=accuracy))


def _visible(
    steps: NDArray[np.int64], values: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    # A loss of exactly zero has no logarithm.
    finite = np.isfinite(values)
    return steps[finite], np.maximum(values[finite], _SMALLEST)
