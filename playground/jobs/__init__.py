"""Work without a window: training in a process of its own, and on several cores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.jobs.parallel.trainer import ParallelTrainer

__all__ = ["ParallelTrainer"]


def __getattr__(name: str) -> Any:
    """What is public, when it is asked for: a process that starts here shall load little."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from playground.jobs.parallel.trainer import ParallelTrainer

    return ParallelTrainer
