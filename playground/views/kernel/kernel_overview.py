"""Every kernel over every input channel as small cells; the chosen pair is large in the grid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.kernels.stack_model import StackModel, StackRole
from playground.models.state.document import Document
from playground.views.pictures.value_picture import draw_pattern
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import Index, make_bare

_SMALLEST = 9
"""Pixels of a cell's side: below that, 3 × 3 weights with their gap are not told apart."""
_LARGEST = 30
"""Pixels of a cell's side: more would take room from the grid, which shows a cell large."""


class KernelOverview(Guarded, QTableView):
    """Kernels as rows, channels as columns; clicking a cell selects both."""

    def __init__(self, document: Document, theming: Theming) -> None:
        super().__init__()
        self._document = document
        self.setModel(StackModel(document, self))
        self.setItemDelegate(_CellDelegate(document, theming, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        make_bare(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("All kernels of this layer by channel"))
        self.setAccessibleDescription(
            self.tr("Kernels are rows, input channels columns. The arrow keys choose a pair.")
        )
        self._connect(theming)
        self._relay()

    @property
    def side(self) -> int:
        """Pixels of a cell's side: as large as the room allows."""
        model, room = self.model(), self.maximumViewportSize()
        rows, columns = max(1, model.rowCount()), max(1, model.columnCount())
        return min(max(_SMALLEST, min(room.width() // columns, room.height() // rows)), _LARGEST)

    def sizeHint(self) -> QSize:
        return QSize(140, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(88, 88)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        selection = self._document.selection
        if not current.isValid() or not self.isVisible():
            return
        if current.row() != selection.kernel:
            selection.set_kernel(current.row())
        selection.set_channel(current.column())

    def _connect(self, theming: Theming) -> None:
        selection = self._document.selection
        selection.kernel_changed.connect(self._show_current)
        selection.channel_changed.connect(self._show_current)
        self.model().modelReset.connect(self._relay)
        theming.changed.connect(self.viewport().update)

    def _relay(self) -> None:
        self.setMaximumWidth(self.model().columnCount() * _LARGEST + 2)
        self._fit()
        self._show_current()

    def _fit(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            if header.defaultSectionSize() != self.side:
                header.setDefaultSectionSize(self.side)

    def _show_current(self, _changed: object = None) -> None:
        """Go to the pair that is selected everywhere."""
        selection = self._document.selection
        index = self.model().index(selection.kernel, selection.channel)
        if index.isValid() and index != self.currentIndex():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(False)
            self.scrollTo(index)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


class _CellDelegate(Guarded, QStyledItemDelegate):
    """The weights of one kernel for one channel; all of a kernel's on one scale."""

    def __init__(self, document: Document, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._theming = theming

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, selection = self._theming.theme, self._document.selection
        mine = index.row() == selection.kernel, index.column() == selection.channel
        if any(mine):
            tint = QColor(theme.accent)
            tint.setAlpha(255 if all(mine) else 90)
            painter.fillRect(option.rect, tint)
        # A wide gap tells the cells apart, as their own pixels are large.
        square = QRectF(option.rect).adjusted(2, 2, -1, -1)
        weights, level = index.data(StackRole.WEIGHTS), index.data(StackRole.LEVEL)
        draw_pattern(painter, square, weights, level, theme)
