"""The bank as a list: one row per kernel."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from playground.core.number_text import format_weight
from playground.core.specs import Conv2DSpec
from playground.models.bank_edits import BankEdits
from playground.models.document import Document, NetworkChange

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-filter-playground-kernels"


class BankRole(IntEnum):
    """What a row can be asked for beyond its name."""

    WEIGHTS = Qt.ItemDataRole.UserRole + 1
    """(kh, kw, C_in) float32."""
    LEVEL = Qt.ItemDataRole.UserRole + 2
    """The largest magnitude among the weights."""


class BankModel(QAbstractListModel):
    """A thin mirror of the selected convolution's kernels; edits go through BankEdits."""

    def __init__(self, document: Document, edits: BankEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._edits = edits
        self._shown = document.conv
        document.network_changed.connect(self._follow)
        document.selection.layer_changed.connect(self._reset)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._shown.filters

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._shown.filters:
            return None
        row = index.row()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._shown.names[row]
        if role == BankRole.WEIGHTS:
            return self._shown.kernel[..., row]
        if role == BankRole.LEVEL:
            return float(np.abs(self._shown.kernel[..., row]).max())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._description(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Kernel {}: {}").format(row, self._shown.names[row])
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self._edits.rename(index.row(), str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsEditable
            | flag.ItemIsDragEnabled
        )

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(MIME, QByteArray(" ".join(map(str, rows)).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not data.hasFormat(MIME) or action != Qt.DropAction.MoveAction:
            return False
        rows = [int(text) for text in bytes(data.data(MIME).data()).split()]
        if any(moved >= self._shown.filters for moved in rows):
            return False
        position = row if row >= 0 else parent.row() if parent.isValid() else self._shown.filters
        self._edits.move(rows, position)
        # The document has moved them; the view must not remove them as well.
        return False

    def _description(self, row: int) -> str:
        weights, bias = self._shown.kernel[..., row], self._shown.bias[row]
        return self.tr("{} weights, Σ = {}, bias {}").format(
            weights.size, format_weight(float(weights.sum())), format_weight(float(bias))
        )

    def _follow(self, change: NetworkChange) -> None:
        layer = self._document.selection.layer
        before, after = self._shown, change.after.conv(layer)
        if before.filters == after.filters:
            self._shown = after
            self._tell_changed(before, after)
            return
        head = _common_head(before, after)
        tail = _common_tail(before, after, head)
        gone, come = before.filters - tail - head, after.filters - tail - head
        if come:
            self.beginInsertRows(QModelIndex(), head + gone, head + gone + come - 1)
            # Until the rows that went are removed, the mirror holds the old and the new ones.
            self._shown = _spliced(before, after, head, gone, come)
            self.endInsertRows()
        if gone:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            self._shown = after
            self.endRemoveRows()
        self._shown = after

    def _tell_changed(self, before: Conv2DSpec, after: Conv2DSpec) -> None:
        if before.kernel.shape != after.kernel.shape:
            rows = np.arange(after.filters)
        else:
            differs = np.any(before.kernel != after.kernel, axis=(0, 1, 2))
            differs |= before.bias != after.bias
            differs |= [a != b for a, b in zip(before.names, after.names, strict=True)]
            rows = np.flatnonzero(differs)
        if len(rows):
            self.dataChanged.emit(self.index(int(rows[0])), self.index(int(rows[-1])))

    def _reset(self) -> None:
        self.beginResetModel()
        self._shown = self._document.conv
        self.endResetModel()


def _same(before: Conv2DSpec, i: int, after: Conv2DSpec, j: int) -> bool:
    return (
        before.names[i] == after.names[j]
        and before.bias[i] == after.bias[j]
        and np.array_equal(before.kernel[..., i], after.kernel[..., j])
    )


def _common_head(before: Conv2DSpec, after: Conv2DSpec) -> int:
    count = 0
    while count < min(before.filters, after.filters) and _same(before, count, after, count):
        count += 1
    return count


def _common_tail(before: Conv2DSpec, after: Conv2DSpec, head: int) -> int:
    count = 0
    while count < min(before.filters, after.filters) - head and _same(
        before, before.filters - 1 - count, after, after.filters - 1 - count
    ):
        count += 1
    return count


def _spliced(before: Conv2DSpec, after: Conv2DSpec, head: int, gone: int, come: int) -> Conv2DSpec:
    """The bank with the old middle rows followed by the new ones."""
    middle = slice(head, head + come)
    at = head + gone
    if before.kernel.shape[:3] != after.kernel.shape[:3]:
        return Conv2DSpec(
            np.concatenate([after.kernel[..., :1]] * (before.filters + come), axis=3),
            np.zeros(before.filters + come, np.float32),
            (*before.names[:at], *after.names[middle], *before.names[at:]),
        )
    kernels = (before.kernel[..., :at], after.kernel[..., middle], before.kernel[..., at:])
    biases = (before.bias[:at], after.bias[middle], before.bias[at:])
    return Conv2DSpec(
        np.concatenate(kernels, axis=3),
        np.concatenate(biases),
        (*before.names[:at], *after.names[middle], *before.names[at:]),
    )
