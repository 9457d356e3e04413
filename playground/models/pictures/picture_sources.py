"""Where pictures come from: samples, recent files, the clipboard and dropped things."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QImage

from playground.files.pictures.samples import DEFAULT_SAMPLE, Sample, sample, samples
from playground.files.pictures.sources import BytesSource, FileSource, Source, printable
from playground.files.settings.recent import RecentImages
from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import PictureLoading
from playground.models.state.document import Document


class PictureSources(Guarded, QObject):
    """Opens pictures from everywhere a user may have one, and remembers the last files."""

    recent_changed = Signal()

    def __init__(
        self, document: Document, loading: PictureLoading, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._loading = loading
        place = QStandardPaths.StandardLocation.AppConfigLocation
        self._recent = RecentImages(Path(QStandardPaths.writableLocation(place)))
        loading.opened.connect(self._remember)

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The pictures that come with the app."""
        return samples()

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened last, newest first."""
        return self._recent.paths

    def described(self, path: Path) -> tuple[str, str]:
        """A file's name and its whole path, both printable whatever bytes they are made of."""
        return FileSource(path).name, printable(str(path))

    def open_file(self, path: Path, *, first: bool = False) -> None:
        """Make the file the picture."""
        self._loading.open(FileSource(path), first=first)

    def open_sample(self, key: str = DEFAULT_SAMPLE, *, first: bool = False) -> None:
        """Make a sample the picture."""
        self._loading.open(sample(key).source, first=first)

    def clear_recent(self) -> None:
        """Forget the files opened last."""
        self._recent.clear()
        self.recent_changed.emit()

    def can_take(self, data: QMimeData) -> bool:
        """Whether something dropped or pasted may be a picture."""
        return data.hasImage() or data.hasUrls() or data.hasText()

    def take(self, data: QMimeData | None, name: str) -> None:
        """Make something dropped or pasted the picture; `name` is what a nameless one is called.

        An empty clipboard may have no data at all.
        """
        source = None if data is None else _source(data, name)
        if source is not None:
            self._loading.open(source)
        elif data is not None and data.hasUrls():
            self._document.problem.emit(
                self.tr("Only files on this computer can be opened; save the picture first.")
            )
        else:
            self._document.problem.emit(
                self.tr("There is no picture here: copy a picture or a picture file first.")
            )

    def _remember(self, source: Source) -> None:
        if isinstance(source, FileSource) and all(s.source != source for s in samples()):
            self._recent.add(source.path)
            self.recent_changed.emit()


def _source(data: QMimeData, name: str) -> Source | None:
    """The picture in `data`: a local file before an image, for a file has its full depth."""
    local = [_path(url) for url in data.urls() if url.isLocalFile()]
    if local:
        return FileSource(local[0])
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return BytesSource(name, _png(image))
        return None
    if data.hasUrls():
        return None
    text = data.text().strip().strip('"')
    if text.startswith("file:"):
        text = str(_path(QUrl(text)))
    return FileSource(Path(text)) if _names_a_file(text) else None


def _path(url: QUrl) -> Path:
    """The file that a local address names, on Unix to the byte: its name may be no UTF-8."""
    if os.name != "posix":
        return Path(url.toLocalFile())
    escaped = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(os.fsdecode(unquote_to_bytes(escaped)))


def _names_a_file(text: str) -> bool:
    """Whether a text that may be anything is the path of something that is there."""
    try:
        return bool(text) and Path(text).exists()
    except (OSError, ValueError):
        # Too long for a name, in a folder one may not look into, or with a NUL.
        return False


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
