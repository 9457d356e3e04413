"""Whether anything has grown from one look to another, with what may and why."""

from __future__ import annotations

from dataclasses import dataclass

from tests.driver.counts import Counts


@dataclass(frozen=True)
class Allowed:
    """How much more there may be, of what, and why."""

    memory: float
    objects: int
    windows: int
    threads: int
    processes: int


SINCE_THE_FIRST = Allowed(memory=300, objects=60, windows=2, threads=8, processes=1)
"""Some things are made when they are first needed, and stay: the thread of each worker, the
training process with the thread that listens to it, what marks text in a label, the curves of
compared runs, maps as many as kernels were ever shown. Memory: the frames of the last runs, 128 MiB
at most, and the examples of the tasks that they were of."""

SINCE_HALF_WAY = Allowed(memory=200, objects=30, windows=1, threads=2, processes=1)
"""By then nearly all of that is there."""

FEWEST = 6
"""So many looks are needed for half way to mean anything."""


def growth(counts: list[Counts]) -> list[str]:
    """What the last count holds more than earlier ones, beyond what is allowed."""
    faults = _growth("the first look", counts[0], counts[-1], SINCE_THE_FIRST)
    if len(counts) >= FEWEST:
        half = counts[len(counts) // 2]
        faults += _growth("half way", half, counts[-1], SINCE_HALF_WAY)
    return faults


def _growth(since: str, before: Counts, after: Counts, allowed: Allowed) -> list[str]:
    faults = []
    for name in ("memory", "objects", "windows", "threads", "processes"):
        was, now = getattr(before, name), getattr(after, name)
        if now > was + getattr(allowed, name):
            more = after.grown(before)
            faults.append(f"growth: {name} from {was:.0f} at {since} to {now:.0f} ({more})")
    return faults
