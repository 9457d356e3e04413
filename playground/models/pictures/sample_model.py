"""The pictures that come with the program, as a list with a small picture of each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QImage

from playground.files.pictures.samples import Sample, samples
from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import small_image
from playground.models.state.movable_rows import Index
from playground.models.worker import Control, Failure, LatestWorker, log

SIDE = 80
"""Pixels along the long side: eight of them are seen in a row, and a face is still a face."""
KEY_ROLE = Qt.ItemDataRole.UserRole


class SampleModel(Guarded, QAbstractListModel):
    """Titles and tips at once; the pictures come when they have been read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._samples = samples()
        self._images: tuple[QImage, ...] = ()
        self._blank = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
        self._blank.fill(Qt.GlobalColor.transparent)
        self._worker = LatestWorker("sample pictures", _read, self._show, self._fail, self)

    def read(self) -> None:
        """Read the pictures, unless they are there."""
        if not self._images:
            self._worker.submit(self._samples)

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._samples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sample = self._samples[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._images[index.row()] if self._images else self._blank
        facts: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: sample.title,
            Qt.ItemDataRole.ToolTipRole: sample.tip,
            Qt.ItemDataRole.AccessibleDescriptionRole: sample.tip,
            KEY_ROLE: sample.key,
        }
        return facts.get(role)

    def _show(self, images: tuple[QImage, ...]) -> None:
        self._images = images
        self.dataChanged.emit(self.index(0), self.index(len(images) - 1))

    def _fail(self, failure: Failure) -> None:
        # Their names are there to choose by; what is wrong is said when one is opened.
        log.warning("the samples have no pictures: %s", failure.message)


def _read(wanted: tuple[Sample, ...], control: Control) -> tuple[QImage, ...] | None:
    images = []
    for sample in wanted:
        if control.should_stop():
            return None
        images.append(_squared(small_image(sample.source, SIDE)))
    return tuple(images)


def _squared(image: QImage) -> QImage:
    """In the middle of a square of SIDE, so that all titles stand at one height.

    The smallest are enlarged, their pixels kept sharp: one bright pixel is to be seen.
    """
    scaled = image.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    clear = scaled.convertToFormat(QImage.Format.Format_ARGB32)
    return clear.copy((clear.width() - SIDE) // 2, (clear.height() - SIDE) // 2, SIDE, SIDE)
