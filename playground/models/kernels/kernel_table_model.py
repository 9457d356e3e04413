"""One channel of the current kernel as a table: rows and columns are those of the kernel.

The model keeps the weights that its views were last told of. After every change of the document it
compares: it announces rows and columns that come or go around the centre, then the cells whose
values differ.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from playground.core.kernels.bank import Cell
from playground.core.numbers.number_text import format_number, format_weight
from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document, NetworkChange
from playground.models.state.movable_rows import Index, unbroken
from playground.models.words.local_numbers import localised

_MANY_ROWS = 2
"""Rows that are told cell by cell; of more, one rectangle is painted sooner."""


class WeightRole(IntEnum):
    """What a view can ask of a weight besides its text."""

    VALUE = Qt.ItemDataRole.UserRole + 1
    LEVEL = Qt.ItemDataRole.UserRole + 2
    """max |w| over all channels of the kernel: ±level are the ends of the colour map."""


class KernelTableModel(Guarded, QAbstractTableModel):
    """Weights (kh, kw) of the current kernel in one channel, fixed or following the selection."""

    def __init__(
        self,
        document: Document,
        edits: KernelEdits,
        channel: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._edits = edits
        self._fixed = channel
        self._weights, self._level = self._present()
        self._resizing = False
        document.network_changed.connect(self._follow_network)
        selection = document.selection
        selection.kernel_changed.connect(self._sync)
        selection.layer_changed.connect(self._sync)
        if channel is None:
            selection.channel_changed.connect(self._sync)

    @property
    def channel(self) -> int:
        """The input channel whose weights are shown."""
        wanted = self._document.selection.channel if self._fixed is None else self._fixed
        return min(wanted, self._document.conv.channels - 1)

    @property
    def kernel(self) -> int:
        """The kernel whose weights are shown."""
        return min(self._document.selection.kernel, self._document.conv.filters - 1)

    @property
    def weights(self) -> FloatArray:
        """What is shown, (kh, kw)."""
        return self._weights

    @property
    def level(self) -> float:
        """The largest |w| over all channels of the kernel."""
        return self._level

    def cell(self, index: Index) -> Cell:
        """The weight behind `index`, as the document counts it."""
        return index.row(), index.column(), self.channel, self.kernel

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else int(self._weights.shape[0])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else int(self._weights.shape[1])

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self._holds(index):
            return None
        value = float(self._weights[index.row(), index.column()])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return localised(format_weight(value))
            case Qt.ItemDataRole.EditRole:
                return localised(format_number(value))
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(index, value)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case WeightRole.VALUE:
                return value
            case WeightRole.LEVEL:
                return self._level
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self._holds(index):
            return False
        if isinstance(value, str):
            return self._edits.enter([self.cell(index)], value)
        return self._edits.set_weights({self.cell(index): float(value)})

    def _holds(self, index: Index) -> bool:
        rows, columns = self._weights.shape
        return index.isValid() and index.row() < rows and index.column() < columns

    def _words(self, index: Index, value: float) -> str:
        where = self.tr("Weight {}, row {}, column {}").format(
            localised(format_number(value)), index.row(), index.column()
        )
        if self._document.conv.channels == 1:
            return where
        return self.tr("{}, channel {}").format(where, self.channel)

    def _present(self) -> tuple[FloatArray, float]:
        kernel = self._document.conv.kernel[..., self.kernel]
        return kernel[..., self.channel], float(np.abs(kernel).max())

    def _follow_network(self, change: NetworkChange) -> None:
        layer = self._document.selection.layer
        if change.before.layers[layer : layer + 1] != change.after.layers[layer : layer + 1]:
            self._sync()

    def _sync(self, _changed: object = None) -> None:
        """Become what the document now holds, and say what differs."""
        if self._resizing:
            return
        weights, level = self._present()
        # A view that hears of rows and columns moves the selection on, which comes back here.
        self._resizing = True
        while weights.shape != self._weights.shape:
            self._resize(0, weights.shape[0])
            self._resize(1, weights.shape[1])
            weights, level = self._present()
        self._resizing = False
        changed = weights != self._weights
        relevelled = level != self._level
        self._weights, self._level = weights, level
        if relevelled:
            corner = self.index(weights.shape[0] - 1, weights.shape[1] - 1)
            self.dataChanged.emit(self.index(0, 0), corner, [int(WeightRole.LEVEL)])
        self._tell(changed)

    def _tell(self, changed: np.ndarray) -> None:
        """Announce changed cells: a few one by one, many as the rectangle around them."""
        rows = np.flatnonzero(changed.any(axis=1))
        if len(rows) > _MANY_ROWS:
            columns = np.flatnonzero(changed.any(axis=0))
            corner = self.index(int(rows[0]), int(columns[0]))
            self.dataChanged.emit(corner, self.index(int(rows[-1]), int(columns[-1])))
            return
        for row in rows:
            for first, last in unbroken(np.flatnonzero(changed[row])):
                self.dataChanged.emit(self.index(int(row), first), self.index(int(row), last))

    def _resize(self, axis: int, size: int) -> None:
        """Announce rows (axis 0) or columns (axis 1) that come or go around the centre."""
        old = self._weights.shape[axis]
        shift = (size - 1) // 2 - (old - 1) // 2
        behind = size - old - shift
        for count, at_start in ((shift, True), (behind, False)):
            length = self._weights.shape[axis]
            first = 0 if at_start else length - max(0, -count)
            if count > 0:
                self._insert(axis, first, count)
            elif count < 0:
                self._remove(axis, first, -count)

    def _insert(self, axis: int, first: int, count: int) -> None:
        begin = self.beginInsertColumns if axis else self.beginInsertRows
        begin(QModelIndex(), first, first + count - 1)
        self._weights = np.insert(self._weights, [first] * count, 0, axis=axis)
        (self.endInsertColumns if axis else self.endInsertRows)()

    def _remove(self, axis: int, first: int, count: int) -> None:
        begin = self.beginRemoveColumns if axis else self.beginRemoveRows
        begin(QModelIndex(), first, first + count - 1)
        self._weights = np.delete(self._weights, slice(first, first + count), axis=axis)
        (self.endRemoveColumns if axis else self.endRemoveRows)()
