"""Python's garbage collection on the window's thread alone.

Python collects on whichever thread happens to ask for memory. Were that a thread that computes,
it could destroy a widget or a timer there, which Qt does not survive. So automatic collection is
switched off, and done from time to time by a timer of the window's thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from playground.models.guard import Guarded

_EVERY_MS = 1000


class Collector(Guarded, QObject):
    """Collects while it lives; automatic collection comes back when it is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the youngest generation that is due, and those below it."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Leave collection to Python again."""
        self._timer.stop()
        gc.enable()
