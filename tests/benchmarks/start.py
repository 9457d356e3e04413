"""From the start of the process to the painted window with its maps."""

from __future__ import annotations

import os
import subprocess
import sys
from time import perf_counter

import numpy as np

from tests.benchmarks.report import Report

_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from playground import app
from playground.options import Options
from playground.views.window.main_window import MainWindow
shown = MainWindow.showEvent
def show(window, event):
    shown(window, event)
    QTimer.singleShot(0, lambda: (window.grab(), print("painted", flush=True), window.close()))
MainWindow.showEvent = show
app.run(Options())
"""


def run(report: Report) -> None:
    """Ten starts after two that warm the disk cache."""
    spent = []
    for _ in range(12):
        began = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdout=subprocess.PIPE, env=os.environ, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        spent.append(perf_counter() - began)
        process.wait()
    report.figure(
        "process start to painted window, median", float(np.median(spent[2:])), "s", "≤ 1"
    )
