"""Steps that the helper process does for the training thread, once a run is worth it."""

from __future__ import annotations

import logging
from dataclasses import replace
from threading import Condition
from time import monotonic

from playground.core.run_news import Place
from playground.models.training.helper import Helper
from playground.models.training.wire import Go, Gone, Halt, Load, News, Ready, Tell

log = logging.getLogger(__name__)

AFTER = 0.3
"""Seconds that a run must last before a helper is asked."""

_MOST_BYTES = 1 << 30
"""Examples that need more room than this are not kept twice."""


class HelpedSteps:
    """Belongs to the training thread; `wake` is notified when there are news."""

    def __init__(self, wake: Condition) -> None:
        self._wake = wake
        self._helper: Helper | None = None
        self._failed = False
        self._ready = False
        self._asked = self._loaded = 0
        self._news: list[News] = []

    @property
    def waiting(self) -> bool:
        """Whether there are news."""
        return self._helper is None or self._helper.waiting

    def ready_for(self, load: Load | None, since: float) -> bool:
        """Whether the helper has loaded this run, which steps `since` then; it is asked to."""
        if load is None or self._failed or _size(load) > _MOST_BYTES:
            return False
        if self._helper is None:
            if monotonic() - since >= AFTER:
                self._start()
            return False
        while self._helper is not None and self._helper.waiting:
            self.take()
        if self._helper is not None and self._ready and self._asked != load.run:
            self._asked = load.run
            task = replace(load.task, before=None, after=None, goal=None)
            self._helper.send(replace(load, task=task))
        return self._helper is not None and self._loaded == load.run

    def go(self, place: Place, goal: int) -> None:
        """Step from `place` on to `goal`, or until halted."""
        if self._helper is not None:
            self._helper.send(Go(place, goal))

    def ask(self) -> None:
        """Let there be news after the next step."""
        if self._helper is not None:
            self._helper.send(Tell())

    def halt(self) -> None:
        """Stop after the present step; final news come."""
        if self._helper is not None:
            self._helper.send(Halt())

    def take(self) -> News | None:
        """The next news; None for other messages, and where the helper has ended."""
        if self._helper is None:
            return None
        message = self._helper.take()
        match message:
            case News():
                return message
            case Ready(run):
                self._ready, self._loaded = True, run
            case Gone(reason):
                log.error("the helper that trains has ended: %s", reason or "no reason given")
                self.close()
        return None

    @property
    def lost(self) -> bool:
        """Whether there is no helper any more."""
        return self._helper is None

    def close(self) -> None:
        """End the helper; there will be no other."""
        self._failed = True
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def _start(self) -> None:
        try:
            self._helper = Helper(self._notify)
        except OSError:
            self._failed = True

    def _notify(self) -> None:
        with self._wake:
            self._wake.notify()


def _size(load: Load) -> int:
    return load.task.inputs.nbytes + load.task.targets.nbytes
