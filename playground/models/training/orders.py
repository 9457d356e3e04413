"""What the window can order the training side to do: data, so that orders can be merged and sent.

Every order names its run by number, and one for another run than the present one is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from playground.core.run import Run
from playground.models.training.changes import Change
from playground.models.training.wire import Load


@dataclass(frozen=True, eq=False)
class Begin:
    """Take up `run` in place of any other, and wait; another process needs `load` for it."""

    run: Run
    load: Load | None = None

    @property
    def number(self) -> int:
        """The run's."""
        return self.run.log.number


@dataclass(frozen=True)
class GoTo:
    """Step until `step` steps are done; `go` is the number of this order, which its end names."""

    number: int
    step: int
    pace: float | None
    """Steps a second, or None for as many as there can be."""
    go: int


@dataclass(frozen=True)
class SetPace:
    """Step at another pace."""

    number: int
    pace: float | None


@dataclass(frozen=True)
class Stop:
    """Stop after the step that is under way."""

    number: int


Order: TypeAlias = Begin | GoTo | SetPace | Stop | Change
