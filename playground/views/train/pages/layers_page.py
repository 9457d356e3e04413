"""Each layer's weights and activations as histograms, with what looks unwell."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from playground.core.explain.layer_stats import Histogram, LayerStats
from playground.models.guard import Guarded
from playground.models.training.inspect.layer_watch import LayerReport, LayerWatch
from playground.models.words.claim_words import claim_text, with_step
from playground.models.words.local_numbers import Local, with_local_marks
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import bare, label

_GAP = 8
"""Pixels between two columns, so that a name does not touch the bars beside it."""


class LayersPage(Guarded, QWidget):
    """A row for each layer."""

    def __init__(self, watch: LayerWatch, theming: Theming) -> None:
        super().__init__()
        self._watch = watch
        self.problem: QLabel = label("", "error")
        self.problem.setWordWrap(True)
        self.rows = LayerRows(theming)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.rows)
        self._scroll.setWidgetResizable(True)
        self._scroll.setProperty("kind", "plain")
        column = bare(QVBoxLayout(self), 4)
        column.addWidget(self.problem)
        column.addWidget(self._scroll, 1)
        column.addStretch()
        watch.changed.connect(self._show)
        self._show(watch.answer)

    def _show(self, report: LayerReport | None) -> None:
        asked = self._watch
        # Why the layers could not be looked at; what looks wrong with the run, the panel says.
        self.problem.setText(asked.problem)
        self.problem.setVisible(bool(asked.problem))
        self._scroll.setVisible(not asked.problem)
        self.rows.show_layers(() if report is None else report.layers, asked.step, asked.asking)


class LayerRows(Guarded, QWidget):
    """Name, weights, activations, and in words: how far the coming step moves, what is dead."""

    def __init__(self, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self.layers: tuple[LayerStats, ...] = ()
        self._step: int | None = None
        self._asking = False
        theming.changed.connect(self.update)
        self.setAccessibleName(self.tr("Weights and activations of each layer"))
        self.setToolTip(
            with_local_marks(
                self.tr(
                    "Left: how the weights are spread. Right: how the layer's outputs are spread.\n"
                    "Δw/w: how far the coming step moves the weights; near 0.001 is healthy.\n"
                    "Dead: kernels whose map is zero for every example: no gradient reaches them"
                )
            )
        )

    def show_layers(
        self, layers: tuple[LayerStats, ...], step: int | None, asking: bool = False
    ) -> None:
        """Show these layers, as they are at a step; or none, as they are `asking` for."""
        if len(layers) != len(self.layers):
            self.updateGeometry()
        self.layers, self._step, self._asking = layers, step, asking
        self.setAccessibleDescription("; ".join(self._words(layer) for layer in layers))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, (self._line() + 2) * (len(self.layers) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, line = self._theming.theme, self._line()
        if not self.layers:
            painter.setPen(QColor(theme.muted))
            text = self.tr("Train a step or two: each layer's weights and outputs appear here.")
            text = "" if self._asking else text
            flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), flags, text)
            return
        widths = [0.26, 0.24, 0.24, 0.26]
        lefts = [sum(widths[:n]) * self.width() for n in range(4)]
        painter.setPen(QColor(theme.muted))
        for left, text in zip(
            lefts,
            (self.tr("layer"), self.tr("weights"), self.tr("outputs"), with_step(self._step)),
            strict=True,
        ):
            painter.drawText(QRectF(left, 0, 200, line), Qt.AlignmentFlag.AlignLeft, text)
        for number, layer in enumerate(self.layers):
            top = (number + 1) * (line + 2)
            painter.setPen(QColor(theme.text))
            name = QRectF(lefts[0], top, widths[0] * self.width() - _GAP, line)
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, layer.name)
            for column, histogram, colour in (
                (1, layer.weights, theme.accent),
                (2, layer.activations, theme.positive),
            ):
                width = widths[column] * self.width() - _GAP
                if histogram is not None:
                    self._paint_bars(
                        painter, QRectF(lefts[column], top, width, line), histogram, colour
                    )
            some_dead = layer.dead is not None and layer.dead.numbers[0]
            painter.setPen(QColor(theme.error if some_dead else theme.muted))
            words = QRectF(lefts[3], top, widths[3] * self.width(), line)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._remark(layer))

    def _paint_bars(
        self, painter: QPainter, room: QRectF, histogram: Histogram, colour: str
    ) -> None:
        most = max(1, int(histogram.counts.max()))
        width = room.width() / len(histogram.counts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        for number, count in enumerate(histogram.counts):
            # The square root lets small counts be seen beside a heap of zeros.
            height = (int(count) / most) ** 0.5 * room.height()
            left = room.left() + number * width
            painter.drawRect(QRectF(left, room.bottom() - height, max(1.0, width - 1), height))

    def _remark(self, layer: LayerStats) -> str:
        if layer.dead is not None:
            return claim_text(layer.dead)
        if layer.update_ratio is not None:
            return self.tr("Δw/w {:.2g}").format(Local(layer.update_ratio))
        return ""

    def _words(self, layer: LayerStats) -> str:
        return f"{layer.name} {self._remark(layer)}".strip()

    def _line(self) -> int:
        return self.fontMetrics().height() + 4
