"""Picture files, read off the GUI thread: as the document's picture, or at a glance before that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from playground.core.kernels.kernel_ops import to_channels
from playground.core.pictures.picture import Colour, Picture, WorkingSize
from playground.core.specs import Conv2DSpec, frozen_array
from playground.files.pictures.images import load_picture, probe, thumbnail
from playground.files.pictures.sources import FileSource, Source
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.worker import Control, Failure, LatestWorker

DEFAULT_SIZE: WorkingSize = 512
"""Large enough to see what a kernel does, small enough that maps follow a drag."""
DEFAULT_COLOUR: Colour = "grey"
"""One channel: a kernel is then one table of numbers."""
SIDE = 256
"""Pixels along the long side of a glance: what its place in the dialog shows."""


@dataclass(frozen=True)
class LoadRequest:
    """A picture to be read, and the name of the undo entry that puts it in."""

    source: Source
    working: WorkingSize
    colour: Colour
    text: str
    stretched: bool = False
    """Whether its darkest value becomes black and its brightest white."""
    first: bool = False
    """Whether this is the picture the window opens with, which no undo takes away."""


class PictureLoading(Guarded, QObject):
    """Puts pictures into the document."""

    opened = Signal(object)
    """The Source that has become the document's picture."""
    busy_changed = Signal(bool)

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        take: Callable[[str, Picture], bool] = lambda _text, _picture: False,
    ) -> None:
        """`take` is offered each picture first: a task may have to be made anew from it."""
        super().__init__(parent)
        self._document, self._take = document, take
        self._wanted: LoadRequest | None = None
        self._worker = LatestWorker("picture loading", _load, self._receive, self._fail, self)

    @property
    def _newest(self) -> LoadRequest | Picture | None:
        """The picture that is being read, or else the one that is there."""
        return self._wanted or self._document.picture

    @property
    def working(self) -> WorkingSize:
        """Long side of the picture the network sees; None is full size."""
        return DEFAULT_SIZE if self._newest is None else self._newest.working

    @property
    def colour(self) -> Colour:
        """Whether the network sees one grey channel or three."""
        return DEFAULT_COLOUR if self._newest is None else self._newest.colour

    @property
    def stretched(self) -> bool:
        """Whether the picture's darkest value is made black and its brightest white."""
        return self._newest is not None and self._newest.stretched

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._wanted is not None

    def open(self, source: Source, *, first: bool = False) -> None:
        """Make `source` the picture."""
        text = self.tr("Open {name}").format(name=source.name)
        self._submit(LoadRequest(source, self.working, self.colour, text, first=first))

    def set_working_size(self, working: WorkingSize) -> None:
        """Show the network the picture at another size."""
        self._again(self.tr("Working size"), working=working)

    def set_colour(self, colour: Colour) -> None:
        """Show the network one grey channel, or three."""
        self._again(self.tr("RGB") if colour == "rgb" else self.tr("Grey"), colour=colour)

    def set_stretched(self, stretched: bool) -> None:
        """Show the network the picture with its darkest value black and its brightest white."""
        self._again(self.tr("Stretch"), stretched=stretched)

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _again(self, text: str, **changes: Any) -> None:
        """Read the newest picture again, otherwise; where there is one, and it is otherwise."""
        newest = self._newest
        if isinstance(newest, Picture):
            how = newest.working, newest.colour, text, newest.stretched
            newest = LoadRequest(newest.source, *how)
        if newest is not None and (changed := replace(newest, **changes)) != newest:
            self._submit(changed)

    def _submit(self, request: LoadRequest) -> None:
        self._wanted = request
        self._worker.submit(request)
        self.busy_changed.emit(True)

    def _receive(self, loaded: tuple[LoadRequest, Picture]) -> None:
        request, picture = loaded
        if request is not self._wanted:
            return
        self._settle()
        if not self._take(request.text, picture):
            conv = fitted(self._document.network.first_conv, picture)
            self._document.change_picture(request.text, picture, conv)
        if request.first:
            self._document.undo_stack.clear()
        self.opened.emit(request.source)

    def _fail(self, failure: Failure) -> None:
        if failure.request is self._wanted:
            self._settle()
            self._document.problem.emit(failure.message)

    def _settle(self) -> None:
        self._wanted = None
        self.busy_changed.emit(False)


def fitted(conv: Conv2DSpec, picture: Picture) -> Conv2DSpec:
    """The bank for the picture's channels: grey weights are shared out, RGB weights summed."""
    channels = picture.pixels.shape[2]
    if conv.channels == channels:
        return conv
    return replace(conv, kernel=frozen_array(to_channels(conv.kernel, channels)))


def _load(request: LoadRequest, control: Control) -> tuple[LoadRequest, Picture]:
    return request, load_picture(
        request.source,
        working_size=request.working,
        colour=request.colour,
        stretched=request.stretched,
    )


@dataclass(frozen=True)
class Glance:
    """What a file shows: its picture (H, W, 3) made small, and one line about it."""

    path: Path
    image: QImage
    caption: str


class PictureGlance(Guarded, QObject):
    """Looks at one file at a time before it is opened; the newest asked for wins."""

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
    facts = (f"{width} × {height}", info.format, info.mode)
    return Glance(path, small_image(source, SIDE), " · ".join(filter(None, facts)))


def small_image(source: Source, side: int) -> QImage:
    """The picture of `source`, at most `side` pixels long."""
    pixels = thumbnail(source, side)  # (h, w, 3) uint8
    rows, columns, _ = pixels.shape
    form = QImage.Format.Format_RGB888
    return QImage(pixels.tobytes(), columns, rows, 3 * columns, form).copy()
