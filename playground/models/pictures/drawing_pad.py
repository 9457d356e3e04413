"""A small picture drawn by hand, live as the network's input."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.core.pictures.picture import CHANNELS, Picture
from playground.core.specs import FloatArray, frozen_array
from playground.files.pictures.sources import ArraySource
from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import fitted
from playground.models.state.document import Document

Tool = Literal["pencil", "eraser"]
SIZES = (28, 32, 48, 64, 96, 128)
"""From the size of the well-known handwritten digits to what is still drawn by hand."""

PAPER, INK = 0.0, 1.0
"""White on black, as in the digits that networks learn to read."""


class DrawingPad(Guarded, QObject):
    """The pad's pixels (N, N) in [0, 1]; a stroke is one entry of undo."""

    pixels_changed = Signal()
    size_changed = Signal(int)

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        take: Callable[[str, Picture, Hashable], bool] = lambda _text, _picture, _gesture: False,
    ) -> None:
        """`take` is offered each finished drawing: a task may have to be made anew from it."""
        super().__init__(parent)
        self._document, self._take = document, take
        self._pixels: FloatArray = np.full((28, 28), PAPER, np.float32)
        self._shown: Picture | None = None
        self._gesture = 0
        self._last: tuple[float, float] | None = None
        self.tool: Tool = "pencil"
        document.picture_changed.connect(self._follow)

    @property
    def pixels(self) -> FloatArray:
        """What is drawn, (N, N); not to be written to."""
        return self._pixels

    @property
    def size(self) -> int:
        """Number of rows and of columns."""
        return len(self._pixels)

    @property
    def active(self) -> bool:
        """Whether the document's picture is this pad's drawing."""
        return self._shown is not None and self._document.picture is self._shown

    def show(self) -> None:
        """Make the drawing the document's picture."""
        if not self.active:
            self._put(self.tr("Drawing pad"), self._document.new_gesture())

    def resize(self, size: int) -> None:
        """Begin again on a pad of `size` × `size`."""
        if size != self.size:
            self._pixels = np.full((size, size), PAPER, np.float32)
            self._put(self.tr("Pad size"), self._document.new_gesture())
            self.size_changed.emit(size)

    def clear(self) -> None:
        """Wipe the pad."""
        self._pixels = np.full_like(self._pixels, PAPER)
        self._put(self.tr("Clear the pad"), self._document.new_gesture())

    def press(self, row: float, column: float) -> None:
        """Begin a stroke at a point in pixels (0 is the first pixel's upper left corner)."""
        self._gesture = self._document.new_gesture()
        self._last = row, column
        self._stroke_to(row, column)

    def drag(self, row: float, column: float) -> None:
        """Go on with the stroke."""
        if self._last is not None:
            self._stroke_to(row, column)

    def release(self) -> None:
        """End the stroke."""
        if self._last is not None and self._shown is not None:
            self._take(self._text(), self._shown, self._gesture)
        self._last = None

    def _stroke_to(self, row: float, column: float) -> None:
        assert self._last is not None
        # An eraser narrower than the line it follows would leave the line's rim.
        pen = 0.9 if self.tool == "pencil" else 1.8
        ink = coverage(self.size, self._last, (row, column), radius=self.size / 28 * pen)
        target = INK if self.tool == "pencil" else PAPER
        self._pixels = self._pixels + ink * (target - self._pixels)
        self._last = row, column
        self._put(self._text(), self._gesture)

    def _text(self) -> str:
        return self.tr("Draw") if self.tool == "pencil" else self.tr("Erase")

    def _put(self, text: str, gesture: int) -> None:
        current = self._document.picture
        colour = "grey" if current is None else current.colour
        source = Drawing(self.tr("drawing"), self._pixels)
        pixels = frozen_array(np.repeat(source.values, CHANNELS[colour], axis=2))
        size = (self.size, self.size)
        working = None if current is None else current.working
        picture = Picture(pixels, source.name, size, working, colour, source)
        self._shown = picture
        self.pixels_changed.emit()
        conv = fitted(self._document.network.first_conv, picture)
        self._document.change_picture(text, picture, conv, gesture=gesture)

    def _follow(self, picture: Picture | None) -> None:
        """An undone stroke is undone on the pad too."""
        if picture is None or picture is self._shown:
            return
        if not isinstance(picture.source, Drawing):
            return
        self._shown = picture
        was = self.size
        self._pixels = picture.source.values[..., 0]
        self.pixels_changed.emit()
        if self.size != was:
            self.size_changed.emit(self.size)


@dataclass(frozen=True, eq=False)
class Drawing(ArraySource):
    """What was drawn on the pad, told apart from other values that the program made."""


def coverage(
    size: int, start: tuple[float, float], end: tuple[float, float], radius: float
) -> FloatArray:
    """How much of each pixel (size, size) a round pen covers on its way, from 0 to 1.

    The distance d of a pixel's centre from the segment gives clip(radius + ½ − d, 0, 1).
    """
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32) + np.float32(0.5)
    (r0, c0), (r1, c1) = start, end
    length2 = (r1 - r0) ** 2 + (c1 - c0) ** 2
    along = np.zeros_like(rows)
    if length2 > 0:
        along = ((rows - r0) * (r1 - r0) + (columns - c0) * (c1 - c0)) / length2
        along = np.clip(along, 0.0, 1.0)
    distance = np.hypot(rows - r0 - along * (r1 - r0), columns - c0 - along * (c1 - c0))
    covered: FloatArray = np.clip(radius + 0.5 - distance, 0.0, 1.0)
    return covered.astype(np.float32)
