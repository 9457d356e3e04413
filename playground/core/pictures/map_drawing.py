"""Draws one map: it is reduced to screen size strip by strip, as its rows are computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.pictures.rendering import (
    MapStats,
    StatsCollector,
    quantize,
    reduce_columns,
    reduce_rows,
)
from playground.core.specs import FloatArray

STRIP_VALUES = 65536
"""Values of a strip that stays in the processor's cache through all passes."""

Window = tuple[int, int, int, int]
"""(top, left, bottom, right) in map pixels."""
Rows = Callable[[int, int], FloatArray]
"""Gives rows [start, stop) of the finished map."""


@dataclass(frozen=True)
class MapPicture:
    """One map as it is drawn: `values` (h, w) uint8 are table entries, 127 is zero."""

    kernel: int
    values: NDArray[np.uint8]
    window: Window
    """The map pixels that `values` cover."""
    level: float
    """±level are the ends of the colour map."""
    stats: MapStats
    complete: float = 1.0
    """Share of the map's rows that are computed yet."""


class MapDrawing:
    """Takes a map's rows in order and keeps what the screen needs of them."""

    def __init__(self, kernel: int, size: tuple[int, int], window: Window, block: int) -> None:
        self.kernel = kernel
        self._size = size
        self._collector: StatsCollector | None = StatsCollector(size)
        self._stats: tuple[MapStats, float] | None = None
        self._rows = 0
        self._picture: MapPicture | None = None
        self.look_at(window, block)

    def look_at(self, window: Window, block: int) -> None:
        """Reduce another window of the map; its statistics are kept."""
        top, left, bottom, right = window
        self._window, self._block = window, block
        # Strips begin where blocks do, as the window does, so that none is cut.
        self._strip_rows = max(1, STRIP_VALUES // self._size[1] // block) * block
        self._tall = np.empty((-(-(bottom - top) // block), right - left), np.float32)
        if self._stats is not None:
            self._rows = top
        self._reduced: FloatArray | None = None
        self._picture = None

    def advance(self, rows: Rows, stop: int) -> None:
        """Take in the map's rows up to `stop`, whole strips only before the last."""
        height = self._size[0]
        last = height if self._stats is None else self._window[2]
        while self._rows < last:
            start = self._rows
            end = min(start + self._strip_rows, last)
            if end > stop:
                return
            strip = rows(start, end)
            if self._collector is not None:
                self._collector.add(start, strip)
            self._reduce(start, end, strip)
            self._rows = end
        if self._collector is not None:
            self._stats = self._collector.stats(), self._collector.level()
            self._collector = None

    @property
    def level(self) -> float:
        """The extent of the map's own colours; known when all rows are in."""
        assert self._stats is not None
        return self._stats[1]

    def picture(self, level: float) -> MapPicture:
        """The whole map in colours up to ±level; the same object while nothing changes."""
        assert self._stats is not None
        if self._picture is None or self._picture.level != level:
            if self._reduced is None:
                self._reduced = reduce_columns(self._tall, self._block)
            values = quantize(self._reduced, level)
            self._picture = MapPicture(self.kernel, values, self._window, level, self._stats[0])
        return self._picture

    def partial(self) -> MapPicture | None:
        """The rows that are in so far, in their own colours; None where none can be seen."""
        top, left, bottom, right = self._window
        seen = min(self._rows, bottom)
        if self._collector is None or seen <= top:
            return None
        lines = -(-(seen - top) // self._block)
        level = self._collector.level()
        values = quantize(reduce_columns(self._tall[:lines], self._block), level)
        window = (top, left, seen, right)
        share = self._rows / self._size[0]
        return MapPicture(self.kernel, values, window, level, self._collector.stats(), share)

    def _reduce(self, start: int, end: int, strip: FloatArray) -> None:
        top, left, bottom, right = self._window
        low, high = max(start, top), min(end, bottom)
        if low < high:
            lines = reduce_rows(strip[low - start : high - start, left:right], self._block)
            at = (low - top) // self._block
            self._tall[at : at + len(lines)] = lines
