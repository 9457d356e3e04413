"""Arrays of values as small pictures: a kernel's pattern, or a picture with caption and legend."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.models.maps.images import value_image
from playground.views.pictures.legend import draw_scale
from playground.views.pictures.map_words import level_text
from playground.views.theme.theme import Theme, value_pixels
from playground.views.theme.theming import Theming

_GAP = 3
"""Screen pixels between tiles, and between a picture and its caption."""

_LINES_WITH_LEGEND = 4
"""The least height, in lines of text, in which a picture is worth its legend's line."""

_LEGEND = 90
"""Pixels of width that a legend takes where there are as many: two numbers and a bar."""


def draw_pattern(
    painter: QPainter, square: QRectF, pattern: FloatArray, level: float, theme: Theme
) -> QRectF:
    """Draw `pattern` (rows, columns) in the middle of `square`; the box it fills."""
    rows, columns = pattern.shape
    side = min(square.width(), square.height()) / max(rows, columns)
    box = QRectF(0, 0, side * columns, side * rows)
    box.moveCenter(square.center())
    painter.drawImage(box, value_image(pattern, level, value_pixels(theme)))
    return box


class ValuePicture(Guarded, QWidget):
    """Draws values, as large as fits, blue below zero and orange above.

    They are (H, W), or tiles (rows, columns, H, W): one picture for each channel, signs and all.
    """

    def __init__(self, caption: str, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self.values: FloatArray | None = None
        """What is shown; (H, W) where it is one tile."""
        self.level = 0.0
        """The values ±level are the ends of the colours."""
        self.caption = caption
        self.setAccessibleName(caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(64, 64)
        theming.changed.connect(self.update)

    def show_values(self, values: FloatArray | None, level: float | None = None) -> None:
        """Show `values` between ±`level`, or between plus and minus their largest."""
        if values is not None and values.ndim == 4 and values.shape[:2] == (1, 1):
            values = values[0, 0]
        self.values = values
        if level is None:
            level = 0.0 if values is None or values.size == 0 else float(np.abs(values).max())
        self.level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theming.theme
        line = self.fontMetrics().height()
        painter.setPen(QColor(theme.muted))
        caption = self.fontMetrics().elidedText(
            self.caption, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, caption)
        legend = self.height() >= _LINES_WITH_LEGEND * line
        below = line + _GAP if legend else 0
        room = QRectF(0, line + _GAP, self.width(), self.height() - line - _GAP - below)
        values = self.values
        if values is None or values.size == 0 or room.height() < 8:
            painter.setPen(QColor(theme.border))
            painter.drawRect(room.adjusted(0, 0, -1, -1))
            return
        target = self._paint_tiles(
            painter, room, values if values.ndim == 4 else values[None, None]
        )
        if not legend:
            return
        # Wider than a small picture, so that the numbers find room, but not than the widget.
        numbers = self.fontMetrics().horizontalAdvance(level_text(self.level)[1]) + 2 * _GAP
        width = min(max(target.width(), _LEGEND, numbers), self.width())
        bar = QRectF(0, target.bottom() + _GAP, width, line)
        draw_scale(painter, bar, self.level, theme, "diverging")

    def _paint_tiles(self, painter: QPainter, room: QRectF, tiles: FloatArray) -> QRectF:
        """Draw tiles (rows, columns, H, W) into the upper left of `room`; what they cover."""
        down, across, rows, columns = tiles.shape
        scale = min(
            (room.width() - _GAP * (across - 1)) / (across * columns),
            (room.height() - _GAP * (down - 1)) / (down * rows),
        )
        width, height = columns * max(scale, 0), rows * max(scale, 0)
        colours = value_pixels(self._theming.theme)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        for row, column in np.ndindex(down, across):
            image = value_image(tiles[row, column], self.level, colours)
            left, top = column * (width + _GAP), row * (height + _GAP)
            at = QRectF(room.left() + left, room.top() + top, width, height)
            painter.drawImage(at, image)
        return QRectF(room.left(), room.top(), left + width, top + height)
