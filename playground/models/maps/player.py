"""What moves the output pixel that is pointed at: play, and a change to maps of another size.

Play lets the kernel slide over the image pixel by pixel, and the map is built up behind it.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from playground.core.convolve.geometry import Size, map_size
from playground.core.errors import PlaygroundError
from playground.core.specs import BlockSpec
from playground.models.guard import Announcing, Guarded
from playground.models.maps.preview import Preview
from playground.models.state.document import Document, NetworkChange
from playground.models.state.selection import Pixel

PIXELS_PER_SECOND = 5.0
"""The pace at 1×: slow enough for a class to follow the sums."""
SLOWEST, FASTEST = 1.0, 100.0
"""Times that pace: even at the fastest, a large map is seen to grow row by row."""
_TICK_MS = 16
"""A frame of the screen: more often nothing would be seen."""
_LONGEST_STALL = 0.25
"""Seconds after which a window that was busy does not catch up any more."""


class Player(Announcing):
    """Moves the output pixel in reading order; `revealed` is how far the map is built up."""

    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    revealed_changed = Signal(object)
    """The last pixel (row, column) that is built, or None when the whole map is shown."""

    def __init__(self, document: Document, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._preview = preview
        self.revealed: Pixel | None = None
        """The last pixel that is built, or None when the whole map is shown."""
        self._size: tuple[int, int] | None = None
        self.speed = 10.0
        """From 1 to 100 times PIXELS_PER_SECOND."""
        self._owed = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        document.picture_changed.connect(self.stop)
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self.stop)

    @property
    def playing(self) -> bool:
        """Whether the kernel moves by itself."""
        return self._timer.isActive()

    def set_speed(self, speed: float) -> None:
        """Choose the pace; it holds at once."""
        self.announce("speed", min(max(speed, SLOWEST), FASTEST))

    def toggle(self) -> None:
        """Play, or pause where it plays."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Go on where the map is built to, or begin at the first pixel."""
        if self.playing or self._preview.map_size is None:
            return
        self._size = self._preview.map_size
        pixel = self.revealed
        if pixel is None or self._index(pixel) >= self._count - 1:
            pixel = (0, 0)
        self._owed = 0.0
        self._clock.start()
        self._timer.start()
        self._reach(pixel)
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stay where it is; the map stays half built."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def stop(self) -> None:
        """End, and show the whole map again."""
        self.pause()
        self.announce("revealed", None)

    def restart(self) -> None:
        """Begin again at the first pixel."""
        self.stop()
        self.play()

    def move(self, by: int) -> None:
        """Move the pixel by so many places in reading order; pauses."""
        self.pause()
        size = self._preview.map_size
        if size is None:
            return
        self._size = size
        pixel = self._document.selection.pixel or (0, -1 if by > 0 else 0)
        index = min(max(self._index(pixel) + by, 0), self._count - 1)
        moved = divmod(index, size[1])
        self._document.selection.set_pixel(moved)
        if self.revealed is not None:
            self.announce("revealed", moved)

    @property
    def _count(self) -> int:
        assert self._size is not None
        return self._size[0] * self._size[1]

    def _index(self, pixel: Pixel) -> int:
        assert self._size is not None
        return pixel[0] * self._size[1] + pixel[1]

    def _tick(self) -> None:
        if self._size != self._preview.map_size or self.revealed is None:
            self.stop()
            return
        seconds = min(self._clock.restart() / 1000, _LONGEST_STALL)
        self._owed += seconds * self.speed * PIXELS_PER_SECOND
        whole = int(self._owed)
        if not whole:
            return
        self._owed -= whole
        assert self._size is not None
        index = min(self._index(self.revealed) + whole, self._count - 1)
        self._reach(divmod(index, self._size[1]))
        if index == self._count - 1:
            self.pause()
            self.announce("revealed", None)

    def _reach(self, pixel: Pixel) -> None:
        self.announce("revealed", pixel)
        self._document.selection.set_pixel(pixel)

    def _follow_network(self, change: NetworkChange) -> None:
        """Weights may change while it plays; what decides the map's size may not."""
        layer = self._document.selection.layer
        before, after = change.blocks(layer)
        if before is None or _geometry(before) != _geometry(after):
            self.stop()


class PixelKeeper(Guarded, QObject):
    """Keeps the selected pixel at its place in the picture when maps of another size are shown."""

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


def _geometry(block: BlockSpec) -> tuple[object, ...]:
    """Everything that says which pixels a value of the map is made of."""
    return block.conv.kernel_size, block.conv.settings, block.pool
