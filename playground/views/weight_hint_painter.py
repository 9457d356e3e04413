"""Beside a weight's value: an arrow with its next step, and the way it has come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF

from playground.models.training.weight_hints import WeightHint
from playground.views.digits import digit_font
from playground.views.writing import Writing

_SMALLEST_POINTS = 9.0
_FAINT = 130


class HintPainter:
    """Paints the hints of one grid."""

    def __init__(self) -> None:
        font = digit_font(_SMALLEST_POINTS, bold=False)
        metrics = QFontMetrics(font)
        self._line, self._advance = metrics.height(), metrics.horizontalAdvance("0")
        self._writing = Writing(font)

    def paint(self, painter: QPainter, room: QRectF, hint: WeightHint, colour: QColor) -> bool:
        """The arrow and number in the lower part of a cell, the trail behind; False if too small.

        Leaves the painter's pen in `colour`.
        """
        if room.height() < 2.6 * self._line:
            return False
        _paint_trail(painter, room, hint.trail, colour)
        painter.setPen(colour)
        text = step_text(hint.step)
        if self._advance * len(text) <= room.width():
            below = room.adjusted(0, room.height() * 0.5, 0, 0)
            self._writing.draw(painter, below, text, at_top=True)
        return True


def step_text(step: float) -> str:
    """▲ 0.013: up, by so much; a dot where it stays."""
    if abs(step) < 5e-7:
        return "· 0"
    size = f"{abs(step):.3f}" if abs(step) >= 5e-4 else f"{abs(step):.0e}"
    return f"{'▲' if step > 0 else '▼'} {size}"


def _paint_trail(painter: QPainter, room: QRectF, trail: tuple[float, ...], colour: QColor) -> None:
    """The weight's earlier values as a line along the bottom, over the whole width."""
    if len(trail) < 2:
        return
    low, high = min(trail), max(trail)
    height = room.height() * 0.16
    bottom = room.bottom() - 2
    span = high - low or 1.0
    step = (room.width() - 8) / (len(trail) - 1)
    points = [
        QPointF(room.left() + 4 + number * step, bottom - (value - low) / span * height)
        for number, value in enumerate(trail)
    ]
    faint = QColor(colour)
    faint.setAlpha(_FAINT)
    painter.setPen(faint)
    # Smooth lines would take as long as all the rest of the grid.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawPolyline(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
