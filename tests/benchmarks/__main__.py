"""Measure: `python -m tests.benchmarks NAME …`, where NAME is a module of this folder.

A benchmark that takes options of its own is run alone: `python -m tests.benchmarks NAME --help`.
"""

from __future__ import annotations

import importlib
import os
import sys

from tests.benchmarks.report import Report

NAMES = ("conv", "train", "edit", "live", "smooth", "start", "memory")
WITH_OPTIONS = ("driver", "soak")
"""Their `run` takes the arguments behind the name, and returns the exit status."""


def main(arguments: list[str]) -> int:
    """Run the benchmarks named, or say which there are."""
    if arguments and arguments[0] in WITH_OPTIONS:
        return measured(arguments[0], arguments[1:]) or 0
    if not arguments or any(name not in NAMES for name in arguments):
        print(f"usage: python -m tests.benchmarks {{{','.join(NAMES)}}} …")
        print(f"       python -m tests.benchmarks {{{','.join(WITH_OPTIONS)}}} [--help]")
        return 2
    for name in arguments:
        measured(name)
    return 0


def measured(name: str, *options: list[str]) -> int | None:
    """Run one benchmark and print its table; the exit status where it gives one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report = Report(name)
    report.machine()
    status: int | None = importlib.import_module(f"tests.benchmarks.{name}").run(report, *options)
    report.table()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
