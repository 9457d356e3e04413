"""How smooth the window stays while each of the shipped tasks trains at full speed.

A turn of the event loop is all that the window's thread does between two waits for events: while
it lasts nothing is painted and no key is answered. At 60 Hz there are 16.7 ms for it.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from playground.models.training.run.training import Training
from playground.models.training.tasks.task_choices import preset_goal
from tests.benchmarks.live import PaintCount, choose, open_window, spin
from tests.benchmarks.report import Report
from tests.models.made_tasks import chosen

SECONDS = 6.0
BUSY = 3.0
"""Milliseconds: longer turns had something to do."""
TASKS = {
    "digits": chosen("digits"),
    "clothes": chosen("clothes"),
    "shapes": chosen("shapes"),
    "lines": chosen("lines"),
    "copy Sobel x": chosen("copy", goal=preset_goal("sobel_x", 1)),
    "denoise": chosen("denoise"),
    "deblur": chosen("deblur"),
}


class TurnWatch(QObject):
    """How long the turns of this thread's event loop take, in milliseconds.

    A timer that is always due is served once in every turn: from one time to the next is a turn,
    or the timer's millisecond where nothing else is to be done.
    """

    def __init__(self) -> None:
        super().__init__()
        self.spent: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start(1)

    def restart(self) -> None:
        self.spent, self._last = [], perf_counter()

    def _turn(self) -> None:
        now = perf_counter()
        self.spent.append((now - self._last) * 1000)
        self._last = now


def run(report: Report) -> None:
    """Each task in the same window, one after the other; then digits before a class."""
    bench, window = open_window()
    turns = TurnWatch()
    paints = PaintCount(maps=window.maps.view.viewport())
    for name, choice in TASKS.items():
        choose(bench.training, choice)
        _measure(report, name, bench.training, turns, paints)
    choose(bench.training, TASKS["digits"])
    window.top_bar.present.setChecked(True)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1280, 720)
    for views in (("equation", "curve"), ("kernels", "classes")):
        bench.presenting.announce("views", views)
        spin(0.5)
        pane = window.presentation.view.panes[views[0]]
        shown = pane.map if views[0] == "equation" else pane
        paints = PaintCount(maps=shown.view.viewport())
        _measure(report, f"presenting {' and '.join(views)}", bench.training, turns, paints)
    window.close()
    window.deleteLater()
    QCoreApplication.processEvents()


def _measure(
    report: Report, name: str, training: Training, turns: TurnWatch, paints: PaintCount
) -> None:
    """Train at full speed for some seconds."""
    training.set_pace(None)
    training.change_setup(learning_rate=1e-6)  # so that nothing is found, and it ends
    training.play()
    spin(1.5)
    turns.restart()
    paints.counts.clear()
    began, first = perf_counter(), training.frame.step
    spin(SECONDS)
    passed, steps = perf_counter() - began, training.frame.step - first
    training.pause()
    spin(0.5)
    spent = np.array(turns.spent)
    report.figure(f"{name}, steps", steps / passed, "1/s")
    report.figure(f"{name}, maps repainted", paints.counts["maps"] / passed, "1/s", "≥ 30")
    report.figure(f"{name}, turn, p99", float(np.percentile(spent, 99)), "ms", "≤ 16.7")
    busy = float(np.percentile(spent[spent > BUSY], 99))
    report.figure(f"{name}, turn with something to do, p99", busy, "ms")
