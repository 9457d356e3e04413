"""Calls that come with every frame, carried out a few times a second: numbers that nobody can read.

The first ones are carried out at once, so that what a hand does is answered at once. Only a long
row of them is thinned, and the last one is always carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from playground.models.guard import Guarded

RATE = 6.0
"""Calls a second that are carried out for ever."""

_AT_ONCE = 12
"""Calls in a row that are all carried out."""


class Seldom(Guarded, QObject):
    """Call `want` as often as you like."""

    def __init__(self, slot: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._slot = slot
        self._credit, self._last = float(_AT_ONCE), monotonic()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(1000 / RATE))
        self._timer.timeout.connect(self._call)

    def want(self, _change: object = None) -> None:
        """Have the slot called: now, or soon."""
        if self._timer.isActive():
            return
        now = monotonic()
        self._credit = min(float(_AT_ONCE), self._credit + (now - self._last) * RATE)
        self._last = now
        if self._credit >= 1.0:
            self._call()
        else:
            self._timer.start()

    def _call(self) -> None:
        self._credit -= 1.0
        self._slot()
