"""Training beside the window: how much of its speed is left, and how smooth the window stays.

A frame is one repaint of the window: all that is painted between two turns of its event loop. The
input's latency is the time from a key press to the repaint that answers it, with whatever stands
in the event queue before it. Speed with and without the window is measured by turns, because
another program may take a part of the machine at any time.
"""

from __future__ import annotations

import gc
from collections import Counter
from statistics import median
from time import perf_counter, thread_time

import numpy as np
import psutil
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from threadpoolctl import threadpool_limits

from playground.app import Collector
from playground.core.pictures.picture import Picture
from playground.core.runs.run import Run
from playground.files.assets import asset_path
from playground.models.training.run.training import Training
from playground.models.training.tasks.task_choice import TaskChoice
from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.benchmarks.report import Report
from tests.models.made_tasks import chosen

ROUNDS = 4
SECONDS = 4.0
HOUR_OF_STEPS = 200_000
WARM_UP_STEPS = 100_000
KEYS = 200


class RepaintWatch(QObject):
    """How long each repaint of the window takes, in milliseconds: by the clock, of its thread."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.spent: list[tuple[float, float]] = []
        self._painting = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._painting:
            return False
        self._painting = True
        began, used = perf_counter(), thread_time()
        watched.event(event)
        passed, worked = perf_counter() - began, thread_time() - used
        self.spent.append((passed * 1000, worked * 1000))
        self._painting = False
        return True


class PaintCount(QObject):
    """How often each of some widgets is painted."""

    def __init__(self, **widgets: QWidget) -> None:
        super().__init__()
        self._names = {widget: name for name, widget in widgets.items()}
        self.counts: Counter[str] = Counter()
        for widget in widgets.values():
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched in self._names:
            self.counts[self._names[watched]] += 1
        return False


def spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def headless() -> float:
    """Steps a second of the digits network with one BLAS thread and nothing else going on."""
    task, _ = chosen("digits").make(None)
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
    collector = Collector(application)
    collector.pass_over_what_is_loaded()
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
    choose(bench.training, chosen("digits"))
    # In place of the small example that the task brings: maps of a photo are more to paint.
    bench.document.change_picture("Cat", picture, bench.document.conv)
    return bench, window


def choose(training: Training, choice: TaskChoice) -> None:
    """Make a task ready that can go on for as long as it likes."""
    before = training.task
    training.choose(choice)
    while training.task is before:
        spin(0.05)
    spin(0.5)
    training.change_setup(epochs=9999)


class AnswerWatch(QObject):
    """Whether a grid has been painted since the last key had moved its current cell."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__()
        self._moved = self.painted = False
        grid.viewport().installEventFilter(self)
        grid.selectionModel().currentChanged.connect(self._move)

    def restart(self) -> None:
        self._moved = self.painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._moved:
            self.painted = True
        return False

    def _move(self) -> None:
        self._moved = True


def key_latency(window: MainWindow) -> list[float]:
    """Milliseconds from a key press in the weight grid to the repaint of the cell it moves to.

    The key waits its turn behind what is in the queue, frames of the run among it.
    """
    grid = window.kernel.grids.grids[0]
    grid.setFocus()
    watch = AnswerWatch(grid)
    kinds, none = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease), Qt.KeyboardModifier.NoModifier
    spent = []
    for number in range(KEYS):
        key = Qt.Key.Key_Left if number % 2 else Qt.Key.Key_Right
        watch.restart()
        began = perf_counter()
        for kind in kinds:
            QCoreApplication.postEvent(grid, QKeyEvent(kind, key, none))
        while not watch.painted:
            QCoreApplication.processEvents()
        spent.append((perf_counter() - began) * 1000)
        spin(0.03)
    return spent


def held() -> tuple[float, float]:
    """MiB of memory that this process holds, and that those it has started hold."""
    own = psutil.Process()
    children = sum(child.memory_info().rss for child in own.children())
    return own.memory_info().rss / 2**20, children / 2**20


class Live:
    """The figures of a window in which the digits network learns."""

    def __init__(self) -> None:
        self.bench, self.window = open_window()
        self._repaints = RepaintWatch(self.window)
        self._paints = PaintCount(
            maps=self.window.maps.view.viewport(),
            grid=self.window.kernel.grids.grids[0].viewport(),
            thumbnails=self.window.bank.view.viewport(),
        )
        self.alone = [headless()]
        self.speeds: list[float] = []
        self.shares: list[float] = []
        self.repaints: list[tuple[float, float]] = []
        self.painted: Counter[str] = Counter()
        self.passed = self.busy = 0.0

    def round(self) -> None:
        """Train beside the window for a while, then without."""
        training = self.bench.training
        training.play()
        spin(1.5)
        self._repaints.spent.clear()
        self._paints.counts.clear()
        began, first, used = perf_counter(), training.frame.step, thread_time()
        spin(SECONDS)
        passed, steps = perf_counter() - began, training.frame.step - first
        self.passed += passed
        self.busy += thread_time() - used
        self.repaints += self._repaints.spent
        self.painted += self._paints.counts
        training.pause()
        spin(0.5)
        self.alone.append(headless())
        self.speeds.append(steps / passed)
        self.shares.append(100 * steps / passed / (sum(self.alone[-2:]) / 2))


def run(report: Report) -> None:
    """Digits with the window open, against the same steps without one."""
    live = Live()
    for _ in range(ROUNDS):
        live.round()
    live.bench.training.play()
    spin(1.0)
    latency = key_latency(live.window)
    live.bench.training.pause()
    spin(0.5)
    report.figure("headless", median(live.alone), "steps/s")
    report.figure("with the window", median(live.speeds), "steps/s")
    report.figure("share of the headless speed", median(live.shares), "%", "≥ 70")
    for name, count in live.painted.items():
        report.figure(f"{name} repainted", count / live.passed, "1/s", "30 to 60")
    report.figure("window's thread, busy", 100 * live.busy / live.passed, "%")
    passed, worked = np.array(live.repaints).T
    report.figure("repaint, p50", float(np.percentile(passed, 50)), "ms")
    report.figure("repaint, p99", float(np.percentile(passed, 99)), "ms", "≤ 16")
    report.figure("its own work, p99", float(np.percentile(worked, 99)), "ms")
    report.figure("key to repaint, p99", float(np.percentile(latency, 99)), "ms", "≤ 33")
    report.figure("memory growth over many steps", growth(live.bench.training), "MiB", "≤ 5")
    live.window.close()
    live.window.deleteLater()
    QCoreApplication.processEvents()


def growth(training: Training) -> float:
    """MiB that the window and its helper come to hold over HOUR_OF_STEPS steps after a warm-up.

    The steps are those of one small filter, so that an hour's worth fits into a minute; everything
    that follows a run (curves, history, plots, the helper) follows this one.
    """
    choose(training, chosen("copy", goal=preset_goal("sobel_x", 1)))
    training.set_pace(None)
    training.change_setup(batch_size=4, learning_rate=1e-6)  # it must not be found
    training.play()
    warm = most_over(training, WARM_UP_STEPS)
    return most_over(training, WARM_UP_STEPS + HOUR_OF_STEPS) - warm


def most_over(training: Training, steps: int) -> float:
    """The most memory that was held until `steps` steps were done."""
    most = 0.0
    while training.running and training.run.steps < steps:
        spin(1.0)
        gc.collect()
        most = max(most, sum(held()))
    return most
