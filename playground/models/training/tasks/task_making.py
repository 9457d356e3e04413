"""Makes tasks ready off the GUI thread: data sets are unpacked, folders of pictures are read."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from playground.core.pictures.picture import Picture
from playground.core.session.session import Transfer
from playground.core.tasks import Task
from playground.models.guard import Guarded
from playground.models.training.tasks.task_choice import TaskChoice
from playground.models.training.tasks.task_picture import shown_with
from playground.models.worker import Control, Failure, LatestWorker


@dataclass(frozen=True)
class Progress:
    """So many pictures of so many have been read."""

    number: int
    done: int
    total: int


@dataclass(frozen=True)
class _Request:
    number: int
    recipe: TaskChoice
    picture: Picture | None
    text: str
    gesture: Hashable


@dataclass(frozen=True)
class Made:
    """A task that is ready, the picture it was made for, and the one that is shown with it."""

    number: int
    task: Task
    recipe: TaskChoice
    picture: Picture | None
    shown: Picture | None
    text: str
    """What the entry of the undo stack is called."""
    gesture: Hashable
    remark: str
    """What was left out, in a sentence, or nothing."""
    new_picture: bool
    """Whether the picture is yet to be put into the document, with the task."""

    @property
    def transfer(self) -> Transfer | None:
        """Whose kernels the task begins with, where they are not random."""
        return self.recipe.transfer


class TaskMaking(Guarded, QObject):
    """One task at a time. Only the newest choice is answered, whatever comes of earlier ones."""

    made = Signal(object)
    """A Made."""
    failed = Signal(str)
    busy_changed = Signal(bool)
    progressed = Signal(object)
    """A Progress."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._worker = LatestWorker("task", _make, self._take, self._fail, self)

    def submit(
        self,
        choice: TaskChoice,
        picture: Picture | None,
        text: str = "",
        gesture: Hashable = None,
    ) -> None:
        """Make `choice` ready from `picture`.

        For a picture that is yet to be put in, `text` names that step; else the task's name does.
        """
        self._number += 1
        self.busy_changed.emit(True)
        self._worker.submit(_Request(self._number, choice, picture, text, gesture))

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _take(self, result: Made | Progress) -> None:
        if result.number != self._number:
            return
        if isinstance(result, Progress):
            self.progressed.emit(result)
            return
        self.busy_changed.emit(False)
        self.made.emit(result)

    def _fail(self, failure: Failure) -> None:
        if failure.request.number == self._number:
            self.busy_changed.emit(False)
            self.failed.emit(failure.message)


def _make(request: _Request, control: Control) -> Made | None:
    def tell(done: int, total: int) -> None:
        control.publish(Progress(request.number, done, total))

    recipe, picture = request.recipe, request.picture
    made = recipe.make(picture, progress=tell, cancelled=control.should_stop)
    if made is None:
        return None
    task, remark = made
    return Made(
        number=request.number,
        task=task,
        recipe=recipe,
        picture=picture,
        shown=shown_with(task, picture),
        text=request.text or _tr("Task: {}").format(task.name),
        gesture=request.gesture,
        remark=remark,
        new_picture=bool(request.text),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TaskMaking", text)
