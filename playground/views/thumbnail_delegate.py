"""A kernel as a small picture of its weights, with its name below."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.models.bank_model import BankRole
from playground.models.document import Document
from playground.views.theme import value_colour
from playground.views.theming import Theming

_SIDE = 44
_PADDING = 4


class ThumbnailDelegate(QStyledItemDelegate):
    """Weights in the common diverging colours; the channels of RGB side by side."""

    def __init__(self, document: Document, theming: Theming, parent: object) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._document = document
        self._theming = theming

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        height = QFontMetrics(option.font).height()
        wide = QFontMetrics(option.font).horizontalAdvance("Diagonal ↘")
        return QSize(max(_SIDE, wide) + 2 * _PADDING, _SIDE + height + 3 * _PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = self._theming.theme
        painter.save()
        cell = option.rect.adjusted(1, 1, -1, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        current = index.row() == self._document.selection.kernel
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or current:
            painter.setPen(QPen(QColor(theme.accent), 2 if current else 1))
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(cell, 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        square = QRect(cell.center().x() - _SIDE // 2, cell.top() + _PADDING, _SIDE, _SIDE)
        self._paint_weights(painter, square, index)
        name = cell.adjusted(2, _SIDE + _PADDING, -2, 0)
        painter.setPen(QColor(theme.text if current else theme.muted))
        metrics = QFontMetrics(option.font)
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_weights(
        self, painter: QPainter, square: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        weights = index.data(BankRole.WEIGHTS)  # (kh, kw, C)
        level = index.data(BankRole.LEVEL)
        # Channels that say the same are shown once, as the mean of them all.
        flat = np.asarray(weights).mean(axis=2)
        level = level if level > 0 else 1.0
        rows, columns = flat.shape
        side = square.width() / max(rows, columns)
        left = square.left() + (square.width() - side * columns) / 2
        top = square.top() + (square.height() - side * rows) / 2
        for row in range(rows):
            for column in range(columns):
                colour = value_colour(self._theming.theme, float(flat[row, column]), level)
                box = QRectF(left + column * side, top + row * side, side, side)
                painter.fillRect(box, colour)
        painter.setPen(QColor(self._theming.theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, top, side * columns, side * rows))
