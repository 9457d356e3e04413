"""Paints below a weight its next step and its gradient, and behind them its earlier values."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF

from playground.models.training.run.weight_hints import WeightHint
from playground.models.words.local_numbers import Local
from playground.views.theme.theming import SMALLEST_POINTS
from playground.views.widgets.cell_text import LaidOutText, digit_font

_FAINT = 130
"""Opacity of the trail, of 255: seen, but no harder to read the digits on."""
_LEAST_LINES, _LINES_FOR_TRAIL, _LINES_FOR_BOTH = 2.2, 2.6, 4.2
"""Lines of the smallest text that a cell must be high for one hint, the trail, and both hints.

The value takes the upper half, so one hint needs a little over two lines, and two need four.
"""


class HintPainter:
    """Paints the hints of one grid."""

    def __init__(self) -> None:
        font = digit_font(SMALLEST_POINTS, bold=False)
        metrics = QFontMetrics(font)
        self._line, self._advance = metrics.height(), metrics.horizontalAdvance("0")
        self._texts = LaidOutText(font)

    def paint(
        self, painter: QPainter, room: QRectF, hint: WeightHint, colour: QColor, *, gradients: bool
    ) -> bool:
        """The next step and the gradient in the lower part of a cell, the trail behind them.

        Where there is room for one of them only, it is the step, or with `gradients` the gradient.
        False if there is room for none. Leaves the painter's pen in `colour`.
        """
        if room.height() < _LEAST_LINES * self._line:
            return False
        if room.height() >= _LINES_FOR_TRAIL * self._line:
            _paint_trail(painter, room, hint.trail, colour)
        painter.setPen(colour)
        texts = [step_text(hint.step), gradient_text(hint.gradient)]
        if gradients:
            texts.reverse()
        lines = 2 if room.height() >= _LINES_FOR_BOTH * self._line else 1
        below = room.adjusted(0, room.height() * 0.5, 0, 0)
        for text in texts[:lines]:
            if self._advance * len(text) <= room.width():
                self._texts.draw(painter, below, text, at_top=True)
                below.setTop(below.top() + self._line - 1)
        return True


def hint_words(hint: WeightHint) -> str:
    """Gradient and next step with all their digits."""
    words = QCoreApplication.translate("WeightHints", "∂L/∂w = {:+.4g}; the next step adds {:+.4g}")
    return words.format(Local(hint.gradient), Local(hint.step))


def gradient_text(gradient: float) -> str:
    """The gradient ∂L/∂w in few digits: g −0.013."""
    size = f"{Local(gradient):{'+.1e' if 0 < abs(gradient) < 5e-4 else '+.3f'}}"
    return f"g {size}".replace("-", "−", 1)


def step_text(step: float) -> str:
    """▲ 0.013: up, by so much; a dot where it stays."""
    if abs(step) < 5e-7:
        return "· 0"
    size = f"{Local(abs(step)):.3f}" if abs(step) >= 5e-4 else f"{abs(step):.0e}"
    return f"{'▲' if step > 0 else '▼'} {size}"


def _paint_trail(painter: QPainter, room: QRectF, trail: tuple[float, ...], colour: QColor) -> None:
    """The weight's earlier values as a line along the bottom, over the whole width."""
    if len(trail) < 2:
        return
    low, high = min(trail), max(trail)
    height = room.height() * 0.16
    bottom = room.bottom() - 2
    span = high - low or 1.0
    apart = (room.width() - 8) / (len(trail) - 1)
    points = [
        QPointF(room.left() + 4 + number * apart, bottom - (value - low) / span * height)
        for number, value in enumerate(trail)
    ]
    faint = QColor(colour)
    faint.setAlpha(_FAINT)
    painter.setPen(faint)
    # Smooth lines would take as long as all the rest of the grid.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawPolyline(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
