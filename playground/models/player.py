"""Play: the kernel slides over the image, and the map is built up pixel by pixel."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from playground.models.document import Document
from playground.models.preview import Preview

SLOWEST = 4.0
"""Pixels a second at 1×; a class can follow that."""
_TICK_MS = 16


class Player(QObject):
    """Moves the output pixel in reading order."""

    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    revealed_changed = Signal(object)

    def __init__(
        self, document: Document, preview: Preview, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._preview = preview
        self.revealed: tuple[int, int] | None = None
        self._speed, self._owed = 10.0, 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._advance)

    def stop(self) -> None:
        self._timer.stop()

    def _advance(self) -> None:
        pass
