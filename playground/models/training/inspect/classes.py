"""What a classifier thinks of the validation pictures, and of the picture that is shown."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from playground.core.explain.classification import ClassReport, class_report
from playground.core.pictures.picture import Picture
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import ClassTask
from playground.models.guard import Guarded
from playground.models.pictures.drawing_pad import Drawing
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.training.inspect.guessing import Guess, Guesser
from playground.models.training.run.training import Training
from playground.models.training.tasks.task_picture import checking_example, example_picture
from playground.models.words.claim_words import claim_text
from playground.models.worker import Control

_EVERY_MS = 1500
_PICTURE_MS = 200
_MOST = 1000
"""Validation pictures that are looked at."""


@dataclass(frozen=True, eq=False)
class _Request(Keyed):
    task: ClassTask
    network: NetworkSpec
    picture: Picture | None
    """Only this picture, where it is given."""


class Classes(Guarded, QObject):
    """While somebody looks: reports every second or two, guesses some times a second."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        running = lambda: training.running  # noqa: E731 - for both
        self._guesser = Guesser()
        self.all: Asked[_Request, ClassReport] = Asked(
            "classes", self._all_examples, _report, self, running=running, every_ms=_EVERY_MS
        )
        self.one: Asked[_Request, Guess] = Asked(
            "guess", self._shown_picture, self._guess, self, running=running, every_ms=_PICTURE_MS
        )
        self.reported, self.guessed = self.all.changed, self.one.changed
        """A ClassReport on the validation pictures, or None; a Guess about the picture, or None."""
        self.renamed = training.task_changed
        """Another task has other names."""
        for each in (self.all, self.one):
            document.shown_changed.connect(each.follow)
            training.running_changed.connect(each.follow)
            training.task_changed.connect(each.follow)
        document.picture_changed.connect(self.one.follow)

    @property
    def report(self) -> ClassReport | None:
        """On the validation pictures."""
        return self.all.answer

    @property
    def problem(self) -> str:
        """Why there is no report, or what is wrong with it."""
        claim = None if self.report is None else self.report.no_numbers
        return self.all.problem if claim is None else claim_text(claim)

    @property
    def guess_problem(self) -> str:
        """Why there is no guess."""
        return self.one.problem

    @property
    def guess(self) -> Guess | None:
        """About the picture that is shown."""
        return self.one.answer

    @property
    def examples(self) -> FloatArray | None:
        """The pictures that are reported on, (N, H, W, C)."""
        task = self._training.task
        if not isinstance(task, ClassTask) or task.validation is None:
            return None
        return task.validation[0][:_MOST]

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        task = self._training.task
        return task.class_names if isinstance(task, ClassTask) else ()

    def set_watched(self, watched: bool, by: Hashable = None) -> None:
        """Report only while somebody looks; `one` is watched by itself."""
        self.all.set_watched(watched, by)

    def make_input(self, number: int) -> None:
        """Make example `number` the picture that is shown, as one entry of undo."""
        examples, document, task = self.examples, self._document, self._training.task
        if examples is None or number >= len(examples) or not isinstance(task, ClassTask):
            return
        channels = document.network.first_conv.channels
        working = None if document.picture is None else document.picture.working
        picture = example_picture(checking_example(task, number), channels, working)
        document.change(self.tr("Example as input"), picture=picture, own=None)

    def close(self) -> None:
        """End both workers."""
        self.all.close()
        self.one.close()

    def _all_examples(self) -> _Request | None:
        task, document = self._training.task, self._document
        if not isinstance(task, ClassTask) or self.examples is None:
            return None
        key = key_of(document, task)
        return _Request(key, document.shown.step, task, document.network, None)

    def _shown_picture(self) -> _Request | None:
        task, document = self._training.task, self._document
        picture = document.picture
        if not isinstance(task, ClassTask) or picture is None:
            return None
        # A stroke on the pad goes on as a run does: what it is taken for stays in sight.
        which = Drawing if isinstance(picture.source, Drawing) else picture
        key = key_of(document, task, which)
        return _Request(key, document.shown.step, task, document.network, picture)

    def _guess(self, request: _Request, _control: Control) -> Guess | None:
        """Runs on the worker's thread."""
        if request.picture is None:
            return None
        return self._guesser.guess(request.task, request.network, request.picture)


def _report(request: _Request, _control: Control) -> ClassReport | None:
    task = request.task
    if task.validation is None:
        return None
    # Layers may have been changed by hand so that other things than classes come out.
    network = task.built(request.network)
    pictures, labels = (values[:_MOST] for values in task.validation)
    return class_report(network, pictures, labels, len(task.class_names))
