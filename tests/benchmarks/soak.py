"""An hour of training with the window open: does the memory of window and training process grow?

The digits network trains at full speed while the hands are at work: a weight is changed every
second, and the run is reset twice a minute. Some storage fills before it is used again: the run's
history, the undo stack. What counts is what comes after, so the window is given time to settle.

    python -m tests.benchmarks soak --minutes 60

prints the resident memory of both processes every minute and ends with status 1 where either has
left a band of ± 20 MiB since it settled, or where nothing was trained.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import count
from statistics import mean
from time import monotonic

from PySide6.QtCore import QCoreApplication

from playground.models.kernels.kernel_edits import KernelEdits
from tests.benchmarks.live import held, open_window, spin
from tests.benchmarks.report import Report

BAND_MIB = 20.0
RESETS_A_MINUTE = 2
SETTLING = 1 / 3
"""Share of the minutes in which storage fills."""


def run(report: Report, arguments: Sequence[str] = ()) -> int:
    """Soak for so many minutes; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks soak")
    parser.add_argument("--minutes", type=float, default=60.0)
    minutes = parser.parse_args(arguments).minutes
    soak = Soak(minutes)
    soak.run()
    return soak.judge(report)


class Soak:
    """One window at work, and what it and its training process hold, minute by minute."""

    def __init__(self, minutes: float) -> None:
        self._minutes = minutes
        self.bench, self.window = open_window()
        self._kernels = KernelEdits(self.bench.document)
        self.window_mib: list[float] = []
        self.process_mib: list[float] = []
        self.steps = self.edits = self.resets = 0

    def run(self) -> None:
        """Train, edit and reset until the time is up."""
        training = self.bench.training
        began = monotonic()
        training.play()
        for second in count(1):
            spin(max(0.0, began + second - monotonic()))
            self._edit(second)
            if second % (60 // RESETS_A_MINUTE) == 0:
                self._reset()
            if second % 60 == 0 or monotonic() - began >= 60 * self._minutes:
                self._measure(second / 60)
            if monotonic() - began >= 60 * self._minutes:
                break
        self._close()

    def judge(self, report: Report) -> int:
        """Report how far each process strayed since it settled; returns the exit status."""
        good = self.steps > 0 and self.edits > 0
        for name, mib in (("window", self.window_mib), ("training process", self.process_mib)):
            settled = mib[int(len(mib) * SETTLING) :]
            middle = (max(settled) + min(settled)) / 2
            strayed = max(settled) - middle
            report.figure(f"{name}, middle", middle, "MiB")
            report.figure(f"{name}, strayed", strayed, "MiB", f"≤ {BAND_MIB:g}")
            third = max(1, len(settled) // 3)
            growth = mean(settled[-third:]) - mean(settled[:third])
            report.figure(f"{name}, last third − first third", growth, "MiB")
            good = good and strayed <= BAND_MIB
        for name, number in (("steps", self.steps), ("edits", self.edits), ("resets", self.resets)):
            report.figure(name, number, "")
        return 0 if good else 1

    def _edit(self, second: int) -> None:
        """Change one weight after another, kernel by kernel."""
        document = self.bench.document
        rows, columns = document.conv.kernel_size
        kernel = second % document.conv.filters
        document.selection.set_kernel(kernel)
        cell = (second % rows, second // rows % columns, 0, kernel)
        self.edits += self._kernels.nudge([cell], 1)

    def _reset(self) -> None:
        training = self.bench.training
        if training.frame is not None:
            self.steps += training.frame.step
        training.reset()
        training.play()
        self.resets += 1

    def _measure(self, minute: float) -> None:
        window, process = held()
        self.window_mib.append(window)
        self.process_mib.append(process)
        steps = self.bench.document.undo_stack.count()
        print(
            f"minute {minute:.1f}: window {window:.1f} MiB, training process {process:.1f} MiB, "
            f"{steps} undo steps",
            flush=True,
        )

    def _close(self) -> None:
        self.window.close()
        self.bench.close()
        self.window.deleteLater()
        QCoreApplication.processEvents()
