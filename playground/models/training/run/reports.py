"""What the training side reports to the window, how often, and how fast it steps."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic, thread_time

from playground.core.runs.frames import Frame

FRAME = 1 / 38
"""Seconds between two reports, at least."""

REPORTING, REPORTING_ELSEWHERE = 0.05, 0.5
"""The share of its time that reports may take: little of whoever does the steps, this thread or
another process; more of this thread while it only waits for that process."""


@dataclass(frozen=True, eq=False)
class Report:
    """Where run `number` stands: a frame of it, how fast it steps, and whether it goes on."""

    number: int
    frame: Frame
    steps_per_second: float
    running: bool


SHARE = 0.35
SHARE_ELSEWHERE = 0.6
SLOWEST = 0.1
_KEPT = 0.8


class Pacing:
    """How often the window is given something new; called once a frame by the thread that draws.

    Drawing a frame takes the window's thread a time c. With a frame every c / share seconds,
    drawing takes no more than its share: little where training has to wait for Python meanwhile,
    more where another process trains, and still enough is left for the learner's hands.
    """

    def __init__(self) -> None:
        self._cost = 0.0
        self._last = monotonic(), thread_time()

    def interval(self, *, elsewhere: bool) -> float:
        """Seconds until the next frame, by what the frames so far have cost this thread."""
        before, self._last = self._last, (monotonic(), thread_time())
        passed, used = self._last[0] - before[0], self._last[1] - before[1]
        if passed < 1.0:
            self._cost = _KEPT * self._cost + (1 - _KEPT) * used
        share = SHARE_ELSEWHERE if elsewhere else SHARE
        return min(SLOWEST, max(FRAME, self._cost / share))


class Speed:
    """Steps a second, over the last second or so."""

    def __init__(self) -> None:
        self.value = 0.0
        self.restart()

    def restart(self) -> None:
        self._began, self._steps = monotonic(), 0

    def count(self, steps: int = 1) -> None:
        self._steps += steps
        passed = monotonic() - self._began
        if passed >= 0.5:
            self.value = self._steps / passed
            self.restart()
