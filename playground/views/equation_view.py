"""The arithmetic of one output value as little grids: patch × weights = products, per channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.core.explain import OutputExplanation
from playground.core.number_text import format_weight
from playground.core.specs import FloatArray
from playground.views.digits import two_digits, without_leading_zero
from playground.views.theme import text_on, value_look
from playground.views.theming import Theming

Part = Literal["patch", "weights", "products"]
PARTS: tuple[Part, ...] = ("patch", "weights", "products")
SIGNS = ("×", "=", "")

_TALLEST_CELL = 30
_GAP = 16
_CHANNEL_GAP = 18
_SMALLEST_POINTS = 9.0
CHANNEL_NAMES = {1: ("",), 3: ("red", "green", "blue")}


@dataclass(frozen=True)
class _Plan:
    """Sizes in pixels for one explanation at one height."""

    rows: int
    columns: int
    channels: int
    cell_width: float
    cell_height: float
    digits: bool
    compact: bool = False
    """Whether numbers go without their leading zeros, so that all channels fit."""

    @property
    def grid_width(self) -> float:
        return self.columns * self.cell_width

    @property
    def channel_width(self) -> float:
        return 3 * self.grid_width + 2 * _GAP

    @property
    def width(self) -> float:
        return self.channels * self.channel_width + (self.channels - 1) * _CHANNEL_GAP

    def grid_left(self, channel: int, part: int) -> float:
        return channel * (self.channel_width + _CHANNEL_GAP) + part * (self.grid_width + _GAP)


class EquationView(QWidget):
    """Paints an explanation; pointing at a cell names its weight."""

    weight_pointed = Signal(object)
    """(row, column) of the tap in the patch, or None."""

    def __init__(self, theming: Theming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theming = theming
        self._shown: OutputExplanation | None = None
        self._deep = False
        self._hot: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The sum under the kernel"))
        theming.changed.connect(self.update)

    def show_explanation(
        self, explanation: OutputExplanation | None, *, deep: bool = False
    ) -> None:
        """Paint another value's arithmetic; a deep layer's input is maps, not a picture."""
        old, self._shown, self._deep = self._shown, explanation, deep
        if explanation is None or old is None or old.patch.shape != explanation.patch.shape:
            self._fit()
        self.update()

    def set_hot(self, tap: tuple[int, int] | None) -> None:
        """Mark one tap in all grids."""
        if tap != self._hot:
            self._hot = tap
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), 3 * _TALLEST_CELL)

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        plan = self._plan()
        self.setMinimumWidth(0 if plan is None else round(plan.width) + 2)

    def _plan(self) -> _Plan | None:
        if self._shown is None:
            return None
        rows, columns, channels = self._shown.patch.shape
        height = min(_TALLEST_CELL, (self.height() - 2) / rows)
        metrics = QFontMetricsF(self._font(height))
        if height < metrics.ascent() + 1:
            return _Plan(rows, columns, channels, height, height, digits=False)
        width = metrics.horizontalAdvance("−0.00") + 8
        plan = _Plan(rows, columns, channels, width, height, digits=True)
        if plan.width <= self._room():
            return plan
        # All channels side by side tell more than a second digit does.
        width = QFontMetricsF(self._font(0)).horizontalAdvance("−.00") + 5
        return _Plan(rows, columns, channels, width, height, digits=True, compact=True)

    def _room(self) -> float:
        """The width that is seen without scrolling."""
        around = self.parentWidget()
        return self.width() if around is None else around.width()

    def _font(self, cell_height: float) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(_SMALLEST_POINTS, min(font.pointSizeF(), cell_height * 0.5)))
        return font

    @staticmethod
    def _text(value: float, plan: _Plan, metrics: QFontMetricsF, *, signed: bool) -> str:
        """As many digits of a value as its cell has room for."""
        texts = [format_weight(value), without_leading_zero(value), two_digits(value)]
        if not signed:
            texts = [f"{value:.2f}", *(text.lstrip("+") for text in texts[1:])]
        for text in texts[1:] if plan.compact else texts:
            if metrics.horizontalAdvance(text) <= plan.cell_width - 2:
                return text
        return "…"

    def paintEvent(self, event: QPaintEvent) -> None:
        plan, shown = self._plan(), self._shown
        if plan is None or shown is None:
            return
        painter = QPainter(self)
        painter.setFont(self._font(0 if plan.compact else plan.cell_height))
        level = max(float(np.abs(shown.weights).max()), 1e-9)
        spread = max(float(np.abs(shown.products).max()), 1e-9)
        given = max(float(np.abs(shown.patch).max()), 1e-9) if self._deep else 0.0
        for channel in range(plan.channels):
            for number, part in enumerate(PARTS):
                values = getattr(shown, part)[..., channel]
                extent = {"patch": given, "weights": level, "products": spread}[part]
                self._paint_grid(painter, plan, (channel, number), values, extent)
                self._paint_sign(painter, plan, (channel, number))

    def _paint_sign(self, painter: QPainter, plan: _Plan, place: tuple[int, int]) -> None:
        channel, number = place
        sign = SIGNS[number]
        gap = _GAP
        if not sign and channel + 1 < plan.channels:
            sign, gap = "+", _CHANNEL_GAP
        left = plan.grid_left(channel, number) + plan.grid_width
        painter.setPen(QColor(self._theming.theme.muted))
        box = QRectF(left, 0, gap, plan.rows * plan.cell_height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)

    def _paint_grid(
        self,
        painter: QPainter,
        plan: _Plan,
        place: tuple[int, int],
        values: FloatArray,
        extent: float,
    ) -> None:
        """One grid of values (kh, kw); an extent of 0 stands for grey from 0 to 1."""
        theme = self._theming.theme
        assert self._shown is not None
        inside = self._shown.inside
        metrics = QFontMetricsF(painter.font())
        for row in range(plan.rows):
            for column in range(plan.columns):
                value = float(values[row, column])
                box = self._cell(plan, place, row, column).adjusted(0.5, 0.5, -0.5, -0.5)
                if extent:
                    colour, ink = value_look(theme, value, extent)
                else:
                    grey = round(255 * min(max(value, 0.0), 1.0))
                    colour = QColor(grey, grey, grey)
                    ink = text_on(colour)
                painter.fillRect(box, colour)
                if place[1] == 0 and not inside[row, column]:
                    hatch = QBrush(QColor(theme.accent), Qt.BrushStyle.BDiagPattern)
                    painter.fillRect(box, hatch)
                if plan.digits:
                    painter.setPen(ink)
                    text = self._text(value, plan, metrics, signed=bool(extent))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                if (row, column) == self._hot:
                    painter.setPen(QPen(QColor(theme.accent), 2))
                    painter.drawRect(box.adjusted(1, 1, -1, -1))

    @staticmethod
    def _cell(plan: _Plan, place: tuple[int, int], row: int, column: int) -> QRectF:
        left = plan.grid_left(*place) + column * plan.cell_width
        return QRectF(left, row * plan.cell_height, plan.cell_width, plan.cell_height)

    def tap_at(self, position: QPointF) -> tuple[int, int, int] | None:
        """(row, column, channel) of the tap under a position, in whichever grid."""
        plan = self._plan()
        if plan is None:
            return None
        row = int(position.y() // plan.cell_height)
        for channel in range(plan.channels):
            for number in range(len(PARTS)):
                left = plan.grid_left(channel, number)
                column = int((position.x() - left) // plan.cell_width)
                if 0 <= row < plan.rows and 0 <= column < plan.columns:
                    return row, column, channel
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        tap = self.tap_at(event.position())
        self.weight_pointed.emit(None if tap is None else tap[:2])

    def leaveEvent(self, event: QEvent) -> None:
        self.weight_pointed.emit(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, position: QPointF) -> str:
        """One product in words."""
        tap, shown = self.tap_at(position), self._shown
        if tap is None or shown is None:
            return ""
        # Adding zero turns -0.0, as 0 × -1 gives it, into 0.
        value, weight, product = (float(getattr(shown, part)[tap]) + 0.0 for part in PARTS)
        text = f"{value:.4g} × {weight:.4g} = {product:.4g}"
        text += self._channel_words(tap[2], shown.patch.shape[2])
        if not shown.inside[tap[:2]]:
            text += self.tr(" · outside the image, filled by the edge mode")
        return text

    def _channel_words(self, channel: int, channels: int) -> str:
        if self._deep:
            return self.tr(" · map {} of the layer before").format(channel)
        name = CHANNEL_NAMES.get(channels, ("",) * channels)[channel]
        return f" · {name}" if name else ""
