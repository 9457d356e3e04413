"""Thins calls that come with every frame, for numbers that nobody could read at that rate.

The first ones are carried out at once, so that an edit by hand is answered without delay. Only a
long row of calls is thinned, and its last one is always carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from playground.models.guard import Guarded

RATE = 6.0
"""Calls a second that are carried out for ever: a number that changes faster cannot be read."""

_AT_ONCE = 12
"""Calls in a row that are all carried out: about two seconds of turning a wheel."""


class Throttle(Guarded, QObject):
    """Calls `slot` for `want`, but no more than a few times a second."""

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
