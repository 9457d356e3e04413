"""The one place where the floors are wired together."""

from __future__ import annotations

import faulthandler
import gc
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSize, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from playground import __version__
from playground.core.errors import PlaygroundError
from playground.interrupts import Interrupts
from playground.models.faults import Faults
from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.options import Options
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from playground.views.window.screenshot import Screenshot
from playground.views.window.window_place import DEFAULT_SIZE, WindowPlace

_EVERY_MS = 1000
"""Between two collections: often enough that little piles up, rare enough to cost nothing."""


def run(options: Options) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Raises PlaygroundError where the picture named on the command line cannot be shown in a
    screenshot; in a window that stays open, the window itself says so.
    """
    application = _application()
    interrupts = Interrupts(application)
    _start_log(options.log_level)
    collector = Collector(application)
    collector.pass_over_what_is_loaded()
    workbench = Workbench()
    theming = Theming(workbench.settings, workbench)
    workbench.settings.set_theme(options.theme or workbench.settings.theme)
    theming.apply()
    window = MainWindow(workbench, theming)
    faults = Faults(workbench.document, workbench)
    faults.install()
    _open_first(workbench, options.image)
    window.resize(QSize(*options.size) if options.size else DEFAULT_SIZE)
    if options.screenshot is None:
        _as_left(window, workbench, placed=options.size is None)
        window.show()
        code = application.exec()
    else:
        code = _take(window, workbench, options.screenshot, application)
    workbench.close()
    collector.close()
    faults.uninstall()
    window.deleteLater()
    interrupts.close()
    return code


def _application() -> QApplication:
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Filter Playground")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("filter-playground")
    # The one style that looks the same, and takes our palette, on every platform.
    application.setStyle("Fusion")
    return application


def _open_first(workbench: Workbench, image: Path | None) -> None:
    if image is None:
        workbench.sources.open_sample(first=True)
    else:
        workbench.sources.open_file(image, first=True)


def _as_left(window: MainWindow, workbench: Workbench, *, placed: bool) -> None:
    """Go on as the last window ended; `placed` unless its size was asked for."""
    place = WindowPlace(window, workbench.remembered)
    if placed:
        place.restore()
    workbench.remembered.follow()
    if workbench.remembered.problem:
        window.messages.show_problem(workbench.remembered.problem)


def _take(window: MainWindow, workbench: Workbench, target: Path, application: QApplication) -> int:
    shot = Screenshot(window, workbench, target)
    shot.done.connect(application.quit)
    # Started inside the event loop: before it runs, answers would reach nobody.
    QTimer.singleShot(0, shot.start)
    code = application.exec()
    if shot.problem:
        raise PlaygroundError(shot.problem)
    return code


def _start_log(level: str) -> None:
    """Write the log, and crashes of the interpreter, to a file in the user's data folder."""
    place = QStandardPaths.StandardLocation.AppLocalDataLocation
    folder = Path(QStandardPaths.writableLocation(place))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(folder / "playground.log", "a", "utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("playground")
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    if isinstance(handler, logging.FileHandler) and handler.stream is not None:
        # Windowed builds have no stderr, so faults go where the log goes.
        faulthandler.enable(handler.stream)


class Collector(Guarded, QObject):
    """Python's garbage collection, on the window's thread alone, until it is closed.

    Python collects on whichever thread happens to ask for memory. Were that a thread that computes,
    it could destroy a widget or a timer there, which Qt does not survive.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the youngest generation that is due, and those below it."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    @staticmethod
    def pass_over_what_is_loaded() -> None:
        """Leave what there is now out of all later collections.

        All modules stay to the end, and to look through them would stop the window for 35 ms each
        time. Called before there are widgets: of those that go, nothing may be left behind, not
        even by its address.
        """
        gc.freeze()

    def close(self) -> None:
        """Leave collection to Python again."""
        self._timer.stop()
        gc.enable()
