"""Questions that are asked again and again off the GUI thread while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from playground.models.guard import Guarded
from playground.models.worker import Control, Failure, LatestWorker


class Asked(Guarded, QObject):
    """One kind of question: asked after a while, off the GUI thread, the newest one wins.

    `question` says what is to be asked as things are by then, None for nothing; `work` answers it,
    and what comes of it goes to `answered` or, as a Failure, to `failed`.
    """

    def __init__(
        self,
        name: str,
        question: Callable[[], object],
        work: Callable[[Any, Control], object],
        answered: Callable[[Any], object],
        failed: Callable[[Failure], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._question = question
        self._watched = False
        self._worker = LatestWorker(name, work, answered, failed, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def set_watched(self, watched: bool) -> None:
        """Ask only while somebody looks."""
        self._watched = watched

    def plan(self, milliseconds: int = 0) -> None:
        """Ask so much later, unless that is planned already."""
        if self._watched and not self._timer.isActive():
            self._timer.start(milliseconds)

    def plan_anew(self, milliseconds: int) -> None:
        """Ask so much later, whatever was planned."""
        if self._watched:
            self._timer.start(milliseconds)

    def close(self) -> None:
        """Ask no more, and end the worker."""
        self._watched = False
        self._timer.stop()
        self._worker.close()

    def _ask(self) -> None:
        question = self._question()
        if question is not None:
            self._worker.submit(question)
