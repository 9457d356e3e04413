"""What counts as a fault: exceptions nobody caught, logged errors, and Qt's complaints."""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

EXPECTED: dict[str, str] = {}
"""Pattern of a fault's text → why it may still occur. A long run without it: take it out."""

HARMLESS = (
    # A view that is reset while a name or a number is typed closes the editor, which then hands
    # over what nobody asks for any more.
    "commitData called with an editor that does not belong to this view",
    "This plugin does not support",
    "Populating font family aliases",
    "doesn't exist and could not be created",
)
"""What Qt says about a platform without a screen."""


class FaultWatch:
    """Collects faults while it is installed; `where` says what was being done."""

    def __init__(self, where: Callable[[], str]) -> None:
        self.faults: list[str] = []
        self.expected: Counter[str] = Counter()
        self._where = where
        self._handler = _Records(self)
        self._hooks = sys.excepthook, threading.excepthook
        self._qt: object = None

    def install(self) -> None:
        """Listen in place of whoever listened before."""
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = lambda a: self._uncaught(a.exc_type, a.exc_value, a.exc_traceback)
        logging.getLogger("playground").addHandler(self._handler)
        self._qt = qInstallMessageHandler(self._said)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks
        logging.getLogger("playground").removeHandler(self._handler)
        qInstallMessageHandler(self._qt)

    def note(self, text: str) -> None:
        """Keep a fault, or count it where it is expected."""
        for pattern in EXPECTED:
            if re.search(pattern, text):
                self.expected[pattern] += 1
                return
        self.faults.append(f"{self._where()}: {text}")

    def _uncaught(self, kind, error, trace) -> None:
        self.note("".join(traceback.format_exception(kind, error, trace)))

    def _said(self, kind, _context, text: str) -> None:
        told = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if kind in told and not any(part in text for part in HARMLESS):
            self.note(f"Qt: {text}")


class _Records(logging.Handler):
    """Hands errors of the program's log to the watch."""

    def __init__(self, watch: FaultWatch) -> None:
        super().__init__(logging.ERROR)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.note(f"logged: {self.format(record)}")
