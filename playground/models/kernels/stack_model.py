"""All weights of a layer at a glance: kernels as rows, input channels as columns.

A cell holds the weights (kh, kw) of one kernel for one channel.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from playground.core.numbers.number_text import format_weight
from playground.core.specs import Conv2DSpec, FloatArray
from playground.models.guard import Guarded
from playground.models.state.document import Document, NetworkChange
from playground.models.state.movable_rows import Index
from playground.models.words.local_numbers import localised


class StackRole(IntEnum):
    """What a cell can be asked for."""

    WEIGHTS = Qt.ItemDataRole.UserRole + 1
    """(kh, kw) float32."""
    LEVEL = Qt.ItemDataRole.UserRole + 2
    """The largest magnitude among all weights of the kernel."""


class StackModel(Guarded, QAbstractTableModel):
    """A thin mirror of the selected convolution."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._conv = document.conv
        self._levels = _levels(self._conv)
        document.network_changed.connect(self._follow)
        document.selection.layer_changed.connect(self._reset)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._conv.filters

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._conv.channels

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemNeverHasChildren if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case StackRole.WEIGHTS:
                return self._conv.kernel[:, :, index.column(), index.row()]
            case StackRole.LEVEL:
                return float(self._levels[index.row()])
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(index.row(), index.column())
        return None

    def _words(self, kernel: int, channel: int) -> str:
        total = localised(format_weight(float(self._conv.kernel[:, :, channel, kernel].sum())))
        return self.tr("Kernel {} · {}, channel {}: Σ = {}").format(
            kernel, self._conv.names[kernel], channel, total
        )

    def _follow(self, change: NetworkChange) -> None:
        before, after = self._conv, self._document.conv
        if after is before:
            return
        if before.kernel.shape != after.kernel.shape:
            self._reset()
            return
        self._conv, self._levels = after, _levels(after)
        changed = np.flatnonzero(np.any(before.kernel != after.kernel, axis=(0, 1, 2)))
        if len(changed):
            first, last = int(changed[0]), int(changed[-1])
            self.dataChanged.emit(self.index(first, 0), self.index(last, after.channels - 1))

    def _reset(self, _layer: int = 0) -> None:
        self.beginResetModel()
        self._conv = self._document.conv
        self._levels = _levels(self._conv)
        self.endResetModel()


def _levels(conv: Conv2DSpec) -> FloatArray:
    """The largest magnitude of each kernel (C_out,)."""
    return np.asarray(np.abs(conv.kernel).max(axis=(0, 1, 2)))
