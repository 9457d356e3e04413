"""What a classifier thinks of the validation pictures, and of the picture that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from playground.core.classification import ClassReport, as_example, class_report, classify_all
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.models.document import Document
from playground.models.training.task_picture import example_picture
from playground.models.training.training import Training
from playground.models.worker import Control, LatestWorker

_EVERY_MS = 1500
_PICTURE_MS = 60
_MOST = 1000
"""Validation pictures that are looked at."""


@dataclass(frozen=True)
class _Request:
    task: Task
    network: NetworkSpec
    picture: FloatArray | None
    """Only this picture, where it is given."""


Guess = tuple[tuple[str, float], ...]
"""(class name, chance), the likeliest first."""


class Classes(QObject):
    """Reports every second or two while somebody looks, and on every new picture at once."""

    reported = Signal(object)
    """A ClassReport, or None as soon as there is another task."""
    guessed = Signal(object)
    """A Guess about the picture that is shown, or None."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.report: ClassReport | None = None
        self.guess: Guess | None = None
        self._watched = False
        self._worker = LatestWorker("classes", _report, self)
        self._worker.produced.connect(self._take)
        self._guesser = LatestWorker("guess", _guess, self)
        self._guesser.produced.connect(self._take_guess)
        self._timer = self._make_timer(_EVERY_MS, self._ask)
        self._picture_timer = self._make_timer(_PICTURE_MS, self._ask_picture)
        training.progressed.connect(self._plan)
        training.running_changed.connect(self._plan)
        training.task_changed.connect(self._begin)
        document.picture_changed.connect(self._plan_picture)

    @property
    def examples(self) -> FloatArray | None:
        """The pictures that are reported on, (N, H, W, C)."""
        task = self._training.task
        if task is None or task.validation is None or not task.class_names:
            return None
        return task.validation[0][:_MOST]

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        task = self._training.task
        return () if task is None else task.class_names

    def set_watched(self, watched: bool) -> None:
        """Report only while somebody looks."""
        self._watched = watched
        self._plan()
        self._plan_picture()

    def make_input(self, number: int) -> None:
        """Make example `number` the picture that is shown, as one undo step."""
        examples, document = self.examples, self._document
        if examples is None or number >= len(examples):
            return
        picture = example_picture(examples[number], self.tr("example"))
        document.change_all(self.tr("Example as input"), picture, document.network)

    def close(self) -> None:
        """End both workers."""
        self._watched = False
        self._timer.stop()
        self._picture_timer.stop()
        self._worker.close()
        self._guesser.close()

    def _make_timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _begin(self, _task: object) -> None:
        # What was reported on is gone: nobody may look an old example up among the new ones.
        self.report, self.guess = None, None
        self.reported.emit(None)
        self.guessed.emit(None)
        self._plan()
        self._plan_picture()

    def _plan(self, _news: object = None) -> None:
        if self._watched and self.examples is not None and not self._timer.isActive():
            self._timer.start(_EVERY_MS if self._training.running else 0)

    def _plan_picture(self, _news: object = None) -> None:
        if self._watched and self.names and not self._picture_timer.isActive():
            self._picture_timer.start()

    def _ask(self) -> None:
        task = self._training.task
        if task is not None and self.examples is not None:
            self._worker.submit(_Request(task, self._training.network, None))
            self._plan_picture()

    def _ask_picture(self) -> None:
        task, picture = self._training.task, self._document.picture
        if task is not None and task.class_names and picture is not None:
            self._guesser.submit(_Request(task, self._training.network, picture.pixels))

    def _take(self, answer: tuple[Task, ClassReport]) -> None:
        task, report = answer
        if task is self._training.task:
            self.report = report
            self.reported.emit(report)

    def _take_guess(self, answer: tuple[Task, Guess]) -> None:
        task, guess = answer
        if task is self._training.task:
            self.guess = guess
            self.guessed.emit(guess)


def _report(request: _Request, _control: Control) -> tuple[Task, ClassReport] | None:
    task = request.task
    if task.validation is None:
        return None
    # Layers may have been changed by hand so that other things than classes come out.
    network = task.built(request.network)
    pictures, labels = (values[:_MOST] for values in task.validation)
    return task, class_report(network, pictures, labels, len(task.class_names))


def _guess(request: _Request, _control: Control) -> tuple[Task, Guess] | None:
    task = request.task
    if request.picture is None:
        return None
    shape = task.inputs.shape[1:]
    network = task.built(request.network)
    chances = classify_all(network, as_example(request.picture, shape)[np.newaxis])[0]
    order = np.argsort(-chances, kind="stable")
    return task, tuple((task.class_names[k], float(chances[k])) for k in order)
