"""The receptive field through a magnifying glass: single pixels, and the values under the taps."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.core.convolve.geometry import ReceptiveField
from playground.core.pictures.picture import Picture
from playground.core.specs import EdgeMode
from playground.models.guard import Guarded
from playground.models.maps.images import filled_window
from playground.models.words.local_numbers import Local
from playground.views.theme.theme import text_on
from playground.views.theme.theming import Theming, smaller

RING = 1
"""Pixels around the field that are shown with it, at least: its frame is seen on all sides."""

SMALLEST = 80
"""A loupe that would be lower than this is not shown: its pixels could hardly be told apart."""

_LARGEST_CELL = 44
"""Screen pixels of a pixel's side, at most, as in the arithmetic: the value fits in easily."""


class FieldLoupe(Guarded, QWidget):
    """Shows a field and its neighbourhood, as large as the room allows."""

    def __init__(self, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self._picture: Picture | None = None
        self._field: ReceptiveField | None = None
        self._edge: EdgeMode = "zero"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAccessibleName(self.tr("Receptive field, enlarged"))
        self.setToolTip(
            self.tr(
                "The receptive field, enlarged: the output depends on the framed pixels alone.\n"
                "Hatched ones lie outside the image."
            )
        )
        theming.changed.connect(self.update)

    def show_field(
        self, field: ReceptiveField | None, picture: Picture | None, edge: EdgeMode
    ) -> None:
        """Enlarge `field` of `picture`; None shows what to do."""
        if (field, picture, edge) != (self._field, self._picture, self._edge):
            self._field, self._picture, self._edge = field, picture, edge
            self.update()

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where the picture's pixel (row, column), inside or outside, is drawn."""
        top, left, side, _, _ = self._grid()
        origin = self._origin()
        return QRectF(
            origin.x() + (column - left) * side, origin.y() + (row - top) * side, side, side
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._field is None or self._picture is None:
            painter.setPen(QColor(self._theming.theme.muted))
            text = self.tr("Point at a map or at the picture:\nwhat the output sees is shown here.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        top, left, side, rows, columns = self._grid()
        values, image = filled_window(
            self._picture, (top, top + rows), (left, left + columns), self._edge
        )
        painter.setClipRect(self.rect())
        painter.drawImage(QRectF(self._origin(), QSizeF(columns * side, rows * side)), image)
        self._hatch_outside(painter, self._picture)
        self._paint_taps(painter, self._field, values)

    def _grid(self) -> tuple[int, int, float, int, int]:
        """(top, left, side, rows, columns): the part that is shown, and a pixel's side."""
        field = self._field
        assert field is not None
        wanted = max(field.height, field.width) + 2 * RING
        side = max(2.0, min(self.height() / wanted, self.width() / wanted, _LARGEST_CELL))
        # The field in the middle, and around it as many pixels as fill the room.
        rows = field.height + 2 * ceil((self.height() / side - field.height) / 2)
        columns = field.width + 2 * ceil((self.width() / side - field.width) / 2)
        top = field.top - (rows - field.height) // 2
        return top, field.left - (columns - field.width) // 2, side, rows, columns

    def _origin(self) -> QPointF:
        _, _, side, rows, columns = self._grid()
        return QPointF((self.width() - columns * side) / 2, (self.height() - rows * side) / 2)

    def _hatch_outside(self, painter: QPainter, picture: Picture) -> None:
        top, left, side, rows, columns = self._grid()
        hatch = QColor(self._theming.theme.accent)
        hatch.setAlpha(150)
        brush = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
        for row in range(top, top + rows):
            inside = 0 <= row < picture.height
            before = min(max(-left, 0), columns) if inside else columns
            after = min(max(left + columns - picture.width, 0), columns) if inside else 0
            line = self.cell_rect(row, left)
            painter.fillRect(QRectF(line.left(), line.top(), before * side, side), brush)
            right = line.left() + columns * side
            painter.fillRect(QRectF(right - after * side, line.top(), after * side, side), brush)

    def _paint_taps(self, painter: QPainter, field: ReceptiveField, values: np.ndarray) -> None:
        """Frame the field and its taps; write a grey pixel's value where it fits."""
        top, left, side, _, _ = self._grid()
        accent = QColor(self._theming.theme.accent)
        font = smaller(self.font())
        painter.setFont(font)
        written = len(values) == 1 and QFontMetricsF(font).horizontalAdvance("0.00") + 3 < side
        for row in field.rows if side >= 5 else ():
            for column in field.columns:
                cell = self.cell_rect(row, column)
                painter.setPen(QPen(accent, 1.0))
                painter.drawRect(cell)
                if written:
                    value = float(values[0, row - top, column - left])
                    grey = round(value * 255)
                    painter.setPen(text_on(QColor(grey, grey, grey)))
                    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{Local(value):.2f}")
        whole = self.cell_rect(field.top, field.left)
        whole.setSize(QSizeF(field.width * side, field.height * side))
        painter.setPen(QPen(accent, 2.0))
        painter.drawRect(whole)
