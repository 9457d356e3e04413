"""Makes tasks ready off the GUI thread: data sets are unpacked, folders of pictures are read."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from playground.core.picture import Picture
from playground.core.tasks import Task
from playground.models.guard import Guarded
from playground.models.training.task_choice import TaskChoice
from playground.models.training.transfer import Transfer
from playground.models.worker import Control, Failure, LatestWorker


@dataclass(frozen=True)
class Progress:
    """So many pictures of so many have been read."""

    done: int
    total: int


@dataclass(frozen=True)
class Made:
    """A task that is ready, a remark on what was left out, and whose kernels it begins with."""

    task: Task
    remark: str
    transfer: Transfer | None


class TaskMaking(Guarded, QObject):
    """One task at a time; the newest choice wins."""

    made = Signal(object)
    """A Made."""
    failed = Signal(str)
    busy_changed = Signal(bool)
    progressed = Signal(object)
    """A Progress."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = LatestWorker("task", _make, self._take, self._fail, self)

    def submit(self, choice: TaskChoice, picture: Picture | None) -> None:
        """Make `choice` ready for the picture that is shown."""
        self.busy_changed.emit(True)
        self._worker.submit((choice, picture))

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _take(self, result: Made | Progress) -> None:
        if isinstance(result, Progress):
            self.progressed.emit(result)
            return
        self.busy_changed.emit(False)
        self.made.emit(result)

    def _fail(self, failure: Failure) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(failure.message)


def _make(request: tuple[TaskChoice, Picture | None], control: Control) -> Made | None:
    choice, picture = request

    def tell(done: int, total: int) -> None:
        control.publish(Progress(done, total))

    made = choice.make(picture, progress=tell, cancelled=control.should_stop)
    return None if made is None else Made(*made, choice.transfer)
