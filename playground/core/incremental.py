"""Maps kept up to date: an edit recomputes only what it must.

Convolution is linear, so when one weight changes by δ its map changes by δ times the input plane
under that weight, and when a bias changes by δ its map changes by δ everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.core.convolution import conv2d_rows, strip_rows
from playground.core.edges import padded_window
from playground.core.geometry import output_size, resolve_padding
from playground.core.specs import Conv2DSpec, FloatArray

_FEW_WEIGHTS = 4
_REFRESH_EVERY = 200


@dataclass(frozen=True)
class Changed:
    """The maps that are no longer what they were; `complete` is False after a stop."""

    maps: frozenset[int]
    complete: bool = True


class ConvCache:
    """The maps (C_out, H', W') of one image under one bank, before the activation."""

    def __init__(self) -> None:
        self._image: FloatArray | None = None
        self._conv: Conv2DSpec | None = None
        self._edits: dict[int, int] = {}
        self.maps: FloatArray = np.empty((0, 0, 0), np.float32)

    def update(
        self,
        image: FloatArray,
        conv: Conv2DSpec,
        *,
        should_stop: Callable[[], bool] | None = None,
        on_progress: Callable[[int], None] | None = None,
    ) -> Changed:
        """Bring `maps` up to date for `image` (H, W, C) and `conv`."""
        before = self._conv
        if (
            before is None
            or self._image is not image
            or before.kernel.shape != conv.kernel.shape
            or before.settings != conv.settings
        ):
            self._image, self._conv = image, None
            size = output_size(
                image.shape[:2], conv.kernel_size, conv.stride, conv.padding, conv.dilation
            )
            shape = (conv.filters, *size)
            if self.maps.shape != shape:
                self.maps = np.empty(shape, np.float32)
            done = self._compute(conv, range(conv.filters), should_stop, on_progress)
            if done:
                self._conv, self._edits = conv, {}
            return Changed(frozenset(range(conv.filters)), done)
        changed = set()
        for kernel in range(conv.filters):
            if self._follow(before, conv, kernel):
                changed.add(kernel)
        self._conv = conv
        return Changed(frozenset(changed))

    def _follow(self, before: Conv2DSpec, after: Conv2DSpec, kernel: int) -> bool:
        difference = after.kernel[..., kernel] - before.kernel[..., kernel]
        bias = float(after.bias[kernel] - before.bias[kernel])
        cells = np.argwhere(difference)
        if not len(cells) and not bias:
            return False
        edits = self._edits.get(kernel, 0) + 1
        if len(cells) > _FEW_WEIGHTS or edits > _REFRESH_EVERY:
            self._compute(after, [kernel], None, None)
            self._edits[kernel] = 0
            return True
        self._edits[kernel] = edits
        for y, x, channel in cells:
            self._add(after, kernel, (int(y), int(x), int(channel)), difference[y, x, channel])
        if bias:
            self.maps[kernel] += np.float32(bias)
        return True

    def _add(self, conv: Conv2DSpec, kernel: int, cell: tuple[int, int, int], delta: float) -> None:
        assert self._image is not None
        y, x, channel = cell
        kh, kw = conv.kernel_size
        if conv.flip:
            y, x = kh - 1 - y, kw - 1 - x
        plane = self._image[..., channel : channel + 1]
        top, _, left, _ = resolve_padding(
            conv.padding, plane.shape[:2], conv.kernel_size, conv.stride, conv.dilation
        )
        _, height, width = self.maps.shape
        step = conv.stride
        column = x * conv.dilation - left
        rows = max(1, (1 << 18) // width)
        for start in range(0, height, rows):
            stop = min(start + rows, height)
            row = start * step + y * conv.dilation - top
            window = padded_window(
                plane,
                (row, row + (stop - start - 1) * step + 1),
                (column, column + (width - 1) * step + 1),
                conv.edge,
            )[0, ::step, ::step]
            self.maps[kernel, start:stop] += np.float32(delta) * window

    def _compute(
        self,
        conv: Conv2DSpec,
        kernels: range | list[int],
        should_stop: Callable[[], bool] | None,
        on_progress: Callable[[int], None] | None,
    ) -> bool:
        assert self._image is not None
        chosen = slice(kernels[0], kernels[-1] + 1)
        weights = conv.kernel[..., chosen]
        height = self.maps.shape[1]
        step = strip_rows(weights.shape, self.maps.shape[2])
        for start in range(0, height, step):
            if should_stop is not None and should_stop():
                return False
            stop = min(start + step, height)
            conv2d_rows(
                self._image,
                weights,
                conv.bias[chosen],
                (start, stop),
                self.maps[chosen, start:stop],
                stride=conv.stride,
                padding=conv.padding,
                dilation=conv.dilation,
                edge=conv.edge,
                flip=conv.flip,
            )
            if on_progress is not None:
                on_progress(stop)
        return True
