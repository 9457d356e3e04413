"""From a changed weight to the painted map, through the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from playground.core.kernels import bank
from playground.core.pictures.picture import Picture
from playground.core.specs import ActivationSpec, BlockSpec
from playground.models.pictures.picture_loading import fitted
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.benchmarks.report import Report


class PaintWatch(QObject):
    """Notes when the gallery was painted with maps that are up to date."""

    def __init__(self, window: MainWindow, workbench: Workbench) -> None:
        super().__init__(window)
        self._preview = workbench.preview
        self._changed = False
        self.painted = 0.0
        workbench.preview.maps_changed.connect(self._note)
        QApplication.instance().installEventFilter(self)
        self._gallery = window.maps

    def _note(self, result) -> None:
        self._changed = self._changed or bool(result.maps)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._changed and event.type() == QEvent.Type.UpdateRequest:
            # The window's backing store is painted while this event is handled.
            QTimer.singleShot(0, self._done)
        return False

    def _done(self) -> None:
        if self._changed:
            self._changed = False
            self.painted = perf_counter()


class Heartbeat(QObject):
    """The longest time for which the event loop did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.longest, self._last = 0.0, perf_counter()
        self._timer.start()

    def stop(self) -> float:
        self._timer.stop()
        return self.longest

    def _beat(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


class Bench:
    """A window with a picture of noise, 12 kernels, and ways to time what it does."""

    def __init__(self, height: int, width: int) -> None:
        self.app = QApplication.instance() or QApplication([])
        self.app.setStyle("Fusion")
        self.bench = Workbench()
        self.theming = Theming(self.bench.settings, self.bench)
        self.theming.apply()
        self.window = MainWindow(self.bench, self.theming)
        self.window.resize(1440, 900)
        self.window.show()
        self.changes = 0
        self.watch = PaintWatch(self.window, self.bench)
        self.heart = Heartbeat()
        document = self.bench.document
        pixels = np.random.default_rng(0).random((height, width, 3), np.float32)
        pixels.flags.writeable = False
        picture = Picture(pixels, "noise", (width, height), None, "rgb")
        document.change_picture("Noise", picture, fitted(document.conv, picture))
        self.settle()

    def settle(self) -> None:
        """Work through events until all maps are there and painted."""
        while self.bench.preview.busy or not self.bench.preview.maps:
            self.turn()
        for _ in range(20):
            self.app.processEvents()

    def turn(self) -> None:
        """Sleep until there is an event, as an application does, and serve it."""
        self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def times(self, change: Callable[[int], None], count: int) -> np.ndarray:
        """Milliseconds from each change to the painted maps."""
        spent = []
        for _ in range(count):
            # Numbers never repeat, so that each change is one.
            self.changes += 1
            number = self.changes
            self.settle()
            self.watch.painted = 0.0
            began = perf_counter()
            change(number)
            while not self.watch.painted:
                self.turn()
            spent.append((self.watch.painted - began) * 1000)
        return np.array(spent)

    def weight(self, number: int) -> None:
        document = self.bench.document
        cell = (number % 3, number // 3 % 3, number % 3, document.selection.kernel)
        conv = bank.set_weights(document.conv, {cell: float(np.sin(number + 1))})
        document.change_conv("Set weight", conv)

    def stride(self, number: int) -> None:
        document = self.bench.document
        document.change_conv("Stride", replace(document.conv, stride=3 - document.conv.stride))

    def activation(self, number: int) -> None:
        document = self.bench.document
        spec = ActivationSpec("none" if document.block.activation.name == "relu" else "relu")
        document.change_block("Activation", BlockSpec(document.conv, spec))

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.app.processEvents()


def run(report: Report) -> None:
    """512 × 512 RGB with 12 kernels, then 12 megapixels."""
    small = Bench(512, 512)
    small.times(small.weight, 20)
    weight = small.times(small.weight, 300)
    report.figure("one weight, 512², median", float(np.median(weight)), "ms", "≤ 8")
    report.figure("one weight, 512², p99", float(np.percentile(weight, 99)), "ms", "≤ 16")
    for name, change in (("activation", small.activation), ("stride", small.stride)):
        spent = small.times(change, 60)
        report.figure(f"all 12 maps, {name}, median", float(np.median(spent)), "ms", "≤ 25")
    small.close()
    large = Bench(3000, 4000)
    large.times(large.weight, 3)
    large.heart.start()
    weight = large.times(large.weight, 60)
    stall = large.heart.stop()
    report.figure("one weight, 12 Mpx, median", float(np.median(weight)), "ms", "≤ 50")
    report.figure("one weight, 12 Mpx, longest stall", stall * 1000, "ms", "≤ 16")
    large.heart.start()
    spent = large.times(large.stride, 4)
    stall = large.heart.stop()
    report.figure("all 12 maps, 12 Mpx, median", float(np.median(spent)), "ms")
    report.figure("all 12 maps, 12 Mpx, longest stall", stall * 1000, "ms", "≤ 16")
    large.close()
