"""The feature maps of one block as they are seen: kept up to date, and drawn at screen size.

    map = pool(activation(conv2d(image, kernel) + bias))

Only the convolution's result is kept (see incremental.py). Activation, pooling, statistics and the
reduction to screen size run over strips of rows that fit the processor's cache, so that a
24-megapixel map needs no second copy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from playground.core.convolve.activations import activate
from playground.core.convolve.geometry import output_size
from playground.core.convolve.incremental import ConvCache
from playground.core.convolve.pooling import pool2d, pooled_size
from playground.core.pictures.map_drawing import STRIP_VALUES, MapDrawing, MapPicture, Window
from playground.core.specs import ActivationSpec, BlockSpec, FloatArray, Pool2DSpec


@dataclass(frozen=True)
class View:
    """What is looked at: the window in shares of the map, and the screen pixels across it."""

    window: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    width_px: int = 512

    def on_map(self, size: tuple[int, int]) -> tuple[Window, int]:
        """The window in pixels of a map of `size` (H, W), and the side of its blocks.

        A block is about one pixel of the screen.
        """
        height, width = size
        top, left, bottom, right = self.window
        block = max(1, int((right - left) * width / max(1, self.width_px)))
        rows = _aligned(top * height, bottom * height, block, height)
        columns = _aligned(left * width, right * width, block, width)
        return (rows[0], columns[0], rows[1], columns[1]), block


class FeatureMaps:
    """The maps of one block on one image, of which some are looked at."""

    def __init__(self) -> None:
        self._cache = ConvCache()
        self._block: BlockSpec | None = None
        self._drawings: dict[int, MapDrawing] = {}
        self._look: tuple[Window, int] = (0, 0, 0, 0), 1
        self._drawn_rows = 0
        self.size: tuple[int, int] = (0, 0)

    def update(
        self,
        image: FloatArray,
        block: BlockSpec,
        kernels: tuple[int, ...],
        view: View,
        *,
        should_stop: Callable[[], bool] | None = None,
        on_rows: Callable[[], None] | None = None,
    ) -> bool:
        """Bring the maps of `image` (H, W, C) up to date and draw those of `kernels` in `view`.

        False where it was stopped. `on_rows` is called from time to time while all maps are being
        computed; `partial_pictures` has what there is. Raises PlaygroundError where the block is
        impossible on this image.
        """
        conv = block.conv
        plain = output_size(
            image.shape[:2], conv.kernel_size, conv.stride, conv.padding, conv.dilation
        )
        size = plain if block.pool is None else pooled_size(plain, block.pool.size)
        before = self._block
        if (
            size != self.size
            or before is None
            or (before.activation, before.pool) != (block.activation, block.pool)
        ):
            self._drawings.clear()
        self._block, self.size = block, size
        self._look_at(view)
        begun = False

        def rows_done(rows: int) -> None:
            nonlocal begun
            if not begun:
                # Rows are only counted when every map is computed anew.
                self._drawings.clear()
                self._drawn_rows = 0
                begun = True
            if self._advance(kernels, rows) and on_rows is not None:
                on_rows()

        changed = self._cache.update(image, conv, should_stop=should_stop, on_progress=rows_done)
        if not changed.complete:
            self._drawings.clear()
            return False
        if not begun:
            for kernel in changed.maps:
                self._drawings.pop(kernel, None)
        for kernel in [k for k in self._drawings if k >= conv.filters]:
            del self._drawings[kernel]
        self._advance(kernels, plain[0])
        return True

    def forget_pictures(self) -> None:
        """Draw everything anew at the next update."""
        self._drawings.clear()

    def pictures(self, kernels: tuple[int, ...], *, common: bool) -> list[MapPicture]:
        """The maps `kernels` as drawn; an unchanged one is the same object as before.

        With `common`, all are drawn in the colours of the one that spans most.
        """
        drawings = [self._drawings[kernel] for kernel in kernels]
        shared = max((one.level for one in drawings), default=0.0)
        return [one.picture(shared if common else one.level) for one in drawings]

    def partial_pictures(self) -> list[MapPicture]:
        """What there is of the maps that are being computed."""
        seen = (one.partial() for one in self._drawings.values())
        return [one for one in seen if one is not None]

    def _look_at(self, view: View) -> None:
        look = view.on_map(self.size)
        if look != self._look:
            self._look = look
            for drawing in self._drawings.values():
                drawing.look_at(*look)

    def _advance(self, kernels: tuple[int, ...], rows: int) -> bool:
        """Draw what the first `rows` rows of the convolution allow; False when too few are new."""
        assert self._block is not None
        pool = self._block.pool
        finished = rows if pool is None else rows // pool.size
        few = (finished - self._drawn_rows) * self.size[1] < STRIP_VALUES
        if few and rows < len(self._cache.maps[0]):
            return False
        self._drawn_rows = finished
        for kernel in kernels:
            if kernel not in self._drawings:
                self._drawings[kernel] = MapDrawing(kernel, self.size, *self._look)
            source = partial(finish, self._cache.maps[kernel], self._block.activation, pool)
            self._drawings[kernel].advance(source, finished)
        return True


def finish(
    plain: FloatArray, activation: ActivationSpec, pool: Pool2DSpec | None, start: int, stop: int
) -> FloatArray:
    """Rows [start, stop) of pool(activation(plain)), where `plain` is one map (H, W)."""
    size = 1 if pool is None else pool.size
    rows = plain[start * size : stop * size]
    active = rows if activation.name == "none" else activate(rows, activation)
    return active if pool is None else pool2d(active, pool)


def _aligned(low: float, high: float, block: int, size: int) -> tuple[int, int]:
    """Whole blocks that cover [low, high) and lie inside [0, size)."""
    first = max(0, int(low) // block * block)
    last = min(size, -(-int(np.ceil(high)) // block) * block)
    return first, max(last, min(first + 1, size))
