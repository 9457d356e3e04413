"""Keeps the output pixel at its place in the picture when another layer's maps are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject

from playground.core.convolve.geometry import Size, map_size
from playground.core.errors import PlaygroundError
from playground.models.guard import Guarded
from playground.models.state.document import Document, NetworkChange


class PixelKeeper(Guarded, QObject):
    """Moves the selected pixel to the same share of a map of another size."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._size = self._read()
        document.picture_changed.connect(self._note)
        document.network_changed.connect(self._stay_inside)
        document.selection.layer_changed.connect(self._move)

    def _read(self) -> Size | None:
        """The size of the selected layer's maps, or None where there are none."""
        document = self._document
        picture = document.picture
        if picture is None:
            return None
        layers = document.network.through_block(document.selection.layer)
        try:
            return map_size((picture.height, picture.width), layers)
        except PlaygroundError:
            return None

    def _note(self, _changed: object = None) -> None:
        self._size = self._read()

    def _stay_inside(self, _change: NetworkChange) -> None:
        """Maps may have become smaller, as by pooling."""
        after, pixel = self._read(), self._document.selection.pixel
        outside = pixel and after and (pixel[0] >= after[0] or pixel[1] >= after[1])
        # Where the layer has changed with its network, the pixel has moved already.
        if outside and after != self._size:
            self._move()
        self._size = after

    def _move(self, _layer: int = 0) -> None:
        before, self._size = self._size, self._read()
        after, pixel = self._size, self._document.selection.pixel
        if before is None or after is None or pixel is None:
            return
        row, column = (
            min(at * new // old, new - 1) for at, new, old in zip(pixel, after, before, strict=True)
        )
        self._document.selection.set_pixel((row, column))
