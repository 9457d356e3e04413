"""What was done, oldest first, as a list to go back and forth in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from playground.models.guard import Guarded
from playground.models.state.movable_rows import Index
from playground.models.state.undo import UndoStack

UNDONE_ROLE = Qt.ItemDataRole.UserRole
"""Whether an entry is undone: it can be had again by going to it."""


class HistoryModel(Guarded, QAbstractListModel):
    """The first row is how it all began; each later one is an entry of the undo stack."""

    def __init__(self, stack: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        stack.changed.connect(self._follow)

    @property
    def now(self) -> QModelIndex:
        """The row that everything is as it was after."""
        return self.index(self._stack.index())

    def go_to(self, row: int) -> None:
        """Undo or redo until the entry at `row` is the last one done."""
        self._stack.setIndex(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._stack.count() + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._stack.text(row - 1) if row else self.tr("As it was at first")
        return row > self._stack.index() if role == UNDONE_ROLE else None

    def _follow(self) -> None:
        self.beginResetModel()
        self.endResetModel()
