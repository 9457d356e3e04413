"""Class names above the columns of a matrix: upright where they do not fit lying."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from playground.models.guard import Guarded
from playground.views.theme.theming import Theming, smaller

_PAD = 4
"""Pixels before and behind a name."""


class NamesHeader(Guarded, QHeaderView):
    """All names stand the same way, as the longest one needs it."""

    def __init__(self, theming: Theming, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theming = theming
        self._width = 0
        theming.changed.connect(self.viewport().update)

    def set_column_width(self, width: int) -> None:
        """Say how wide a column is at least, in pixels."""
        if width != self._width:
            self._width = width
            self.updateGeometry()

    @property
    def upright(self) -> bool:
        """Whether the names are turned by a quarter."""
        return self._longest() > self._width - 2

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        high = self._longest() + _PAD if self.upright else line + 2
        return QSize(super().sizeHint().width(), high)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        painter.save()
        painter.setFont(smaller(self.font()))
        painter.setPen(QColor(self._theming.theme.text))
        name = self._name(logicalIndex)
        if self.upright:
            painter.translate(rect.left(), rect.bottom())
            painter.rotate(-90)
            room = QRectF(_PAD / 2, 0, rect.height(), rect.width())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, flags, name)
        else:
            painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _name(self, column: int) -> str:
        model = self.model()
        return "" if model is None else str(model.headerData(column, self.orientation()))

    def _longest(self) -> int:
        metrics, count = QFontMetrics(smaller(self.font())), self.count()
        return max((metrics.horizontalAdvance(self._name(n)) for n in range(count)), default=0)
