"""Earlier runs, kept for comparison: their curves, their setup and where their kernels ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from playground.core.run import Curves
from playground.core.specs import NetworkSpec
from playground.core.training_setup import TrainingSetup
from playground.models.guard import Guarded
from playground.models.training.training import Training

MOST = 12
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class RunRecord:
    """One run that was left behind."""

    name: str
    task: str
    """What the task is called."""
    curves: Curves
    setup: TrainingSetup
    network: NetworkSpec


class RunRecords(Guarded, QAbstractListModel):
    """Newest first; the checked ones are compared with the present run."""

    changed = Signal()

    def __init__(self, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._records: list[RunRecord] = []
        self._checked: set[int] = set()
        self._count = 0
        training.run_ended.connect(self._keep)

    @property
    def compared(self) -> tuple[RunRecord, ...]:
        """The checked records."""
        return tuple(record for record in self._records if id(record) in self._checked)

    def record(self, row: int) -> RunRecord:
        """The record in `row`."""
        return self._records[row]

    @property
    def records(self) -> tuple[RunRecord, ...]:
        """All of them, newest first."""
        return tuple(self._records)

    def compare(self, curves: Curves) -> None:
        """Check the record that has these curves, where there is one."""
        for row, record in enumerate(self._records):
            if record.curves is curves:
                role = Qt.ItemDataRole.CheckStateRole
                self.setData(self.index(row), Qt.CheckState.Checked, role)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return record.name
        if role == Qt.ItemDataRole.CheckStateRole:
            on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
            return on if id(record) in self._checked else off
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        record = self._records[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._checked.add(id(record))
        else:
            self._checked.discard(id(record))
        self.dataChanged.emit(index, index, [role])
        self.changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsUserCheckable
            | flag.ItemNeverHasChildren
        )

    def _keep(self) -> None:
        """Keep the run that has just been left behind, if it got anywhere."""
        training = self._training
        if not len(training.curves.loss) or training.task is None:
            return
        self._count += 1
        record = RunRecord(
            self._name(training.task.name),
            training.task.name,
            training.curves,
            training.setup,
            training.network,
        )
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._records.insert(0, record)
        self.endInsertRows()
        if len(self._records) > MOST:
            self.beginRemoveRows(QModelIndex(), MOST, MOST)
            self._checked.discard(id(self._records.pop()))
            self.endRemoveRows()
        self.changed.emit()

    def _name(self, task: str) -> str:
        """What was learned, from where, how, how long and how well."""
        training = self._training
        setup, transfer = training.setup, training.transfer
        if transfer is not None:
            task = self.tr("{} with kernels of {}").format(task, transfer.name)
        name = self.tr("Run {}: {}, {}, rate {:.2g}, {} steps").format(
            self._count, task, setup.optimizer, setup.learning_rate, len(training.curves.loss)
        )
        accuracy = training.curves.validation_accuracy.since(0)
        if len(accuracy) and np.isfinite(accuracy[-1]):
            name += self.tr(", accuracy {:.1%}").format(float(accuracy[-1]))
        return name
