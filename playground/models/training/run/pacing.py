"""How often the window is given something new: as often as it can show without slowing training.

Drawing a frame takes the window's thread a time c. With a frame every c / share seconds, drawing
takes no more than its share: little where training has to wait for Python meanwhile, more where
another process trains, and still enough is left for the learner's hands.
"""

from __future__ import annotations

from time import monotonic, thread_time

from playground.models.training.run.reports import FRAME

SHARE = 0.35
SHARE_HELPED = 0.6
SLOWEST = 0.1
_KEPT = 0.8


class Pacing:
    """Called once a frame by the thread that draws."""

    def __init__(self) -> None:
        self._cost = 0.0
        self._last = monotonic(), thread_time()

    def interval(self, *, helped: bool) -> float:
        """Seconds until the next frame, by what the frames so far have cost this thread."""
        before, self._last = self._last, (monotonic(), thread_time())
        passed, used = self._last[0] - before[0], self._last[1] - before[1]
        if passed < 1.0:
            self._cost = _KEPT * self._cost + (1 - _KEPT) * used
        share = SHARE_HELPED if helped else SHARE
        return min(SLOWEST, max(FRAME, self._cost / share))
