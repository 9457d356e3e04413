"""The bank as a list: one row per kernel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt

from playground.core.numbers.number_text import format_weight
from playground.core.specs import Conv2DSpec, FloatArray
from playground.models.kernels.bank_edits import BankEdits
from playground.models.state.document import Document, NetworkChange
from playground.models.state.movable_rows import Index, MovableRows, common_ends, unbroken
from playground.models.words.local_numbers import localised


class BankRole(IntEnum):
    """What a row can be asked for beyond its name."""

    WEIGHTS = Qt.ItemDataRole.UserRole + 1
    """(kh, kw, C_in) float32."""
    LEVEL = Qt.ItemDataRole.UserRole + 2
    """The largest magnitude among the weights."""


@dataclass(frozen=True, eq=False)
class KernelRow:
    """One kernel: weights (kh, kw, C_in)."""

    name: str
    weights: FloatArray
    bias: float


class BankModel(MovableRows[KernelRow]):
    """A thin mirror of the selected convolution's kernels; edits go through BankEdits."""

    MIME = "application/x-filter-playground-kernels"

    def __init__(self, document: Document, edits: BankEdits, parent: QObject | None = None) -> None:
        super().__init__(_rows(document.conv), parent)
        self._document = document
        self._edits = edits
        self._mirrored = document.conv
        self._following = False
        document.network_changed.connect(self._follow)
        document.selection.layer_changed.connect(self._reset)

    @property
    def following(self) -> bool:
        """Whether rows come, go and move because the document did, not by the user's hand."""
        return self._following

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.name
            case BankRole.WEIGHTS:
                return row.weights
            case BankRole.LEVEL:
                return float(np.abs(row.weights).max())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("Kernel {}: {}").format(index.row(), row.name)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._figures(row)
            case Qt.ItemDataRole.ToolTipRole:
                title = self.tr("Kernel {} · {}").format(index.row(), row.name)
                return f"{title}\n{self._figures(row)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        # An editor is closed with its row, and hands over a name that no kernel is left for.
        if self._document.conv is not self._mirrored:
            return False
        return self._edits.rename(index.row(), str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        enabled = flag.ItemIsEnabled | flag.ItemIsSelectable
        return enabled | flag.ItemIsEditable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def _drop(self, rows: list[int], before: int) -> bool:
        return self._edits.move(rows, before)

    def _figures(self, row: KernelRow) -> str:
        kh, kw, channels = row.weights.shape
        return self.tr("{} × {} × {} = {} weights, Σ = {}, bias {}").format(
            kh,
            kw,
            channels,
            row.weights.size,
            localised(format_weight(float(row.weights.sum()))),
            localised(format_weight(row.bias)),
        )

    def _follow(self, change: NetworkChange) -> None:
        after = change.after.conv(self._document.selection.layer)
        if after is self._mirrored:
            return
        found, rows = difference(self._mirrored, after), _rows(after)
        self._following = True
        if found.order is not None:
            self._move(found.order)
        self._remove(found.at, found.gone)
        self._insert(found.at, rows[found.at : found.at + found.come])
        self._following = False
        self._mirrored, self._rows = after, rows
        for first, last in unbroken(found.changed):
            self.dataChanged.emit(self.index(first), self.index(last))

    def _move(self, order: list[int]) -> None:
        root = QModelIndex()
        for source, target in moves(order):
            # Qt names the row before which the moved one is put, counted while it still stands.
            before = target if target < source else target + 1
            self.beginMoveRows(root, source, source, root, before)
            rows = list(self._rows)
            rows.insert(target, rows.pop(source))
            self._rows = tuple(rows)
            self.endMoveRows()

    def _reset(self) -> None:
        self.beginResetModel()
        self._mirrored = self._document.conv
        self._rows = _rows(self._mirrored)
        self.endResetModel()


def _rows(conv: Conv2DSpec) -> tuple[KernelRow, ...]:
    return tuple(
        KernelRow(name, conv.kernel[..., i], float(conv.bias[i]))
        for i, name in enumerate(conv.names)
    )


@dataclass(frozen=True)
class Difference:
    """First rows move, then from row `at` on `gone` rows go and `come` rows come."""

    order: list[int] | None = None
    """Row j is the earlier row `order[j]`; None where none have moved."""
    at: int = 0
    gone: int = 0
    come: int = 0
    changed: list[int] = field(default_factory=list)
    """Rows of the later bank that have stayed but say something else."""


def difference(before: Conv2DSpec, after: Conv2DSpec) -> Difference:
    """What makes `before` into `after`."""
    if before.filters != after.filters:
        return _resized(before, after)
    if before.kernel.shape != after.kernel.shape:
        return Difference(changed=list(range(after.filters)))
    if before.names != after.names and sorted(before.names) == sorted(after.names):
        order = _permutation(before, after)
        if order is not None:
            return Difference(order=order)
    differs = np.any(before.kernel != after.kernel, axis=(0, 1, 2))
    differs |= before.bias != after.bias
    differs |= [a != b for a, b in zip(before.names, after.names, strict=True)]
    return Difference(changed=[int(row) for row in np.flatnonzero(differs)])


def moves(order: list[int]) -> Iterator[tuple[int, int]]:
    """Single moves (from row, to row), one after the other, that bring rows into `order`."""
    rows = sorted(order)
    for target, wanted in enumerate(order):
        source = rows.index(wanted)
        if source == target:
            continue
        # One row that went down has let all the others up: that is one move, not one for each.
        move = (target, order.index(rows[target])) if source == target + 1 else (source, target)
        rows.insert(move[1], rows.pop(move[0]))
        yield move


def _resized(before: Conv2DSpec, after: Conv2DSpec) -> Difference:
    """What lies between the rows that both banks begin and end with is gone, or has come."""
    fewer = min(before.filters, after.filters)
    head, tail = common_ends(fewer, lambda row: _same(before, row, after, row))
    return Difference(at=head, gone=before.filters - tail - head, come=after.filters - tail - head)


def _permutation(before: Conv2DSpec, after: Conv2DSpec) -> list[int] | None:
    """The order in which `after` has the rows of `before`, or None where it has others, too."""
    left, order = list(range(before.filters)), []
    for row in range(after.filters):
        found = next((i for i in left if _same(before, i, after, row)), None)
        if found is None:
            return None
        left.remove(found)
        order.append(found)
    return order


def _same(before: Conv2DSpec, i: int, after: Conv2DSpec, j: int) -> bool:
    return (
        before.names[i] == after.names[j]
        and bool(before.bias[i] == after.bias[j])
        and np.array_equal(before.kernel[..., i], after.kernel[..., j])
    )
