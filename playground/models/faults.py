"""What nobody caught: logged with its traceback, and said to the user in one sentence."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from playground.models.guard import Guarded
from playground.models.state.document import Document

QUIET_SECONDS = 60.0
"""A failure that was last met longer ago than this is reported again: the user has moved on."""

_MOST = 1000
"""Failures that are remembered: more than a program in trouble has ever shown."""

log = logging.getLogger(__name__)


class Faults(Guarded, QObject):
    """The one place that hears of every failure, from whichever thread, while installed.

    The same failure, a kind of exception from one line of the program, is reported once: one in a
    paintEvent comes back with every frame.
    """

    _said = Signal(str)

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str, int], float] = {}
        """For each failure when it was last met."""
        self._before = sys.excepthook, threading.excepthook
        # From signal to signal: said on another thread, it is queued to the document's own.
        self._said.connect(document.problem)

    def install(self) -> None:
        """Hear of failures from now on."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self.report, self._report_thread

    def uninstall(self) -> None:
        """Leave failures to whoever heard of them before."""
        sys.excepthook, threading.excepthook = self._before

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log `error` and tell the user, unless that was done a moment ago; any thread may call."""
        if not issubclass(kind, Exception):
            # Whoever interrupts the program, or leaves it, has not met a fault.
            self._before[0](kind, error, trace)
        elif self._is_news(_place(kind, trace)):
            # As text: a record that somebody kept would keep all frames, and painters in them.
            text = "".join(traceback.format_exception(kind, error, trace))
            log.critical("uncaught exception\n%s", text.rstrip())
            self._said.emit(
                self.tr(
                    "Something went wrong; your work is kept, and the log file has the details."
                )
            )

    def _report_thread(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_type is not SystemExit:
            error = failure.exc_value or failure.exc_type()
            self.report(failure.exc_type, error, failure.exc_traceback)

    def _is_news(self, place: tuple[str, str, int]) -> bool:
        now = self._clock()
        with self._lock:
            met = self._seen.pop(place, None)
            # Put in anew, the failures stand in the order in which they were last met.
            self._seen[place] = now
            if len(self._seen) > _MOST:
                del self._seen[next(iter(self._seen))]
        return met is None or now - met >= QUIET_SECONDS


def _place(kind: type[BaseException], trace: TracebackType | None) -> tuple[str, str, int]:
    """The kind of exception, and the file and line where it was raised."""
    name = f"{kind.__module__}.{kind.__qualname__}"
    if trace is None:
        return name, "", 0
    while trace.tb_next is not None:
        trace = trace.tb_next
    return name, trace.tb_frame.f_code.co_filename, trace.tb_lineno
