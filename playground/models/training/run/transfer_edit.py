"""Starting a task from kernels that were learned before, and comparing with a random start."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from playground.core.session.session import Transfer
from playground.models.guard import Guarded
from playground.models.state.training_run import TrainingRun
from playground.models.training.run.run_records import RunRecords
from playground.models.training.run.training import Training
from playground.models.training.tasks.task_choice import TaskChoice


class Transferring(Guarded, QObject):
    """Kernels come from the present network, or from where an earlier run ended."""

    changed = Signal()
    """Whether kept layers are to be frozen, or whether there is something to compare."""

    compared = Signal()
    """A run from random kernels has begun beside one from kept kernels."""

    def __init__(
        self, training: Training, records: RunRecords, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._training, self._records = training, records
        self.freeze = True
        """Whether kept layers are frozen at first."""
        training.task_changed.connect(self.changed)
        training.run_changed.connect(self.changed)

    @property
    def can_compare(self) -> bool:
        """Whether the present run began with kept kernels, and has got anywhere."""
        training = self._training
        began = training.transfer is not None and training.run is not None
        return began and len(training.curves.loss) > 0

    def set_freeze(self, freeze: bool) -> None:
        """Freeze the layers that are kept from now on, or let them learn."""
        if freeze != self.freeze:
            self.freeze = freeze
            self.changed.emit()

    def keep_present(self, choice: TaskChoice) -> None:
        """Begin the task `choice` with the convolutions of the network as it is."""
        task = self._training.task
        name = self.tr("hand-made kernels") if task is None else task.name
        self._keep(choice, Transfer(self._training.network, name, self.freeze))

    def keep_record(self, record: TrainingRun, choice: TaskChoice) -> None:
        """Begin the task `choice` with the convolutions that an earlier run ended with."""
        self._keep(choice, Transfer(record.learned(), record.task.name, self.freeze))

    def compare_with_random(self) -> None:
        """Train the same network from random kernels, and lay the present run behind it.

        The setup, the seed and the head's first weights are the same; all layers learn.
        """
        training = self._training
        if not self.can_compare:
            return
        kept = training.run
        training.reset(at_random=True)
        if kept is not None and training.run is not kept:  # else it has been said why not
            self._records.compare(kept)
            training.play()
            self.compared.emit()

    def _keep(self, choice: TaskChoice, transfer: Transfer) -> None:
        self._training.choose(replace(choice, transfer=transfer))
