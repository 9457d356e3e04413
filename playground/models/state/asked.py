"""Questions about what is shown, asked again and again off the GUI thread while somebody looks.

Each question has a key, which says what it is about. When the key changes, the answer is dropped:
no page shows an answer about something else. The step of a live run is not part of the key: the
page stays filled, and says which step its answer is from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.state.shown import Live, Own
from playground.models.worker import Control, Failure, LatestWorker

Key: TypeAlias = tuple[object, ...]

FRAME_MS = 16
"""A frame of the screen: nothing is drawn more often."""


@dataclass(frozen=True, eq=False)
class Keyed:
    """A question: what it is about, and the step whose weights it asks of; None for own ones.

    Keys are compared with ==.
    """

    key: Key
    step: int | None


Question = TypeVar("Question", bound=Keyed)
Answer = TypeVar("Answer")


def key_of(document: Document, *settings: object) -> Key:
    """The key of what is shown, and of how it is looked at.

    Own weights: the weights, and the frame they come from. Live: the run and the last change by
    hand. A replay: the run and the step.
    """
    shown = document.shown
    if isinstance(shown, Own):
        return Own, shown.network, shown.session.place, *settings
    if isinstance(shown, Live):
        return Live, shown.run, document.last_edit, *settings
    return type(shown), shown.place, shown.frame.revision, *settings


class Asked(Guarded, QObject, Generic[Question, Answer]):
    """Answers one kind of question. The newest wins: one is worked on, and at most one waits.

    `question` returns what to ask now, or None. `work` answers it on the worker's thread, or
    returns None where it was told to stop. Call `follow` whenever something changes that the
    question depends on.

    A new key is asked about after `soon_ms`. The same key is asked about again after a `follow`;
    while `running` that is `every_ms` later, or not at all where `every_ms` is None.
    """

    changed = Signal(object)
    """The answer; None where it was dropped, none will come, or `problem` says why."""

    def __init__(
        self,
        name: str,
        question: Callable[[], Question | None],
        work: Callable[[Question, Control], Answer | None],
        parent: QObject | None = None,
        *,
        running: Callable[[], bool] = lambda: False,
        soon_ms: int = 0,
        every_ms: int | None = FRAME_MS,
    ) -> None:
        super().__init__(parent)
        self.answer: Answer | None = None
        self.problem = ""
        self.step: int | None = None
        """The step whose weights the answer is of; None for own weights, or where there is none."""
        self._question, self._work, self._running = question, work, running
        self._soon_ms, self._every_ms = soon_ms, every_ms
        self._key: Key | None = None
        self._asked: Question | None = None
        """What is worked on, or waits to be."""
        self._told = False
        """Whether there is an answer or a problem."""
        self._again = False
        self._hoped = False
        """Whether an answer was on its way when the signal was last emitted."""
        self._watchers: set[Hashable] = set()
        self._closed = False
        self._worker = LatestWorker(name, self._answered, self._take, self._fail, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    @property
    def asking(self) -> bool:
        """Whether an answer is on its way where there is none yet."""
        return self._key is not None and not self._told and not self._resting

    @property
    def _resting(self) -> bool:
        """Whether nothing is asked because something runs."""
        return self._every_ms is None and self._running()

    def set_watched(self, watched: bool, by: Hashable = None) -> None:
        """Ask only while somebody looks; `by` tells those who do apart."""
        (self._watchers.add if watched else self._watchers.discard)(by)
        self.follow()

    def follow(self, _change: object = None) -> None:
        """Drop an answer whose key has changed, and ask anew."""
        if self._closed:
            return
        hoped = self._hoped
        fresh = self._settle()
        self._hoped = self.asking
        if hoped and not self._hoped and not self._told:
            self.changed.emit(None)
        if self._key is None or not self._watchers or self._resting:
            self._timer.stop()
            return
        wait = self._soon_ms
        if self._running() and not fresh and (self._under_way or not self.asking):
            wait = self._every_ms or 0
        if fresh or not self._timer.isActive() or self._timer.remainingTime() > wait:
            self._timer.start(wait)

    def close(self) -> None:
        """Ask no more, and end the worker."""
        if not self._closed:
            self._closed = True
            self._timer.stop()
            self._worker.close()

    @property
    def _under_way(self) -> bool:
        """Whether what is worked on, or waits to be, is what is shown."""
        return self._asked is not None and self._asked.key == self._key

    def _settle(self) -> bool:
        """Compare the key with what is shown now; whether it has changed."""
        question = self._question()
        key = None if question is None else question.key
        if key == self._key:
            return False
        self._key, self._again = key, False
        self._show(None)
        return True

    def _ask(self) -> None:
        self._settle()
        question = self._question()
        if question is None:
            return
        if self._under_way:
            # Work on the same thing is never given up, or a stream of frames would starve it.
            self._again = True
            return
        self._asked = question
        self._worker.submit(question)

    def _answered(self, question: Question, control: Control) -> tuple[Question, Answer] | None:
        """Runs on the worker's thread."""
        answer = self._work(question, control)
        return None if answer is None else (question, answer)

    def _take(self, found: tuple[Question, Answer]) -> None:
        self._end(found[0], found[1], "")

    def _fail(self, failure: Failure) -> None:
        self._end(failure.request, None, failure.message)

    def _end(self, question: Question, answer: Answer | None, problem: str) -> None:
        if self._closed:
            return
        self._settle()
        if question is self._asked:
            self._asked = None
        if question.key == self._key:
            self._show(question, answer, problem)
        if self._again:
            self._again = False
            self.follow()

    def _show(
        self, question: Question | None, answer: Answer | None = None, problem: str = ""
    ) -> None:
        """Show what a question came to; where there is none, drop what was shown."""
        if question is None and not self._told:
            return
        self._told, self.step = question is not None, None if question is None else question.step
        self.answer, self.problem = answer, problem
        self._hoped = self.asking
        self.changed.emit(answer)
