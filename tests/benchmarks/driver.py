"""The random driver over many actions: does anything fail, grow, or stay after undo?

    python -m tests.benchmarks driver --actions 30000 --seed 1

prints how often each action was done and which part of the window changed with it, then what was
found, and ends with status 1 where something is wrong. The same seed gives the same choices.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import os
import tempfile
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication

from tests.benchmarks.report import Report
from tests.driver.driver import STEPS_A_CHUNK, Driver

PARTS = ("document", "selection", "view", "training")
HANG_SECONDS = 120
"""After so long without an end of a chunk, what every thread does is written out."""


def run(report: Report, arguments: Sequence[str] = ()) -> int:
    """Drive the window; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks driver")
    parser.add_argument("--actions", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    faulthandler.enable()
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        keep_settings_in(folder)
        driver = Driver(options.seed)
        driver.progress = lambda: faulthandler.dump_traceback_later(HANG_SECONDS)
        driver.run(options.actions)
    faulthandler.cancel_dump_traceback_later()
    print_table(driver)
    judge(report, driver)
    # What is left of Qt is left to the end of the process: see tests/conftest.py.
    gc.freeze()
    del application
    return 1 if driver.faults else 0


def keep_settings_in(folder: str) -> None:
    """Leave the recent pictures of whoever runs this alone."""
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = folder
    QStandardPaths.setTestModeEnabled(True)
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, folder)


def print_table(driver: Driver) -> None:
    """A line for each action: how often it was done, and with how many each part changed."""
    print(f"{'action':36} {'done':>6}" + "".join(f" {part:>10}" for part in PARTS))
    for name, record in sorted(driver.records.items()):
        counts = "".join(f" {record.changed[part]:>10}" for part in PARTS)
        print(f"{name:36} {record.done:>6}{counts}")


def judge(report: Report, driver: Driver) -> None:
    """Print what is held, how fast it went, and every fault once."""
    first, last = driver.counts[0], driver.counts[-1]
    report.figure("actions", sum(r.done for r in driver.records.values()), "")
    report.figure("actions a second", driver.speed, "1/s", "≥ 100")
    report.figure("steps undone and compared", driver.undone, "")
    for name, before, after in (
        ("resident memory", first.memory, last.memory),
        ("threads", first.threads, last.threads),
        ("processes", first.processes, last.processes),
        ("QObjects", first.objects, last.objects),
        ("top-level widgets", first.windows, last.windows),
    ):
        report.figure(f"{name}, after the first {STEPS_A_CHUNK} actions", before, "")
        report.figure(f"{name}, at the end", after, "")
    for pattern, count in driver.watch.expected.items():
        print(f"expected, {count} times: {pattern}")
    for fault, count in Counter(driver.faults).most_common():
        print(f"\nFAULT ({count}×): {fault}")
    report.figure("faults", len(driver.faults), "", "0")
