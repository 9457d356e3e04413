"""What a classifier thinks of the validation pictures, and of the picture that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from playground.core.classification import ClassReport, class_report
from playground.core.picture import Picture
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.models.asked import Asked
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.guessing import Guess, Guesser
from playground.models.training.task_picture import example_picture
from playground.models.training.training import Training
from playground.models.worker import Control, Failure

_EVERY_MS = 1500
_PICTURE_MS = 60
_MOST = 1000
"""Validation pictures that are looked at."""


@dataclass(frozen=True)
class _Request:
    task: Task
    network: NetworkSpec
    picture: Picture | None
    """Only this picture, where it is given."""


class Classes(Guarded, QObject):
    """Reports every second or two while somebody looks, and on every new picture at once."""

    reported = Signal(object)
    """A ClassReport; None as soon as there is another task, or where `problem` says why."""
    guessed = Signal(object)
    """A Guess about the picture that is shown; None where `guess_problem` may say why."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.report: ClassReport | None = None
        self.guess: Guess | None = None
        self.problem = self.guess_problem = ""
        self._examples = Asked("classes", self._all_examples, _report, self._take, self._fail, self)
        self._guesser = Guesser()
        self._picture = Asked(
            "guess", self._shown_picture, self._guess, self._take_guess, self._fail_guess, self
        )
        document.shown_changed.connect(self._plan)
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
        self._examples.set_watched(watched)
        self._picture.set_watched(watched)
        self._plan()
        self._plan_picture()

    def make_input(self, number: int) -> None:
        """Make example `number` the picture that is shown, as one undo step."""
        examples, document = self.examples, self._document
        if examples is None or number >= len(examples):
            return
        channels = document.network.first_conv.channels
        working = None if document.picture is None else document.picture.working
        picture = example_picture(examples[number], self.tr("example"), channels, working)
        document.change(self.tr("Example as input"), picture=picture, own=None)

    def close(self) -> None:
        """End both workers."""
        self._examples.close()
        self._picture.close()

    def _begin(self, _task: object) -> None:
        # What was reported on is gone: nobody may look an old example up among the new ones.
        self._show(None)
        self._show_guess(None)
        self._plan()
        self._plan_picture()

    def _plan(self, _news: object = None) -> None:
        if self.examples is None:
            return
        if self._training.running:
            self._examples.plan(_EVERY_MS)
        else:
            # What is shown by now is another frame than the one that was to be asked about.
            self._examples.plan_anew(0)

    def _plan_picture(self, _news: object = None) -> None:
        if self.names:
            self._picture.plan(_PICTURE_MS)

    def _all_examples(self) -> _Request | None:
        task = self._training.task
        if task is None or self.examples is None:
            return None
        self._plan_picture()
        return _Request(task, self._training.network, None)

    def _shown_picture(self) -> _Request | None:
        task, picture = self._training.task, self._document.picture
        if task is None or not task.class_names or picture is None:
            return None
        return _Request(task, self._training.network, picture)

    def _guess(self, request: _Request, _control: Control) -> tuple[Task, Guess] | None:
        """Runs on the worker's thread."""
        if request.picture is None:
            return None
        return request.task, self._guesser.guess(request.task, request.network, request.picture)

    def _take(self, answer: tuple[Task, ClassReport]) -> None:
        if answer[0] is self._training.task:
            self._show(answer[1])

    def _take_guess(self, answer: tuple[Task, Guess]) -> None:
        if answer[0] is self._training.task:
            self._show_guess(answer[1])

    def _fail(self, failure: Failure) -> None:
        if failure.request.task is self._training.task:
            self._show(None, failure.message)

    def _fail_guess(self, failure: Failure) -> None:
        if failure.request.task is self._training.task:
            self._show_guess(None, failure.message)

    def _show(self, report: ClassReport | None, problem: str = "") -> None:
        self.report, self.problem = report, problem
        self.reported.emit(report)

    def _show_guess(self, guess: Guess | None, problem: str = "") -> None:
        self.guess, self.guess_problem = guess, problem
        self.guessed.emit(guess)


def _report(request: _Request, _control: Control) -> tuple[Task, ClassReport] | None:
    task = request.task
    if task.validation is None:
        return None
    # Layers may have been changed by hand so that other things than classes come out.
    network = task.built(request.network)
    pictures, labels = (values[:_MOST] for values in task.validation)
    return task, class_report(network, pictures, labels, len(task.class_names))
