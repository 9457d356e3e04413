"""Earlier runs, for comparison and as givers of kernels: each speaks of itself alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.state.training_run import TrainingRun
from playground.models.training.run.training import Training
from playground.models.words.claim_words import end_word, measured_text
from playground.models.words.local_numbers import Local

Index = QModelIndex | QPersistentModelIndex


class RunRecords(Guarded, QAbstractListModel):
    """The runs that are not shown, newest first; checked ones are compared with the shown one."""

    changed = Signal()

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self._records: tuple[TrainingRun, ...] = ()
        training.run_changed.connect(self._follow)
        document.runs.changed.connect(self._follow)

    @property
    def compared(self) -> tuple[TrainingRun, ...]:
        """The checked runs."""
        return tuple(run for run in self._records if run.number in self._document.runs.compared)

    def record(self, row: int) -> TrainingRun:
        """The run in `row`."""
        return self._records[row]

    @property
    def records(self) -> tuple[TrainingRun, ...]:
        """All of them, newest first."""
        return self._records

    def compare(self, run: TrainingRun) -> None:
        """Check `run`, where it is one of them."""
        if run in self._records:
            role = Qt.ItemDataRole.CheckStateRole
            self.setData(self.index(self._records.index(run)), Qt.CheckState.Checked, role)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.name(record)
        if role == Qt.ItemDataRole.CheckStateRole:
            on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
            return on if record.number in self._document.runs.compared else off
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        record = self._records[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._document.runs.compared.add(record.number)
        else:
            self._document.runs.compared.discard(record.number)
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

    def _follow(self) -> None:
        """Another run is shown: it leaves the list, and the one before comes in."""
        shown = self._training.run
        records = tuple(
            run for run in self._document.runs.newest_first if run is not shown and run.steps
        )
        if records != self._records:
            self.beginResetModel()
            self._records = records
            self._document.runs.compared &= {run.number for run in records}
            self.endResetModel()
            self.changed.emit()

    def name(self, run: TrainingRun) -> str:
        """What was learned, from where, how, how long and how well."""
        task = run.task.name
        if run.transfer is not None:
            task = self.tr("{} with kernels of {}").format(task, run.transfer.name)
        setup = run.setup
        name = self.tr("Run {}: {}, {}, rate {:.3g}, {} steps").format(
            run.number, task, setup.optimizer, Local(setup.learning_rate), run.steps
        )
        if accuracy := measured_text(run, run.steps, changed=run.changed_at(run.steps)):
            name += ", " + accuracy
        if (end := run.end(run.newest)) is not None:
            name += ", " + end_word(end)
        return name
