"""Ctrl-C in the terminal, and the system's request to end, close the window as the mouse does.

Python runs a signal's handler between two of its own instructions, and an event loop that waits
for the mouse runs none. But the signal's number is written to a socket at once, and Qt watches it.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_DONE = 128
"""Shells add this to a signal's number to make the exit status."""


class Interrupts(QObject):
    """Ends the event loop, with the exit status that shells expect, when a signal arrives."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)
        self._kept = {
            number: signal.signal(number, _note)
            for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name))
            # A parent such as nohup may have told the program to ignore a signal.
            if signal.getsignal(number) is not signal.SIG_IGN
        }

    def close(self) -> None:
        """Let signals do again what they did before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, handler in self._kept.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _end(self) -> None:
        numbers = self._reader.recv(64)
        # A second signal ends the program at once, without waiting for everything to close.
        for number in self._kept:
            signal.signal(number, signal.SIG_DFL)
        QCoreApplication.exit(_DONE + numbers[0])


def _note(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the number in the socket says what to do."""
