"""Work off the GUI thread where only the newest request matters."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from playground.core.errors import PlaygroundError
from playground.models.guard import Guarded

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """A request that could not be carried out, and the sentence that says why."""

    request: Any
    message: str


class Control:
    """What running work can ask of, and tell to, the worker that runs it."""

    def __init__(self, worker: LatestWorker) -> None:
        self._worker = worker
        self._began = monotonic()

    def should_stop(self, patience: float = 0.0) -> bool:
        """Whether to give up: the worker is closing, or a newer request waits.

        Work younger than `patience` seconds goes on for a newer request, so that a stream of
        requests cannot keep the first one from ever being seen.
        """
        worker = self._worker
        if worker.closing:
            return True
        return worker.waiting and monotonic() - self._began >= patience

    def publish(self, partial: object) -> None:
        """Hand out a result that is not final."""
        self._worker.produced.emit(partial)


class LatestWorker(Guarded, QThread):
    """Runs `work(request, control)`: one request in flight, one waiting, the newest wins.

    `work` returns the result for `on_result`, or None when it gave up; where it fails `on_failure`
    is given a Failure, so that nothing old is taken for the answer. Ends by `close`, or with its
    parent.
    """

    produced = Signal(object)
    failed = Signal(object)
    """A Failure."""

    def __init__(
        self,
        name: str,
        work: Callable[[Any, Control], object],
        on_result: Callable[[Any], object],
        on_failure: Callable[[Failure], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._work = work
        self._wake = threading.Condition()
        self._waiting: Any = None
        self._closing = False
        self.produced.connect(on_result)
        self.failed.connect(on_failure)
        if parent is not None:
            # A thread that outlived its owner would take the process down with it. The partial
            # keeps this object until then; a bound slot would not.
            parent.destroyed.connect(partial(LatestWorker.close, self))

    @property
    def waiting(self) -> bool:
        """Whether a newer request waits."""
        return self._waiting is not None

    @property
    def closing(self) -> bool:
        """Whether the worker was told to end."""
        return self._closing

    def submit(self, request: object) -> None:
        """Ask for `request`, in place of one that still waits."""
        with self._wake:
            if self._closing:
                return
            self._waiting = request
            self._wake.notify()
        if not self.isRunning():
            self.start()

    def close(self, _owner: object = None) -> None:
        """Give up what is under way and wait for the thread to end."""
        with self._wake:
            self._closing = True
            self._waiting = None
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        while True:
            with self._wake:
                while self._waiting is None and not self._closing:
                    self._wake.wait()
                if self._closing:
                    return
                request, self._waiting = self._waiting, None
            self._serve(request)

    def _serve(self, request: object) -> None:
        try:
            # Weights may have grown beyond all numbers: an answer shows that, no failure.
            with np.errstate(all="ignore"):
                result = self._work(request, Control(self))
        except PlaygroundError as error:
            self.failed.emit(Failure(request, str(error)))
        except MemoryError:
            self.failed.emit(Failure(request, self.tr("There is not enough memory for this.")))
        except Exception:
            log.exception("%s failed", self.objectName())
            self.failed.emit(
                Failure(request, self.tr("Something went wrong; the log file has the details."))
            )
        else:
            if result is not None and not self._closing:
                self.produced.emit(result)
