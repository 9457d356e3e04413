"""What is to come out of the network for the task's picture, and what does, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from playground.core.specs import NetworkSpec
from playground.core.tasks import PictureTask
from playground.core.tasks.comparison import Comparison, compare
from playground.models.guard import Guarded
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.training.run.training import Training
from playground.models.worker import Control

_EVERY_MS = 250


@dataclass(frozen=True, eq=False)
class _Request(Keyed):
    task: PictureTask
    network: NetworkSpec


@dataclass(frozen=True, eq=False)
class TargetReport:
    """A task's comparison."""

    task: PictureTask
    comparison: Comparison


class Target(Guarded, QObject):
    """Compares for a task that is learned from one picture, while somebody looks."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.asked: Asked[_Request, TargetReport] = Asked(
            "target",
            self._question,
            _compare,
            self,
            running=lambda: training.running,
            every_ms=_EVERY_MS,
        )
        self.reported = self.asked.changed
        """A TargetReport, or None."""
        document.task_changed.connect(self.asked.follow)
        document.shown_changed.connect(self.asked.follow)

    @property
    def task(self) -> PictureTask | None:
        """The task, where it is one that is learned from one picture."""
        task = self._document.session.task
        return task if isinstance(task, PictureTask) else None

    @property
    def report(self) -> TargetReport | None:
        """How output and target compare, where that is known."""
        return self.asked.answer

    def set_watched(self, watched: bool) -> None:
        """Compare only while somebody looks."""
        self.asked.set_watched(watched)

    def close(self) -> None:
        """End the worker."""
        self.asked.close()

    def _question(self) -> _Request | None:
        task, document = self.task, self._document
        if task is None:
            return None
        return _Request(key_of(document, task), document.shown.step, task, document.network)


def _compare(request: _Request, control: Control) -> TargetReport | None:
    found = compare(request.task, request.network, control.should_stop)
    return None if found is None else TargetReport(request.task, found)
