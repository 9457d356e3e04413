"""Saves the window's picture once every map is drawn."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from playground.models.guard import Guarded
from playground.models.workbench import Workbench

_POLL_MS = 25
"""As often as a person would not notice the wait; a look costs nothing."""
_CALM_POLLS = 3
"""Looks in a row at which nothing is under way: what was ready is painted by then."""
_LONGEST_MS = 120_000
"""The largest picture takes some seconds: after two minutes something is wrong."""


class Screenshot(Guarded, QObject):
    """One picture of one window; `done` says that it is saved, or `problem` why not."""

    done = Signal()

    def __init__(self, window: QWidget, workbench: Workbench, target: Path) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._target = target
        self.problem = ""
        self._calm = self._waited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._look)
        workbench.document.problem.connect(self._fail)

    def start(self) -> None:
        """Show the window and wait for its maps."""
        self._window.show()
        self._timer.start()

    def _look(self) -> None:
        bench = self._workbench
        drawn = bool(bench.preview.maps or bench.preview.problem)
        self._waited += _POLL_MS
        self._calm = 0 if bench.loading.busy or bench.preview.busy or not drawn else self._calm + 1
        if self._calm == _CALM_POLLS:
            self._save()
        elif self._waited > _LONGEST_MS:
            self._fail(self.tr("The maps took too long to draw; try a smaller picture."))

    def _fail(self, message: str) -> None:
        self.problem = message
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.done.emit()

    def _save(self) -> None:
        # Qt writes to another file where the name is no UTF-8: it fills a buffer, Python the file.
        kind = self._target.suffix.lstrip(".").upper() or "PNG"
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        unfinished = self._target.with_name(f".{self._target.name}.part")
        try:
            saved = self._window.grab().save(buffer, kind)
            if saved:
                unfinished.write_bytes(buffer.data().data())
                os.replace(unfinished, self._target)
        except OSError:
            saved = False
        if not saved:
            unfinished.unlink(missing_ok=True)
            printable = str(self._target).encode("utf-8", "replace").decode("utf-8")
            self.problem = self.tr("The picture could not be written to {}.").format(printable)
        self._end()
