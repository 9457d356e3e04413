"""Measure: `python -m tests.benchmarks NAME …`, where NAME is a module of this folder."""

from __future__ import annotations

import importlib
import os
import sys

from tests.benchmarks.report import Report

NAMES = ("conv", "train", "edit", "live", "start", "memory")


def main(names: list[str]) -> int:
    """Run the benchmarks named, or say which there are."""
    if not names or any(name not in NAMES for name in names):
        print(f"usage: python -m tests.benchmarks {{{','.join(NAMES)}}} …")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in names:
        report = Report(name)
        report.machine()
        importlib.import_module(f"tests.benchmarks.{name}").run(report)
        report.table()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
