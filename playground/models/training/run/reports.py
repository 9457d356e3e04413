"""What the training thread reports to the window, and how much of the time that may take."""

from __future__ import annotations

from dataclasses import dataclass

from playground.core.runs.frames import Frame

FRAME = 1 / 38
"""Seconds between two reports, at least."""

REPORTING, REPORTING_HELPED = 0.05, 0.5
"""The share of its time that reports may take: little of whoever does the steps, this thread or
another process; more of this thread while it only waits for that process."""


@dataclass(frozen=True, eq=False)
class Report:
    """Where run `number` stands: a frame of it, how fast it steps, and whether it goes on."""

    number: int
    frame: Frame
    steps_per_second: float
    running: bool
