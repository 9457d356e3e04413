"""Saves the window's picture once every map is drawn."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from playground.models.workbench import Workbench


class Screenshot(QObject):
    """One picture of one window; `done` says that it is saved, or `problem` why not."""

    done = Signal()

    def __init__(self, window: QWidget, workbench: Workbench, target: Path) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._target = target
        self.problem = ""
        workbench.document.problem.connect(self._fail)
        workbench.preview.problem_changed.connect(self._look)
        workbench.preview.busy_changed.connect(self._look)

    def start(self) -> None:
        """Show the window and wait for its maps."""
        self._window.show()
        self._look()

    def _look(self) -> None:
        bench = self._workbench
        waiting = bench.loading.busy or bench.preview.busy or not bench.preview.maps
        if not waiting or bench.preview.problem:
            # The results are in; one turn of the event loop later they are painted.
            QTimer.singleShot(0, self._save)

    def _fail(self, message: str) -> None:
        self.problem = message
        self.done.emit()

    def _save(self) -> None:
        bench = self._workbench
        if bench.loading.busy or bench.preview.busy or self.problem:
            return
        unfinished = self._target.with_name(f".{self._target.name}.part")
        kind = self._target.suffix.lstrip(".").upper() or "PNG"
        saved = self._window.grab().save(str(unfinished), kind)
        if saved:
            os.replace(unfinished, self._target)
        else:
            unfinished.unlink(missing_ok=True)
            self.problem = self.tr("The picture could not be written to {}.").format(self._target)
        self.done.emit()
