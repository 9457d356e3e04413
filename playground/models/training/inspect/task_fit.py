"""Whether the network as it is can learn the task: looked at whenever its outline changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.errors import PlaygroundError
from playground.core.network.building import same_outline
from playground.models.guard import Guarded
from playground.models.state.document import Document, NetworkChange
from playground.models.training.run.training import Training


class TaskFit(Guarded, QObject):
    """There can be no training before the network is mended; the strip shows where it breaks."""

    changed = Signal(str)
    """Why this network cannot learn this task, or nothing."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.problem = ""
        document.network_changed.connect(self._follow)
        training.task_changed.connect(self._check)

    def _follow(self, change: NetworkChange) -> None:
        if not same_outline(change.before, change.after):
            self._check()

    def _check(self, _task: object = None) -> None:
        problem, task = "", self._training.task
        if task is not None:
            try:
                task.built(self._document.network)
            except PlaygroundError as error:
                problem = str(error)
        if problem != self.problem:
            self.problem = problem
            self.changed.emit(problem)
