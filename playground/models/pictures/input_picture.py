"""The network's input as it is seen: the part that is looked at, at screen resolution.

Like the maps, a large picture is reduced beside the window, by the mean over squares of pixels, and
the newest request wins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.core.pictures.feature_maps import View
from playground.core.pictures.map_drawing import Window
from playground.core.pictures.picture import Picture
from playground.core.pictures.rendering import reduce_columns, reduce_rows
from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.worker import Control, Failure, LatestWorker

_STRIP_VALUES = 1 << 18
"""Values that are reduced at a time: a megabyte, which fits the processor's cache."""


@dataclass(frozen=True, eq=False)
class SeenPicture:
    """What to draw: `values` uint8 (h, w) or (h, w, 3), covering the picture's pixels `window`."""

    picture: Picture
    values: NDArray[np.uint8]
    window: Window


@dataclass(frozen=True)
class _Request:
    picture: Picture
    window: Window
    every: int


class InputPicture(Guarded, QObject):
    """Keeps what is drawn of the input in step with the document."""

    seen_changed = Signal(object)
    """A SeenPicture."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._view = View()
        self._asked: _Request | None = None
        self.seen: SeenPicture | None = None
        self._worker = LatestWorker("input picture", _look, self._receive, self._fail, self)
        # Whoever owns this ends the worker by ending this.
        self.destroyed.connect(self._worker.close)
        document.picture_changed.connect(self.refresh)

    def set_target(self, window: tuple[float, float, float, float], width_px: int) -> None:
        """Say which part is seen, in shares of the picture, and how many device pixels wide."""
        view = View(window, width_px)
        if view != self._view:
            self._view = view
            self.refresh()

    def refresh(self) -> None:
        """Ask for what is seen now."""
        picture = self._document.picture
        if picture is None:
            self.seen, self._asked = None, None
            return
        window, every = self._view.on_map((picture.height, picture.width))
        request = _Request(picture, window, every)
        if request != self._asked:
            self._asked = request
            self._worker.submit(request)

    def close(self) -> None:
        """End the worker; nothing is drawn afterwards."""
        self._worker.close()

    def _receive(self, seen: SeenPicture) -> None:
        if seen.picture is self._document.picture:
            self.seen = seen
            self.seen_changed.emit(seen)

    def _fail(self, failure: Failure) -> None:
        self._document.problem.emit(failure.message)


def reduced(pixels: FloatArray, window: Window, every: int) -> NDArray[np.uint8]:
    """The pixels (H, W, C) inside `window` as 8 bits (h, w[, 3]): means over every × every."""
    top, left, bottom, right = window
    channels = pixels.shape[2]
    rows = max(1, _STRIP_VALUES // max(1, (right - left) * channels) // every) * every
    strips = []
    for start in range(top, bottom, rows):
        part = pixels[start : min(start + rows, bottom), left:right]
        flat = part.reshape(part.shape[0], -1)
        short = reduce_rows(flat, every).reshape(-1, right - left, channels)
        seen = np.stack([reduce_columns(short[..., c], every) for c in range(channels)], axis=-1)
        strips.append((seen * np.float32(255) + np.float32(0.5)).astype(np.uint8))
    whole = np.concatenate(strips)
    return whole[..., 0] if channels == 1 else whole


def _look(request: _Request, control: Control) -> SeenPicture:
    """Runs on the worker's thread."""
    values = reduced(request.picture.pixels, request.window, request.every)
    return SeenPicture(request.picture, values, request.window)
