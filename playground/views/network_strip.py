"""The network strip: a chip per layer, in the order the values flow."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.models.document import Document
from playground.models.strip_model import StripModel, StripRole

_PADDING = 11
_ARROW = 22


class ChipDelegate(QStyledItemDelegate):
    """Title above, shape below; an arrow from the chip before."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        title, detail = _fonts(option.font)
        wide = max(
            QFontMetrics(title).horizontalAdvance(str(index.data())),
            QFontMetrics(detail).horizontalAdvance(str(index.data(StripRole.DETAIL))),
        )
        tall = QFontMetrics(title).height() + QFontMetrics(detail).height()
        arrow = _ARROW if index.row() else 0
        return QSize(arrow + wide + 2 * _PADDING + 2, tall + 14)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        palette = option.palette
        muted = palette.placeholderText().color()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(1, 2, -1, -2)
        if index.row():
            painter.setPen(muted)
            painter.drawText(
                QRect(box.left(), box.top(), _ARROW, box.height()),
                Qt.AlignmentFlag.AlignCenter,
                "›",
            )
            box.setLeft(box.left() + _ARROW)
        current = index.data(StripRole.LAYER) == self._document.selection.layer
        problem = bool(index.data(StripRole.PROBLEM))
        frame = palette.highlight().color() if current else palette.mid().color()
        if problem:
            frame = QColor(option.palette.brightText().color())
        painter.setPen(QPen(frame, 2 if current or problem else 1))
        painter.setBrush(palette.base())
        painter.drawRoundedRect(box, 6, 6)
        title, detail = _fonts(option.font)
        tall = QFontMetrics(title).height() + QFontMetrics(detail).height()
        spare = max(0, box.height() - tall) // 2
        text = box.adjusted(_PADDING, spare, -_PADDING, -spare)
        painter.setFont(title)
        painter.setPen(palette.text().color())
        painter.drawText(text, Qt.AlignmentFlag.AlignTop, str(index.data()))
        painter.setFont(detail)
        painter.setPen(frame if problem else muted)
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom, str(index.data(StripRole.DETAIL)))
        painter.restore()


class NetworkStrip(QListView):
    """Clicking a convolution shows its kernels and maps."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._model = StripModel(document, self)
        self.setModel(self._model)
        self.setItemDelegate(ChipDelegate(document, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Layers of the network"))
        self.setProperty("kind", "strip")
        self._model.dataChanged.connect(self._lay_out)
        self._model.modelReset.connect(self._lay_out)
        document.selection.layer_changed.connect(self._show_current)
        self.selectionModel().currentChanged.connect(self._choose)
        self._show_current()

    def sizeHint(self) -> QSize:
        title, detail = _fonts(self.font())
        return QSize(400, QFontMetrics(title).height() + QFontMetrics(detail).height() + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _choose(self, current: QModelIndex) -> None:
        layer = current.data(StripRole.LAYER)
        if layer is not None and current.flags() & Qt.ItemFlag.ItemIsSelectable:
            self._document.selection.set_layer(layer)

    def _lay_out(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _show_current(self) -> None:
        self.setCurrentIndex(self._model.index(self._model.row_of(self._document.selection.layer)))
        self.viewport().update()


def _fonts(base: QFont) -> tuple[QFont, QFont]:
    """Of the title and of the shape below it; never under 9 points."""
    title, detail = QFont(base), QFont(base)
    title.setWeight(QFont.Weight.DemiBold)
    detail.setPointSizeF(max(9.0, base.pointSizeF() - 1))
    return title, detail
