"""Beside a weight's value: an arrow with its next step, and the way it has come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from playground.models.training.weight_hints import WeightHint

_SMALLEST_POINTS = 9.0
_FAINT = 130


def paint_hint(
    painter: QPainter, room: QRectF, hint: WeightHint, colour: QColor, font: QFont
) -> bool:
    """The arrow and number in the lower part of a cell, the trail behind; False if too small."""
    small = QFont(font)
    small.setPointSizeF(_SMALLEST_POINTS)
    small.setBold(False)
    painter.setFont(small)
    line = painter.fontMetrics().height()
    if room.height() < 2.6 * line:
        return False
    _paint_trail(painter, room, hint.trail, colour)
    painter.setPen(colour)
    below = room.adjusted(0, room.height() * 0.56, 0, 0)
    text = step_text(hint.step)
    if painter.fontMetrics().horizontalAdvance(text) <= room.width():
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
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
    height = room.height() * 0.22
    bottom = room.bottom() - 3
    span = high - low or 1.0
    step = (room.width() - 8) / (len(trail) - 1)
    points = [
        QPointF(room.left() + 4 + number * step, bottom - (value - low) / span * height)
        for number, value in enumerate(trail)
    ]
    faint = QColor(colour)
    faint.setAlpha(_FAINT)
    painter.setPen(QPen(faint, 1.2))
    painter.drawPolyline(QPolygonF(points))
