"""A quick look at a picture file before it is opened, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from playground.files.pictures.images import probe, thumbnail
from playground.files.pictures.sources import FileSource
from playground.models.guard import Guarded
from playground.models.worker import Control, Failure, LatestWorker

SIDE = 256


@dataclass(frozen=True)
class Glance:
    """What a file shows: its picture (H, W, 3) made small, and one line about it."""

    path: Path
    image: QImage
    caption: str


class PictureGlance(Guarded, QObject):
    """Looks at one file at a time; the newest asked for wins."""

    seen = Signal(object)
    """A Glance."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = LatestWorker("picture preview", _look, self._show, self._fail, self)

    def look(self, path: Path) -> None:
        """Ask for a look at `path`."""
        self._worker.submit(path)

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _show(self, glance: Glance) -> None:
        self.seen.emit(glance)

    def _fail(self, failure: Failure) -> None:
        self.failed.emit(failure.message)


def _look(path: Path, control: Control) -> Glance:
    source = FileSource(path)
    info = probe(source)
    width, height = info.size
    pixels = thumbnail(source, SIDE)  # (h, w, 3) uint8
    rows, columns, _ = pixels.shape
    image = QImage(pixels.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
    return Glance(path, image, f"{width} × {height} · {info.format} · {info.mode}")
