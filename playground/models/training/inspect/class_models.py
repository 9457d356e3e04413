"""The confusion matrix as a table, and examples with their chances as a list."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from playground.core.claims import chance
from playground.core.explain.classification import ClassReport
from playground.models.guard import Guarded
from playground.models.training.inspect.classes import Classes
from playground.models.words.local_numbers import localised

_MOST = 60
Index = QModelIndex | QPersistentModelIndex


class ClassRole(IntEnum):
    """What a delegate asks for."""

    SHARE = Qt.ItemDataRole.UserRole + 1
    """Of the row's class, the share that is taken for the column's."""
    RIGHT = Qt.ItemDataRole.UserRole + 2
    PIXELS = Qt.ItemDataRole.UserRole + 3
    CHANCES = Qt.ItemDataRole.UserRole + 4
    """The three likeliest classes: ((name, chance), …)."""
    NUMBER = Qt.ItemDataRole.UserRole + 5
    """Which of the examples it is."""


class ConfusionModel(Guarded, QAbstractTableModel):
    """Rows: what it is. Columns: what it is taken for."""

    def __init__(self, classes: Classes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._classes = classes
        self._report = classes.report
        self._names = classes.names
        classes.reported.connect(self._follow)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self._report is None else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return self.rowCount(parent)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and section < len(self._names):
            return self._names[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._report is None:
            return None
        row, column = index.row(), index.column()
        count = int(self._report.confusion[row, column])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(count) if count else ""
            case ClassRole.SHARE:
                return count / max(1, int(self._report.confusion[row].sum()))
            case ClassRole.RIGHT:
                return row == column
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                words = self.tr("{} of {} were taken for {}")
                return words.format(count, self._names[row], self._names[column])
        return None

    def _follow(self, report: ClassReport | None) -> None:
        names = self._classes.names
        if report is None or self._report is None or names != self._names:
            self.beginResetModel()
            self._report, self._names = report, names
            self.endResetModel()
            return
        before, self._report = self._report.confusion, report
        for row, column in np.argwhere(before != report.confusion).tolist():
            index = self.index(row, column)
            self.dataChanged.emit(index, index)


class ExamplesModel(Guarded, QAbstractListModel):
    """Some validation pictures, or those that are taken for something else."""

    def __init__(self, classes: Classes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._classes = classes
        self._mistaken = False
        self._report: ClassReport | None = None
        self._numbers: list[int] = []
        classes.reported.connect(self._follow)

    def set_mistaken(self, mistaken: bool) -> None:
        """Show only pictures that are mistaken, the surest first."""
        self._mistaken = mistaken
        self._follow(self._classes.report)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        report, pictures = self._report, self._classes.examples
        if not index.isValid() or report is None or pictures is None:
            return None
        number, names = self._numbers[index.row()], self._classes.names
        label, predicted = int(report.labels[number]), int(report.predicted[number])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return names[label]
            case ClassRole.PIXELS:
                return pictures[number]
            case ClassRole.RIGHT:
                return label == predicted
            case ClassRole.NUMBER:
                return number
            case ClassRole.CHANCES:
                if predicted < 0:
                    return ()
                chances = report.chances[number]
                best = np.argsort(-chances, kind="stable")[:3]
                return tuple((names[k], float(chances[k])) for k in best)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                if predicted < 0:
                    return self.tr("{}: the outputs are not finite numbers").format(names[label])
                words = self.tr("{}: taken for {} with {}. Click to make it the input")
                sure = localised(chance(float(report.chances[number].max())))
                return words.format(names[label], names[predicted], sure)
        return None

    def _follow(self, report: ClassReport | None) -> None:
        numbers: list[int] = []
        if report is not None:
            chosen = report.mistaken if self._mistaken else np.arange(len(report.labels))
            numbers = chosen[:_MOST].tolist()
        if numbers == self._numbers and numbers:
            self._report = report
            self.dataChanged.emit(self.index(0), self.index(len(numbers) - 1))
            return
        self.beginResetModel()
        self._report, self._numbers = report, numbers
        self.endResetModel()
