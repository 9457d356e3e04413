"""The real window with everything behind it, and what a hand needs to work it."""

from __future__ import annotations

import gc
import random
import tempfile
from pathlib import Path
from time import monotonic

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from playground.app import Collector
from playground.core.pictures.picture import Picture
from playground.files.pictures.sources import ArraySource
from playground.models.state.presenting import PRESENTED
from playground.models.state.view_settings import Viewport
from playground.models.workbench import Workbench, starting_session
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.driver.material import Material

SIZE = (1280, 720)
PATIENCE = 20.0
"""Seconds that anything may take before it counts as a hang."""

_QUIET_MS, _TICK_MS = 300, 4


_MANY_KERNELS = 28
"""As many as there seldom are more of: a hand adds some, and a task brings up to sixteen."""


class Stage:
    """Opens the window on a folder of its own; `random` is set anew for each action."""

    def __init__(self) -> None:
        application = QApplication.instance() or QApplication([])
        application.setStyle("Fusion")
        self._folder = tempfile.TemporaryDirectory()
        self.material = Material(Path(self._folder.name))
        self._collected = gc.isenabled()
        self._collector = Collector()
        self.bench = Workbench()
        self.theming = Theming(self.bench.settings, self.bench)
        self.bench.settings.set_theme("light")
        self.theming.apply()
        self.window = MainWindow(self.bench, self.theming)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        for entry in self.window.menuBar().actions():
            _make(entry.menu())
        self._make_panes()
        self.random = random.Random(0)
        self._making = False
        self.bench.training.making.busy_changed.connect(self._note_making)
        self.begin()

    @property
    def document(self):
        return self.bench.document

    @property
    def training(self):
        return self.bench.training

    @property
    def busy(self) -> bool:
        """Whether a picture, a task or maps are still to come."""
        return self.bench.preview.busy or self.bench.loading.busy or self._making

    def begin(self) -> None:
        """A small picture, the starting kernels, and nothing to undo."""
        pixels = np.random.default_rng(0).random((40, 50, 1), np.float32)
        source = ArraySource("noise", pixels[..., 0])
        picture = Picture(pixels, "noise", (50, 40), None, source=source)
        network = starting_session().network
        self.document.change("Noise", picture=picture, network=network, own=None, place=None)
        self.document.undo_stack.clear()

    def wait(self, done, seconds: float = PATIENCE) -> bool:
        """Let the window work until `done()`; False where it never comes to that."""
        end = monotonic() + seconds
        # To look again from time to time; between two looks the threads have the processor.
        ticks = QTimer()
        ticks.start(_TICK_MS)
        while not done():
            if monotonic() > end:
                return False
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return True

    def wait_until_idle(self) -> bool:
        """Wait for whatever was asked for; a run goes on."""
        return self.wait(lambda: not self.busy)

    def rest(self) -> bool:
        """Stop everything and look at the window as it was looked at first."""
        self.close_what_is_open()
        for _ in range(2):
            # A task that is made ready meanwhile would begin another run.
            self.training.pause()
            self.bench.player.stop()
            still = self.wait(lambda: not self.busy and not self.training.running)
        settings = self.bench.settings
        self.window.top_bar.present.setChecked(False)
        if self.window.train is not None:
            self.window.train.pages.bring_all_back()
        settings.set_mode("explore")
        settings.set_theme("light")
        settings.set_colour_map("diverging")
        settings.set_levels("map")
        settings.set_enlarged(False)
        settings.set_viewport(Viewport())
        self.window.input.bar.draw.setChecked(False)
        self.window.messages.clear()
        self.window.resize(*SIZE)
        self.pass_time(_QUIET_MS)
        return still

    def pass_time(self, milliseconds: int) -> None:
        """Let the event loop run, deleting what is to be deleted."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def close_what_is_open(self) -> None:
        """Menus, cards and dialogs."""
        for _ in range(20):
            popup = QApplication.activePopupWidget()
            if popup is None:
                break
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()

    def answer_dialog(self, files: list[Path], folder: Path | None = None) -> None:
        """Choose these files, one after the other, in the file dialogs that are open; or cancel.

        Choosing a file can open the next dialog, as for a pair of pictures.
        """
        for number in range(4):
            dialog = next((d for d in self._dialogs() if d.isVisible()), None)
            if dialog is None:
                return
            wants_folder = dialog.fileMode() == QFileDialog.FileMode.Directory
            if self.random.random() < 0.25 or (wants_folder and folder is None):
                dialog.reject()
                continue
            path = folder if wants_folder else files[min(number, len(files) - 1)]
            # What the dialog does once a file is chosen in it; it then closes itself.
            dialog.fileSelected.emit(str(path))
            dialog.done(QDialog.DialogCode.Accepted)

    def _dialogs(self) -> list[QFileDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]

    def point_in(self, widget: QWidget) -> QPoint:
        """Any point of a widget, or of a view's port."""
        area = widget.viewport() if hasattr(widget, "viewport") else widget
        size = max(1, area.width()), max(1, area.height())
        return QPoint(self.random.randrange(size[0]), self.random.randrange(size[1]))

    def parts(self) -> dict[str, object]:
        """What an action can change, each part as something to compare."""
        bench, settings, selection = self.bench, self.bench.settings, self.document.selection
        training = bench.training
        panel = self.window.train
        return {
            "document": id(self.document.session),
            "selection": (
                selection.layer, selection.kernels, selection.kernel,
                selection.channel, selection.weight, selection.pixel,
            ),
            "view": (
                settings.mode, settings.theme, settings.levels, settings.colour_map,
                settings.text_points,
                settings.viewport, settings.enlarged, self.window.size(),
                self.window.presentation.active,
                bench.presenting.views, bench.presenting.strokes, bench.presenting.pen,
                bench.presenting.tools, bench.presenting.highlight,
                self.window.kernel.grids.shows_all, self.window.input.pad.isVisible(),
                bench.player.revealed, bench.player.speed, bench.hints.gradients,
                None if panel is None else panel.pages._stack.currentIndex(),
                None if panel is None else len(panel.pages._away), bench.timeline.log,
                None if panel is None else panel.curves.smooth.value(),
                None if panel is None else panel.curves.log.isChecked(),
                None if panel is None else panel.curves.accuracy.isChecked(),
                len(bench.runs.compared), bench.sources.recent, bench.transferring.freeze,
            ),
            "training": (
                training.setup, training.pace, training.running, id(training.task),
                *((0, 0) if training.run is None else (training.run.number, training.run.steps)),
                bench.timeline.step, self._frozen(),
                bench.slow.phase, bench.why.answer,
            ),
        }  # fmt: skip

    def _frozen(self) -> list[object]:
        """Which layers, kernels and weights of the selected one stay as they are."""
        layer, freezing = self.document.selection.layer, self.training.freezing
        layers = [freezing.is_frozen(number) for number in range(len(self.document.network.layers))]
        kernels = range(self.document.conv.filters)
        held = freezing.held(layer)
        weights = None if held is None else held.tobytes()
        return [*layers, *(freezing.is_frozen(layer, kernel) for kernel in kernels), weights]

    def close(self) -> None:
        """Close the window as its user does."""
        self.close_what_is_open()
        # What Python has put there, Qt would let go after the end of Python.
        QGuiApplication.clipboard().clear()
        self.window.close()
        self.bench.close()
        self._collector.close()
        if not self._collected:
            gc.disable()
        for thing in (self.window, self.bench, self._collector):
            thing.deleteLater()
        del self.window, self.bench, self.theming, self._collector
        self.pass_time(50)
        self._folder.cleanup()

    def _make_panes(self) -> None:
        """Present every view once: made later, they would pass for growth."""
        presenting = self.bench.presenting
        views = presenting.views
        self.window.top_bar.present.setChecked(True)
        for view in PRESENTED:
            presenting.announce("views", (view,))
        presenting.announce("views", views)
        self.window.top_bar.present.setChecked(False)
        # Every gallery keeps as many cells as it has ever had.
        while self.document.conv.filters < _MANY_KERNELS:
            self.window.bank.edits.add()

    def _note_making(self, making: bool) -> None:
        self._making = making


def _make(menu: QMenu) -> None:
    """Let a menu make what it makes when first asked for: later that would pass for growth."""
    menu.aboutToShow.emit()
    for entry in menu.actions():
        if entry.menu() is not None:
            _make(entry.menu())
