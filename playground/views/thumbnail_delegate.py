"""A kernel as a small picture of its weights, with its name below."""

from __future__ import annotations

from functools import cache

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, qRgb
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.core.rendering import quantize
from playground.models.bank_model import BankRole
from playground.models.document import Document
from playground.views.theme import Theme, value_table
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
        # The channels of RGB are shown as what they do together, their mean: (kh, kw).
        flat = np.asarray(index.data(BankRole.WEIGHTS)).mean(axis=2)
        rows, columns = flat.shape
        entries = np.ascontiguousarray(quantize(flat, float(np.abs(flat).max())))
        image = QImage(entries.data, columns, rows, columns, QImage.Format.Format_Indexed8)
        image.setColorTable(_colours(self._theming.theme))
        side = square.width() / max(rows, columns)
        left = square.left() + (square.width() - side * columns) / 2
        top = square.top() + (square.height() - side * rows) / 2
        painter.drawImage(QRectF(left, top, side * columns, side * rows), image)
        painter.setPen(QColor(self._theming.theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, top, side * columns, side * rows))


@cache
def _colours(theme: Theme) -> list[int]:
    """The diverging map as a QImage wants it."""
    return [qRgb(*map(int, entry)) for entry in value_table(theme)]
