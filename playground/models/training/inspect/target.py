"""What is to come out of the network for the task's picture, and what does, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from playground.core.specs import NetworkSpec
from playground.core.tasks import PictureTask
from playground.core.tasks.comparison import Comparison, compare
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


class Target(Asked[_Request, TargetReport]):
    """Compares for a task that is learned from one picture, while somebody looks."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        running = lambda: training.running  # noqa: E731 - read as one line
        super().__init__(
            "target", self._to_ask, _compare, parent, running=running, every_ms=_EVERY_MS
        )
        self._document = document
        document.task_changed.connect(self.follow)
        document.shown_changed.connect(self.follow)

    @property
    def task(self) -> PictureTask | None:
        """The task, where it is one that is learned from one picture."""
        task = self._document.session.task
        return task if isinstance(task, PictureTask) else None

    def _to_ask(self) -> _Request | None:
        task, document = self.task, self._document
        if task is None:
            return None
        return _Request(key_of(document, task), document.shown.step, task, document.network)


def _compare(request: _Request, control: Control) -> TargetReport | None:
    found = compare(request.task, request.network, control.should_stop)
    return None if found is None else TargetReport(request.task, found)
