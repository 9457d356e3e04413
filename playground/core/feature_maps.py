"""The feature maps of one block as they are seen: kept up to date, and drawn at screen size.

    map = pool(activation(conv2d(image, kernel) + bias))

Only the convolution's result is kept (see incremental.py). Activation, pooling, statistics and the
reduction to screen size run over strips of rows that fit the processor's cache, so that a
24-megapixel map needs no second copy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.activations import activate
from playground.core.geometry import output_size
from playground.core.incremental import ConvCache
from playground.core.pooling import pool2d, pooled_size
from playground.core.rendering import (
    MapStats,
    StatsCollector,
    quantize,
    reduce_columns,
    reduce_rows,
)
from playground.core.specs import ActivationSpec, BlockSpec, FloatArray, Pool2DSpec

_STRIP_VALUES = 65536

Window = tuple[int, int, int, int]
"""(top, left, bottom, right) in map pixels."""


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


@dataclass(frozen=True)
class View:
    """What is looked at: the window in shares of the map, and the screen pixels across it."""

    window: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    width_px: int = 512

    def on_map(self, size: tuple[int, int]) -> tuple[Window, int]:
        """The window in pixels of a map of `size` (H, W), and the step that fits the screen."""
        height, width = size
        top, left, bottom, right = self.window
        step = max(1, int((right - left) * width / max(1, self.width_px)))
        rows = _aligned(top * height, bottom * height, step, height)
        columns = _aligned(left * width, right * width, step, width)
        return (rows[0], columns[0], rows[1], columns[1]), step


@dataclass
class _Drawn:
    """A map reduced to the screen, before levels are applied."""

    reduced: FloatArray
    window: Window
    stats: MapStats
    level: float
    picture: MapPicture | None = None


class FeatureMaps:
    """All maps of one block on one image; `update`, then `pictures`."""

    def __init__(self) -> None:
        self._cache = ConvCache()
        self._block: BlockSpec | None = None
        self._drawn: dict[int, _Drawn] = {}
        self._view: tuple[Window, int] | None = None
        self._common: float | None = None
        self.size: tuple[int, int] = (0, 0)

    def update(
        self,
        image: FloatArray,
        block: BlockSpec,
        *,
        should_stop: Callable[[], bool] | None = None,
        on_rows: Callable[[int], None] | None = None,
    ) -> bool:
        """Bring the maps of `image` (H, W, C) up to date; False where it was stopped.

        `on_rows(n)` is told when the first n rows of all maps are computed. Raises PlaygroundError
        where the block is impossible on this image.
        """
        conv = block.conv
        plain = output_size(
            image.shape[:2], conv.kernel_size, conv.stride, conv.padding, conv.dilation
        )
        self.size = plain if block.pool is None else pooled_size(plain, block.pool.size)
        before = self._block
        if before is None or (before.activation, before.pool) != (block.activation, block.pool):
            self._drawn.clear()
        self._block = block
        changed = self._cache.update(image, conv, should_stop=should_stop, on_progress=on_rows)
        for kernel in changed.maps:
            self._drawn.pop(kernel, None)
        for kernel in [k for k in self._drawn if k >= conv.filters]:
            del self._drawn[kernel]
        return changed.complete

    def forget_pictures(self) -> None:
        """Draw everything anew at the next call of `pictures`."""
        self._drawn.clear()

    def pictures(self, kernels: tuple[int, ...], view: View, *, common: bool) -> list[MapPicture]:
        """The maps `kernels` as drawn in `view`; an unchanged one is the same object as before."""
        window, step = view.on_map(self.size)
        if self._view != (window, step):
            self._view = window, step
            for kernel, drawn in self._drawn.items():
                self._redraw(kernel, drawn)
        for kernel in kernels:
            if kernel not in self._drawn:
                self._drawn[kernel] = self._draw(kernel)
        level = max((d.level for d in self._drawn.values()), default=0.0) if common else None
        return [self._picture(kernel, level) for kernel in kernels]

    def partial(self, kernel: int, view: View, rows: int) -> MapPicture | None:
        """The first `rows` rows of a map that is still being computed; None where none is seen."""
        assert self._block is not None
        if self._block.pool is not None:
            rows //= self._block.pool.size
        (top, left, bottom, right), step = view.on_map(self.size)
        bottom = min(bottom, rows)
        if bottom <= top:
            return None
        window = (top, left, bottom, right)
        collector = StatsCollector(self.size)
        reduced = self._reduce(kernel, window, step, (top, bottom), collector)
        level = collector.level()
        share = rows / self.size[0]
        values = quantize(reduced, level)
        return MapPicture(kernel, values, window, level, collector.stats(), share)

    def _picture(self, kernel: int, common: float | None) -> MapPicture:
        drawn = self._drawn[kernel]
        level = drawn.level if common is None else common
        if drawn.picture is None or drawn.picture.level != level or drawn.picture.kernel != kernel:
            values = quantize(drawn.reduced, level)
            drawn.picture = MapPicture(kernel, values, drawn.window, level, drawn.stats)
        return drawn.picture

    def _draw(self, kernel: int) -> _Drawn:
        assert self._view is not None
        window, step = self._view
        collector = StatsCollector(self.size)
        reduced = self._reduce(kernel, window, step, (0, self.size[0]), collector)
        return _Drawn(reduced, window, collector.stats(), collector.level())

    def _redraw(self, kernel: int, drawn: _Drawn) -> None:
        """Reduce again for another view; statistics and level stay what they are."""
        assert self._view is not None
        window, step = self._view
        drawn.reduced = self._reduce(kernel, window, step, (window[0], window[2]), None)
        drawn.window, drawn.picture = window, None

    def _reduce(
        self,
        kernel: int,
        window: Window,
        step: int,
        rows: tuple[int, int],
        collector: StatsCollector | None,
    ) -> FloatArray:
        """Reduce the window's rows; show all of `rows` to the collector."""
        assert self._block is not None
        top, left, bottom, right = window
        height = -(-(bottom - top) // step)
        tall = np.empty((height, right - left), np.float32)
        # Window and strips begin at multiples of the step, so no block is cut by a strip's edge.
        strip_rows = max(1, _STRIP_VALUES // self.size[1] // step) * step
        for start in range(rows[0], rows[1], strip_rows):
            stop = min(start + strip_rows, rows[1])
            strip = self._strip(kernel, start, stop)
            if collector is not None:
                collector.add(start, strip)
            seen = slice(max(start, top), min(stop, bottom))
            if seen.start < seen.stop:
                part = strip[seen.start - start : seen.stop - start, left:right]
                short = reduce_rows(part, step)
                at = (seen.start - top) // step
                tall[at : at + len(short)] = short
        return reduce_columns(tall, step)

    def _strip(self, kernel: int, start: int, stop: int) -> FloatArray:
        """Rows [start, stop) of the finished map."""
        assert self._block is not None
        return finish(
            self._cache.maps[kernel], self._block.activation, self._block.pool, start, stop
        )


def finish(
    plain: FloatArray, activation: ActivationSpec, pool: Pool2DSpec | None, start: int, stop: int
) -> FloatArray:
    """Rows [start, stop) of pool(activation(plain)), where `plain` is one map (H, W)."""
    size = 1 if pool is None else pool.size
    rows = plain[start * size : stop * size]
    active = rows if activation.name == "none" else activate(rows, activation)
    return active if pool is None else pool2d(active, pool)


def _aligned(low: float, high: float, step: int, size: int) -> tuple[int, int]:
    """Whole steps that cover [low, high) and lie inside [0, size)."""
    first = max(0, int(low) // step * step)
    last = min(size, -(-int(np.ceil(high)) // step) * step)
    return first, max(last, min(first + 1, size))
