"""A kernel as a small picture: its channels side by side, all on one scale of colours."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from playground.core.specs import FloatArray
from playground.views.pictures.value_picture import draw_pattern
from playground.views.theme.theme import Theme

_GAP = 2
"""Pixels between channels: enough to tell where one pattern ends."""


def draw_kernel(
    painter: QPainter, room: QRect, weights: FloatArray, level: float, theme: Theme
) -> None:
    """Draw `weights` (kh, kw, C_in) in the middle of `room`, between the colours of ±`level`.

    Only a frame where one is no finite number: that has no colour.
    """
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    shown = _patterns(weights)
    side, columns = max(_grids(len(shown), room))
    lines = math.ceil(len(shown) / columns)
    finite = bool(np.isfinite(weights).all())
    left = room.left() + (room.width() - columns * side - _GAP * (columns - 1)) / 2
    top = room.top() + (room.height() - lines * side - _GAP * (lines - 1)) / 2
    for number, pattern in enumerate(shown):
        line, column = divmod(number, columns)
        square = QRectF(left + column * (side + _GAP), top + line * (side + _GAP), side, side)
        box = draw_pattern(painter, square, pattern, level, theme) if finite else square
        painter.setPen(QColor(theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def _patterns(weights: FloatArray) -> list[FloatArray]:
    """The channels of (kh, kw, C_in), each (kh, kw); only one of them where all are the same."""
    if weights.shape[2] == 1:
        return [weights[..., 0]]
    if np.array_equal(weights, np.broadcast_to(weights[..., :1], weights.shape)):
        return [weights[..., 0]]
    return [weights[..., channel] for channel in range(weights.shape[2])]


def _grids(count: int, room: QRect) -> Iterator[tuple[float, int]]:
    """(side, columns) of squares for `count` patterns, for every number of columns."""
    for columns in range(1, count + 1):
        lines = math.ceil(count / columns)
        across = (room.width() - _GAP * (columns - 1)) / columns
        down = (room.height() - _GAP * (lines - 1)) / lines
        yield min(across, down), columns
