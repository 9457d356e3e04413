"""Loss and accuracy over the steps: training, validation, and earlier runs behind them."""

from __future__ import annotations

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from playground.core.tasks import ClassTask
from playground.models.guard import Guarded
from playground.models.training.run.axis import Axis, Label
from playground.models.training.run.run_records import RunRecords
from playground.models.training.run.step_scale import StepScale
from playground.models.training.run.timeline import (
    Points,
    Timeline,
    training_points,
    validation_points,
    value_at,
)
from playground.models.training.run.training import Training
from playground.views.theme.theme import Theme
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import bare, button, explain, label

_REDRAW_MS = 200
"""Five times a second: often enough for a curve, and the thread keeps time for the maps."""

_MARGIN = 0.04
"""A share of the plot that stays free beyond each end of an axis."""

_GAP = 4
"""Pixels between two labels of an axis, so that they stay apart."""

_LEAST_WIDTH = 44
"""Pixels for the labels on the left, so that the plot keeps its place while they change."""


class CurvePlot(Guarded, QWidget):
    """One plot of loss or accuracy, with a switch for a logarithmic scale.

    A dot stands at the step that is shown, and a line through it where that is an earlier one. A
    click shows another one. The steps stand as on the timeline's scale.
    """

    def __init__(
        self, training: Training, records: RunRecords, timeline: Timeline, theming: Theming
    ) -> None:
        super().__init__()
        self._training, self._records, self._theming = training, records, theming
        self._timeline = timeline
        self.plot = pg.PlotWidget()
        self.plot.setMenuEnabled(False)
        # pyqtgraph makes this menu all the same, but nothing that would delete it.
        menu = self.plot.getPlotItem().ctrlMenu
        menu.setParent(self, menu.windowFlags())
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setMinimumHeight(70)
        explain(
            self.plot,
            self.tr("Loss or accuracy over the steps"),
            self.tr("click to see kernels and maps as they were at that step"),
        )
        self.training_line = self.plot.plot()
        self.validation_line = self.plot.plot()
        self.marker = pg.InfiniteLine(angle=90)
        self.marker.hide()
        self.plot.addItem(self.marker, ignoreBounds=True)
        self.here = self.plot.plot(pen=None, symbol="o", symbolSize=8)
        self.here.setZValue(1)
        self._steps, self._values = StepScale(1), Axis(0.0, 1.0)
        self._ticks: tuple[list[tuple[float, str]], ...] = ()
        self.earlier_lines: list[pg.PlotDataItem] = []
        self.accuracy = button(
            self.tr("Accuracy"),
            checkable=True,
            what=self.tr("the share that is right"),
        )
        self.log = button(
            self.tr("log"),
            self.tr("Logarithmic"),
            checkable=True,
            what=self.tr("each line down is a tenth"),
        )
        self.smooth = QSlider(Qt.Orientation.Horizontal)
        self.smooth.setRange(0, 8)
        self.smooth.setValue(3)
        self.smooth.setFixedWidth(52)
        self.smooth.setAccessibleName(self.tr("Smoothing"))
        self.smooth.setToolTip(self.tr("Smoothing: the mean over more steps"))
        # Within the plot, so that the row above it is free for what is said of the run.
        self.legend = label("", "detail")
        self.legend.setParent(self.plot)
        self.legend.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self._compose()
        self._connect()
        self._paint(theming.theme)

    def redraw(self) -> None:
        """Draw all curves as they are now."""
        accuracy, window = self.accuracy.isChecked(), 2 ** self.smooth.value()
        log, early = self.log.isChecked() and not accuracy, self._timeline.log
        curves, earlier = self._training.curves, self._records.compared
        training = training_points(curves, accuracy, window, early)
        validation = validation_points(curves, accuracy)
        before = [training_points(record.curves, accuracy, window, early) for record in earlier]
        while len(self.earlier_lines) < len(earlier):
            line = self.plot.plot()
            line.setZValue(-1)
            self.earlier_lines.append(line)
        every = [training, validation, *before]
        self._values = Axis.over((values for _, values in every), log=log)
        frame = self._training.frame
        ends = [int(steps[-1]) for steps, _ in every if len(steps)]
        self._steps = StepScale(max([1, 0 if frame is None else frame.step, *ends]), early)
        self._draw(self.training_line, training)
        self._draw(self.validation_line, validation)
        for number, line in enumerate(self.earlier_lines):
            self._draw(line, before[number] if number < len(before) else None)
        self._mark(training)
        self._paint_earlier()
        self._show_legend()
        self._label()

    def _draw(self, line: pg.PlotDataItem, points: Points | None) -> None:
        if points is None:
            line.setData([], [])
        else:
            line.setData(self._steps.drawn(points[0]), self._values.drawn(points[1]))

    def _mark(self, training: Points) -> None:
        """Mark the step that is shown."""
        frame = self._training.frame
        self._stand()
        value = None if frame is None else value_at(training, frame.step)
        if frame is None or value is None:
            self.here.setData([], [])
        else:
            self.here.setData([self._steps.place(frame.step)], self._values.drawn(value))

    def _stand(self, _step: object = None) -> None:
        """The line stands where the timeline's handle does, without waiting for the curves."""
        step = self._timeline.step
        self.marker.setVisible(step is not None)
        self.marker.setValue(self._steps.place(step or 0))

    def _go_to(self, click: MouseClickEvent) -> None:
        """Show the step that stands where the plot was clicked."""
        view = self.plot.getViewBox()
        if click.button() == Qt.MouseButton.LeftButton and view.sceneBoundingRect().contains(
            click.scenePos()
        ):
            self._timeline.show(self._steps.step_at(view.mapSceneToView(click.scenePos()).x()))

    def _label(self) -> None:
        """Set both axes' ends, and as many labels as have room."""
        low, high = self._values.span
        view = self.plot.getViewBox()
        metrics = self.fontMetrics()
        room = 1 - 2 * _MARGIN
        tall = room * max(view.height(), 1.0)
        values = self._values.labels(min(0.4, (metrics.height() + _GAP) / tall))
        left = self.plot.getAxis("left")
        widest = max((metrics.horizontalAdvance(label.text) for label in values), default=0)
        left.setWidth(max(_LEAST_WIDTH, widest + 3 * _GAP))
        wide = room * max(view.width(), 1.0)
        number = metrics.horizontalAdvance(str(self._steps.last)) + 3 * _GAP
        ticks = _ticks(values), _ticks(self._steps.labels(number / wide))
        if ticks != self._ticks:
            self._ticks = ticks
            left.setTicks([ticks[0]])
            self.plot.getAxis("bottom").setTicks([ticks[1]])
        view.setRange(
            xRange=(0, self._steps.place(self._steps.last)),
            yRange=(low, high),
            padding=_MARGIN / room,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_legend()
        self._plan()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_timer"):
            self._paint(self._theming.theme)
            self._plan()

    def set_news(self, news: QWidget) -> None:
        """Show `news` in the row above the plot, in all the room beside its buttons."""
        self._row.insertWidget(0, news, 1)

    def _compose(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addStretch()
        for each in (self.accuracy, self.log, self.smooth):
            self._row.addWidget(each)
        column = bare(QVBoxLayout(self), 2)
        column.addLayout(self._row)
        column.addWidget(self.plot, 1)

    def _connect(self) -> None:
        training = self._training
        training.shown_changed.connect(self._plan)
        training.task_changed.connect(self._follow_task)
        self._timeline.changed.connect(self._stand)
        self._timeline.log_changed.connect(self._plan)
        self._records.changed.connect(self._plan)
        self.plot.scene().sigMouseClicked.connect(self._go_to)
        self.accuracy.toggled.connect(self._plan)
        self.log.toggled.connect(self._plan)
        self.smooth.valueChanged.connect(self._plan)
        self._theming.changed.connect(self._paint)

    def _plan(self, _change: object = None) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _follow_task(self, task: object) -> None:
        has_classes = isinstance(self._training.task, ClassTask)
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
        self.marker.setPen(pg.mkPen(theme.text, width=1, style=Qt.PenStyle.DashLine))
        self.training_line.setPen(pg.mkPen(theme.accent, width=1.6))
        for each in (self.here.setSymbolBrush, self.here.setSymbolPen):
            each(theme.accent)
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
        spans = (f'<span style="color:{ink}">━ {text}</span>' for ink, text in lines)
        self.legend.setText(" ".join(spans))
        self._place_legend()

    def _place_legend(self) -> None:
        """Where a curve that comes down, or one that goes up, leaves room."""
        legend, plot = self.legend, self.plot
        legend.adjustSize()
        below = legend.height() + plot.getAxis("bottom").height() + 3 * _GAP
        y = round(plot.height() - below) if self.accuracy.isChecked() else _GAP
        legend.move(plot.width() - legend.width() - 2 * _GAP, y)

    def _paint_earlier(self) -> None:
        colour = QColor(self._theming.theme.muted)
        colour.setAlpha(140)
        for line in self.earlier_lines:
            line.setPen(pg.mkPen(colour, width=1.2))


def _ticks(labels: list[Label]) -> list[tuple[float, str]]:
    return [(label.at, label.text) for label in labels]
