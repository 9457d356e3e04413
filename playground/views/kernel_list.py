"""The bank's list: as many thumbnails side by side as the width has room for, in whole rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

_SCROLL_BAR = 10
"""Pixels that a scroll bar takes, about."""


class KernelList(QListView):
    """Selection of several, reorder by drag, rename in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QListView.EditTrigger.EditKeyPressed | QListView.EditTrigger.DoubleClicked
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)

    def cell(self) -> QSize:
        """The least room one thumbnail with its name takes."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return self.itemDelegate().sizeHint(option, QModelIndex())

    def sizeHint(self) -> QSize:
        cell = self.cell()
        return QSize(4 * cell.width() + _SCROLL_BAR, 2 * cell.height())

    def minimumSizeHint(self) -> QSize:
        cell = self.cell()
        return QSize(2 * cell.width() + _SCROLL_BAR, cell.height())

    def dataChanged(  # type: ignore[override]
        self, first: QModelIndex, last: QModelIndex, roles: list[int] | None = None
    ) -> None:
        # The base class would lay out and paint every kernel for each changed weight.
        for row in range(first.row(), last.row() + 1):
            self.update(self.model().index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        # The base class lays out a tenth of a second later, and would be seen to.
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self.fit()

    def fit(self) -> None:
        """Share the width among the columns, and show no slice of a row that does not fit."""
        if self.itemDelegate() is None or self.model() is None:
            return
        cell = self.cell()
        bar = self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
        )
        # Qt keeps the scroll bar's room free, shown or not, and one pixel that it never fills.
        room = max(self.width() - bar - 1, cell.width())
        columns = room // cell.width()
        grid = QSize(room // columns, cell.height())
        if grid != self.gridSize():
            self.setGridSize(grid)
        lines = -(-self.model().rowCount() // columns)
        too_many = lines * cell.height() > self.height() >= cell.height()
        spare = self.height() % cell.height() if too_many else 0
        if spare != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, spare)
