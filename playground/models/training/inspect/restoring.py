"""A whole picture before and after: spoiled, and as the network restores it, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import ref

from PySide6.QtCore import QObject, Signal

from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import PictureTask
from playground.core.tasks.restoration import BestKernel, Restoration, best_kernel, restore
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.training.run.training import Training
from playground.models.worker import Control

_EVERY_MS = 250

_LOSSES = 2000
"""Of the last steps: an eighth of them is compared."""


@dataclass(frozen=True, eq=False)
class _Request(Keyed):
    task: PictureTask
    network: NetworkSpec
    losses: FloatArray | None


class Restoring(Asked[_Request, Restoration]):
    """Restores the picture of a task that spoils one, while somebody looks."""

    divider_changed = Signal(float)

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        running = lambda: training.running  # noqa: E731 - read as one line
        super().__init__(
            "restoring", self._to_ask, self._restore, parent, running=running, every_ms=_EVERY_MS
        )
        self._document, self._training = document, training
        self.divider = 0.5
        """Where before ends and after begins, as a part of the picture's width."""
        self._best: tuple[ref[PictureTask], int, BestKernel] | None = None
        """The last that was fitted; the worker's own. It keeps no task alive."""
        for signal in (document.task_changed, document.shown_changed, training.running_changed):
            signal.connect(self.follow)

    @property
    def task(self) -> PictureTask | None:
        """The task, where it is one that restores a picture."""
        task = self._document.session.task
        return task if isinstance(task, PictureTask) and task.restores else None

    def set_divider(self, divider: float) -> None:
        """Let before end at this part of the width, from 0 to 1."""
        divider = min(max(divider, 0.0), 1.0)
        if divider != self.divider:
            self.divider = divider
            self.divider_changed.emit(divider)

    def _to_ask(self) -> _Request | None:
        task, document = self.task, self._document
        if task is None:
            return None
        key = key_of(document, task)
        return _Request(key, document.shown.step, task, document.network, self._losses())

    def _losses(self) -> FloatArray | None:
        """Those of the steps that led to what is shown; None where a hand has changed it since."""
        training = self._training
        if training.frame is None or training.changed_by_hand:
            return None
        step = training.frame.step
        return training.curves.loss.since(max(0, step - _LOSSES))[: min(step, _LOSSES)]

    def _restore(self, request: _Request, control: Control) -> Restoration | None:
        """Runs on the worker's thread."""
        return restore(
            request.task, request.network, request.losses, self._best_kernel, control.should_stop
        )

    def _best_kernel(self, task: PictureTask, size: int) -> BestKernel:
        """Fitted once for each task: no step of a run changes it."""
        known = self._best
        if known is None or known[0]() is not task or known[1] != size:
            self._best = known = ref(task), size, best_kernel(task, size)
        return known[2]
