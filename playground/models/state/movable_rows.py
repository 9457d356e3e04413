"""A list whose rows come, go, and move to where they are dropped: the bank and the layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUuid,
)

from playground.models.guard import Guarded

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class MovableRows(Guarded, QAbstractListModel, Generic[Row]):
    """Holds a value for each row; a subclass says what is shown of it, and how rows are moved."""

    MIME: ClassVar[str]
    """What is dragged: a sign of the list, and rows as decimal numbers, with spaces between."""

    def __init__(self, rows: Sequence[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        # Rows mean nothing in the list of another window.
        self._sign = bytes(QUuid.createUuid().toByteArray().data())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [self.MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(self.MIME, QByteArray(b" ".join([self._sign, *(b"%d" % r for r in rows)])))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return action == Qt.DropAction.MoveAction and bool(self._dragged(data))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        rows = self._dragged(data)
        if not rows or action != Qt.DropAction.MoveAction:
            return False
        before = row if row >= 0 else parent.row() if parent.isValid() else len(self._rows)
        return self._drop(rows, before)

    def _dragged(self, data: QMimeData) -> list[int]:
        """The rows of this list that `data` holds; none where it holds something else."""
        sign, *texts = bytes(data.data(self.MIME).data()).split() or [b""]
        rows = [int(text) for text in texts if text.isdigit()]
        return rows if sign == self._sign and max(rows, default=-1) < len(self._rows) else []

    def _drop(self, rows: list[int], before: int) -> bool:
        """Move `rows` before today's row `before`; whether that was done."""
        raise NotImplementedError

    def _remove(self, at: int, count: int) -> None:
        if count:
            self.beginRemoveRows(QModelIndex(), at, at + count - 1)
            self._rows = self._rows[:at] + self._rows[at + count :]
            self.endRemoveRows()

    def _insert(self, at: int, rows: Sequence[Row]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows = (*self._rows[:at], *rows, *self._rows[at:])
            self.endInsertRows()


def common_ends(fewer: int, same: Callable[[int], bool]) -> tuple[int, int]:
    """How many rows two lists begin with alike, and how many they end with.

    `fewer` is the length of the shorter one; `same` compares a place, counted from the end below 0.
    """
    head = tail = 0
    while head < fewer and same(head):
        head += 1
    while tail < fewer - head and same(-1 - tail):
        tail += 1
    return head, tail


def unbroken(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours in the ascending `places`."""
    # Along a run, a place and its number in the list grow alike.
    for _, run in groupby(enumerate(map(int, places)), lambda pair: pair[1] - pair[0]):
        first, *others = (place for _, place in run)
        yield first, others[-1] if others else first
