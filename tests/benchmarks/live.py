"""Training beside the window: how much of its speed is left, and how smooth the window stays."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from threadpoolctl import threadpool_limits

from playground.core.picture import Picture
from playground.core.run import Run
from playground.files.assets import asset_path
from playground.models.training.task_choice import TaskChoice
from playground.models.workbench import Workbench
from playground.views.main_window import MainWindow
from playground.views.theming import Theming
from tests.benchmarks.report import Report

SECONDS = 8.0
HOUR_OF_STEPS = 2_000
KEYS = 60


class TurnWatch(QObject):
    """How long each repaint of the window takes, in milliseconds of its thread."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[float] = []
        self._began = 0.0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self._began = perf_counter()
            QTimer.singleShot(0, self._done)
        return False

    def _done(self) -> None:
        if self._began:
            self.turns.append((perf_counter() - self._began) * 1000)
            self._began = 0.0


def spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def headless() -> float:
    """Steps a second of the digits network with one BLAS thread and nothing else going on."""
    task, _ = TaskChoice("digits").make(None)
    run = Run(task.trainer(task.network, task.setup), task.validation)
    with threadpool_limits(1, "blas"):
        for _ in range(30):
            run.step()
        began, steps = perf_counter(), run.steps
        while perf_counter() - began < SECONDS / 2:
            run.step()
        return (run.steps - steps) / (perf_counter() - began)


def open_window() -> tuple[Workbench, MainWindow]:
    application = QApplication.instance() or QApplication([])
    application.setStyle("Fusion")
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    theming.apply()
    window = MainWindow(bench, theming)
    window.resize(1440, 900)
    window.show()
    grey = Image.open(asset_path("samples", "chelsea.png")).convert("L")
    pixels = np.asarray(grey, np.float32)[..., np.newaxis] / 255
    picture = Picture(pixels, "chelsea.png", grey.size)
    bench.document.change_picture("Cat", picture, bench.document.conv)
    bench.settings.set_mode("train")
    bench.training.choose(TaskChoice("digits"))
    while bench.training.task is None:
        spin(0.05)
    spin(0.5)
    return bench, window


def key_latency(window: MainWindow) -> list[float]:
    """Milliseconds from a key press in the weight grid to its repaint, while it trains."""
    grid = window.kernel.grids.grids[0]
    grid.setFocus()
    spent = []
    for number in range(KEYS):
        began = perf_counter()
        QTest.keyClick(grid, Qt.Key.Key_Right if number % 2 else Qt.Key.Key_Left)
        grid.viewport().repaint()
        QCoreApplication.processEvents()
        spent.append((perf_counter() - began) * 1000)
        spin(0.03)
    return spent


def resident() -> float:
    """MiB of memory the process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def run(report: Report) -> None:
    """Digits with the window open, against the same steps without one."""
    alone = headless()
    bench, window = open_window()
    training, frames = bench.training, []
    training.progressed.connect(lambda snapshot: frames.append(snapshot.step))
    training.change_setup(epochs=9999)
    training.play()
    spin(2.0)
    watch = TurnWatch()
    began, first, used = perf_counter(), training.run.steps, thread_time()
    count = len(frames)
    spin(SECONDS)
    passed, steps = perf_counter() - began, training.run.steps - first
    busy, shown = thread_time() - used, len(frames) - count
    latency = key_latency(window)
    training.pause()
    spin(0.5)
    alone = (alone + headless()) / 2
    report.figure("headless", alone, "steps/s")
    report.figure("with the window", steps / passed, "steps/s")
    report.figure("share of the headless speed", 100 * steps / passed / alone, "%", "≥ 70")
    report.figure("frames", shown / passed, "1/s", "30 to 60")
    report.figure("window's thread, busy", 100 * busy / passed, "%")
    report.figure("repaint, p50", float(np.percentile(watch.turns, 50)), "ms")
    report.figure("repaint, p99", float(np.percentile(watch.turns, 99)), "ms", "≤ 16")
    report.figure("key to repaint, p99", float(np.percentile(latency, 99)), "ms", "≤ 33")
    report.figure("memory growth over many steps", growth(), "MiB", "≤ 5")
    window.close()
    window.deleteLater()
    QCoreApplication.processEvents()


def growth() -> float:
    """MiB by which the process grows over HOUR_OF_STEPS steps, after as many to warm up.

    The steps are those of the quick task, so that an hour's worth fits into a minute.
    """
    task, _ = TaskChoice("lines").make(None)
    run = Run(task.trainer(task.network, task.setup), task.validation)
    sizes = []
    with threadpool_limits(1, "blas"):
        for _ in range(2):
            for _ in range(HOUR_OF_STEPS // 2):
                run.step()
            gc.collect()
            sizes.append(resident())
    return sizes[1] - sizes[0]
