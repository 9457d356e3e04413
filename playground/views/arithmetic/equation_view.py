"""The arithmetic of one output value as little grids: patch × weights = products, per channel."""

from __future__ import annotations

from math import ceil
from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.core.explain.explain import OutputExplanation
from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.models.words.local_numbers import Local
from playground.views.arithmetic.equation_plan import (
    CHANNEL_GAP,
    GAP,
    EquationPlan,
    needed_width,
    plan_equation,
    wanted_width,
)
from playground.views.theme.theme import text_on, value_look
from playground.views.theme.theming import Theming
from playground.views.widgets.cell_text import two_decimals, two_digits, without_leading_zero

Part = Literal["patch", "weights", "products"]
PARTS: tuple[Part, ...] = ("patch", "weights", "products")
SIGNS = ("×", "=", "")
"""What stands behind each of them."""

_LEAST_HEIGHT = 84
"""Pixels in which three rows of digits can be read."""

_FRAME = 2
"""Pixels of the mark around the last cell."""

CHANNEL_NAMES = {1: ("",), 3: ("red", "green", "blue")}


class EquationView(Guarded, QWidget):
    """Paints an explanation; pointing at a cell names its weight."""

    weight_pointed = Signal(object)
    """(row, column) of the tap in the patch, or None."""

    wanted_width_changed = Signal()
    """Grids of another shape or height want another width."""

    def __init__(self, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self._shown: OutputExplanation | None = None
        self._deep = False
        self._hot: tuple[int, int] | None = None
        self._wanted = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
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
        if self._shown is None:
            return QSize(0, _LEAST_HEIGHT)
        width = wanted_width(self._shown.patch.shape, self.height(), self.font())
        return QSize(width + _FRAME, _LEAST_HEIGHT)

    def needed_width(self) -> int:
        """Pixels in which every number has all its digits."""
        if self._shown is None:
            return 0
        return needed_width(self._shown.patch.shape, self.height(), self.font()) + _FRAME

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        plan = self._plan()
        # Grids that fit need no more width; others are scrolled.
        fits = plan is None or plan.width <= self._room()
        self.setMinimumWidth(0 if plan is None or fits else ceil(plan.width) + _FRAME)
        wanted = self.sizeHint().width()
        if wanted != self._wanted:
            self._wanted = wanted
            self.wanted_width_changed.emit()

    def _plan(self) -> EquationPlan | None:
        if self._shown is None:
            return None
        room = self._room(), float(self.height())
        return plan_equation(self._shown.patch.shape, room, self.font())

    def _room(self) -> float:
        """The width that is seen without scrolling."""
        around = self.parentWidget()
        return (self.width() if around is None else around.width()) - _FRAME

    @staticmethod
    def _text(value: float, plan: EquationPlan, metrics: QFontMetricsF, *, signed: bool) -> str:
        """As many digits of a value as its cell has room for."""
        texts = [two_decimals(value), without_leading_zero(value), two_digits(value)]
        if not signed:
            texts = [f"{Local(value):.2f}", *(text.lstrip("+") for text in texts[1:])]
        for text in texts[1:] if plan.compact else texts:
            if metrics.horizontalAdvance(text) <= plan.cell_width - 2:
                return text
        return "…"

    def paintEvent(self, event: QPaintEvent) -> None:
        plan, shown = self._plan(), self._shown
        if plan is None or shown is None:
            return
        painter = QPainter(self)
        painter.setFont(plan.font)
        level = max(float(np.abs(shown.weights).max()), 1e-9)
        spread = max(float(np.abs(shown.products).max()), 1e-9)
        given = max(float(np.abs(shown.patch).max()), 1e-9) if self._deep else 0.0
        for channel in range(plan.channels):
            for number, part in enumerate(PARTS):
                values = getattr(shown, part)[..., channel]
                extent = {"patch": given, "weights": level, "products": spread}[part]
                self._paint_grid(painter, plan, (channel, number), values, extent)
                self._paint_sign(painter, plan, (channel, number))

    def _paint_sign(self, painter: QPainter, plan: EquationPlan, place: tuple[int, int]) -> None:
        channel, number = place
        sign = SIGNS[number]
        gap = GAP
        if not sign and channel + 1 < plan.channels:
            sign, gap = "+", CHANNEL_GAP
        left = plan.grid_left(channel, number) + plan.grid_width
        painter.setPen(QColor(self._theming.theme.muted))
        box = QRectF(left, plan.top, gap, plan.grid_height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)

    def _paint_grid(
        self,
        painter: QPainter,
        plan: EquationPlan,
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
                box = plan.cell(place, row, column).adjusted(0.5, 0.5, -0.5, -0.5)
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

    def tap_at(self, position: QPointF) -> tuple[int, int, int] | None:
        """(row, column, channel) of the tap under a position, in whichever grid."""
        plan = self._plan()
        return None if plan is None else plan.tap_at(position.x(), position.y())

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
        value, weight, product = (Local(getattr(shown, part)[tap] + 0.0) for part in PARTS)
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
