"""What the window can order the training side to do: data, so that orders can be merged and sent.

Every order names its `run` by number, and one for another run than the present one is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from playground.core.runs.run import Run
from playground.jobs.training_process.changes import Change
from playground.jobs.training_process.messages import Load


@dataclass(frozen=True, eq=False)
class Begin:
    """Take up a run in place of any other, and wait; another process needs `load` for it."""

    taken_up: Run
    load: Load | None = None

    @property
    def run(self) -> int:
        """Its number."""
        return self.taken_up.log.number


@dataclass(frozen=True)
class Go:
    """Step until so many steps are done; `go` is the number of this order, which its end names."""

    run: int
    until: int
    pace: float | None
    """Steps a second, or None for as many as there can be."""
    go: int


@dataclass(frozen=True)
class SetPace:
    """Step at another pace."""

    run: int
    pace: float | None


@dataclass(frozen=True)
class Stop:
    """Stop after the step that is under way."""

    run: int


Order: TypeAlias = Begin | Go | SetPace | Stop | Change
