"""The history of what was done: one click goes back to any of it, and forth again."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.models.guard import Guarded
from playground.models.state.history_model import UNDONE_ROLE, HistoryModel
from playground.models.state.undo import UndoStack
from playground.views.widgets.popover import Card
from playground.views.widgets.small_widgets import Index, label

_SIZE = (330, 320)
"""Fifteen entries of usual length: older ones are scrolled to."""


class HistoryCard(Card):
    """Stays open, so that one can go back and forth and watch what changes."""

    def __init__(self, stack: UndoStack, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = HistoryModel(stack, self)
        self.list = QListView()
        self.list.setProperty("kind", "plain")
        self.list.setAccessibleName(self.tr("What was done, oldest first"))
        self.list.setToolTip(self.tr("Click to go back to an entry, or forth again"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setModel(self._model)
        self.list.setFixedSize(*_SIZE)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self._model.modelReset.connect(self._follow)
        self.content.addWidget(label(self.tr("History"), "title"))
        self.content.addWidget(self.list)
        self._follow()

    def _go(self, index: QModelIndex) -> None:
        if index.row() != self._model.now.row():
            self._model.go_to(index.row())

    def _follow(self) -> None:
        self.list.setCurrentIndex(self._model.now)
        self.list.scrollTo(self._model.now)


class HistoryDelegate(Guarded, QStyledItemDelegate):
    """What is undone is muted."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(UNDONE_ROLE):
            muted = option.palette.color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, muted)
