"""All runs of a window, as long as there is room for what they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from playground.models.guard import Guarded
from playground.models.state.training_run import TrainingRun

MOST = 13
MEMORY_LIMIT = 128 << 20
"""Bytes that the frames of all runs may take together."""


@dataclass(frozen=True)
class Kept:
    """Runs, newest first, and the numbers of those that are compared with the shown one."""

    runs: tuple[TrainingRun, ...] = ()
    compared: frozenset[int] = frozenset()


class Runs(Guarded, QObject):
    """Newest first. Numbers are given once, and never again."""

    changed = Signal()
    """Others are kept."""

    def __init__(self, named: Callable[[], set[int]], parent: QObject | None = None) -> None:
        """`named` gives the numbers of the runs that a session names."""
        super().__init__(parent)
        self._named = named
        self._runs: list[TrainingRun] = []
        self._number = 0
        self.compared: set[int] = set()
        """The numbers of the runs that are compared with the shown one."""

    @property
    def newest_first(self) -> tuple[TrainingRun, ...]:
        """All that are kept."""
        return tuple(self._runs)

    @property
    def kept(self) -> Kept:
        """What `hold` would put back."""
        return Kept(tuple(self._runs), frozenset(self.compared))

    def hold(self, kept: Kept) -> None:
        """Keep these in place of all others."""
        self._runs, self.compared = list(kept.runs), set(kept.compared)
        self.changed.emit()

    def next_number(self) -> int:
        """A number that no run has had."""
        self._number += 1
        return self._number

    def get(self, number: int) -> TrainingRun | None:
        """The run of this number, if it is still kept."""
        return next((run for run in self._runs if run.number == number), None)

    def add(self, run: TrainingRun) -> None:
        """Keep `run`, as the newest.

        Where they are too many, or keep too much, the oldest go that no session, comparison or
        other run names; where all are named, the oldest of those.
        """
        # A run that never made a step has nothing to be looked at.
        self._runs = [run, *(each for each in self._runs if each is not run and each.steps)]
        named = self._named() | self.compared
        named |= {each.parent.run for each in self._runs if each.parent is not None}
        wanted = sorted(self._runs, key=lambda each: each is not run and each.number not in named)
        kept = 0
        for place, each in enumerate(wanted):
            kept += each.log.history.room
            if place and (place >= MOST or kept > MEMORY_LIMIT):
                each.log.history.let_go()
        self._runs = [each for each in self._runs if each in wanted[:MOST]]
