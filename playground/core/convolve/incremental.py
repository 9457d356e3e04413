"""Maps kept up to date: an edit recomputes only what it must.

Convolution is linear, so when the weight at (y, x, c) changes by δ, its map changes by δ times the
input plane under that weight,

    map[i, j] += δ · padded[i·s + d·y, j·s + d·x, c],

and when the bias changes by δ, by δ everywhere. Each such step rounds by up to ε·(|δ| + |map|); a
map is computed from scratch before what has come together could be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from playground.core.convolve.convolution import conv2d_strips
from playground.core.convolve.edges import padded_window
from playground.core.convolve.geometry import output_size, resolve_padding
from playground.core.specs import Conv2DSpec, FloatArray

_FEW_WEIGHTS = 4
"""From this many changed weights on, computing the map is no slower than adding planes."""

_TOLERANCE = 1e-5
"""Rounding that may come together, as a share of the largest value a map can have."""

_EPSILON = float(np.finfo(np.float32).eps)
# 256 KB of float32: a strip stays in the second-level cache.
_STRIP_VALUES = 1 << 16
_NOTHING = np.empty((0, 0), np.float32)


@dataclass(frozen=True)
class Changed:
    """The maps that are no longer what they were; `complete` is False after a stop."""

    maps: frozenset[int]
    complete: bool = True


class ConvCache:
    """The maps of one image under one bank, before bias and activation are anyone else's matter."""

    def __init__(self) -> None:
        self._image: FloatArray | None = None
        self._conv: Conv2DSpec | None = None
        self._drift: list[float] = []
        self._block: FloatArray | None = None
        self.maps: list[FloatArray] = []
        """One (H', W') float32 array per kernel."""

    def update(
        self,
        image: FloatArray,
        conv: Conv2DSpec,
        *,
        should_stop: Callable[[], bool] | None = None,
        on_progress: Callable[[int], None] | None = None,
    ) -> Changed:
        """Bring `maps` up to date for `image` (H, W, C) and `conv`.

        `on_progress(n)` hears when the first n rows of all maps are done. After a stop the next
        call begins anew. Raises PlaygroundError where the kernel does not fit.
        """
        before = self._conv
        if (
            before is None
            or self._image is not image
            or before.kernel.shape[:3] != conv.kernel.shape[:3]
            or before.settings != conv.settings
        ):
            return self._begin(image, conv, should_stop, on_progress)
        if before.filters != conv.filters or _many_differ(before, conv):
            changed = self._rearrange(before, conv)
        else:
            changed = {k for k in range(conv.filters) if self._follow(before, conv, k)}
        self._conv = conv
        return Changed(frozenset(changed))

    def _begin(
        self,
        image: FloatArray,
        conv: Conv2DSpec,
        should_stop: Callable[[], bool] | None,
        on_progress: Callable[[int], None] | None,
    ) -> Changed:
        """Compute every map."""
        self._image, self._conv = image, None
        size = output_size(
            image.shape[:2], conv.kernel_size, conv.stride, conv.padding, conv.dilation
        )
        if self._block is None or self._block.shape != (conv.filters, *size):
            # Let go of the old maps first: a 24-megapixel bank is a gigabyte.
            self.maps, self._block = [], None
            self._block = np.empty((conv.filters, *size), np.float32)
        self.maps = list(self._block)
        everything = frozenset(range(conv.filters))
        for rows in self._strips(conv, slice(None), self._block):
            if on_progress is not None:
                on_progress(rows)
            if rows < size[0] and should_stop is not None and should_stop():
                return Changed(everything, complete=False)
        self._conv, self._drift = conv, [0.0] * conv.filters
        return Changed(everything)

    def _rearrange(self, before: Conv2DSpec, after: Conv2DSpec) -> set[int]:
        """Kernels changed, came, went or moved: keep the maps of those that are still there."""
        known = {_key(before, k): k for k in reversed(range(before.filters))}
        maps, drift = self.maps, self._drift
        self.maps, self._drift = [], []
        taken: set[int] = set()
        fresh: list[int] = []
        for kernel in range(after.filters):
            old = known.get(_key(after, kernel))
            if old is None or old in taken:
                fresh.append(kernel)
                self.maps.append(_NOTHING)
                self._drift.append(0.0)
            else:
                taken.add(old)
                self.maps.append(maps[old])
                self._drift.append(drift[old])
        if len(fresh) == after.filters:
            self._renew(after, maps[0].shape)
            return set(fresh)
        # The maps go their own ways now; a block they no longer fill would only take room.
        self._block = None
        for kernel in fresh:
            self.maps[kernel] = np.empty_like(maps[0])
            self._compute(after, kernel)
        return {k for k, values in enumerate(self.maps) if k >= len(maps) or values is not maps[k]}

    def _renew(self, conv: Conv2DSpec, size: tuple[int, ...]) -> None:
        """Compute all maps, as after a step of training, together: their bands are the same."""
        if self._block is None or self._block.shape != (conv.filters, *size):
            self._block = np.empty((conv.filters, *size), np.float32)
        self.maps = list(self._block)
        for _ in self._strips(conv, slice(None), self._block):
            pass

    def _follow(self, before: Conv2DSpec, after: Conv2DSpec, kernel: int) -> bool:
        """Bring one map up to date; whether it changed."""
        old, new = before.kernel[..., kernel], after.kernel[..., kernel]
        # In float64 the difference of two float32 numbers is exact.
        delta = new.astype(np.float64) - old
        cells = np.argwhere(delta)
        shift = float(after.bias[kernel]) - float(before.bias[kernel])
        if not len(cells) and not shift:
            return False
        scale = float(np.abs(new).sum()) + abs(float(after.bias[kernel]))
        step = float(np.abs(delta).sum()) + abs(shift)
        drift = self._drift[kernel] + _EPSILON * (scale + step)
        if len(cells) > _FEW_WEIGHTS or drift > _TOLERANCE * scale:
            self._compute(after, kernel)
            return True
        self._drift[kernel] = drift
        for y, x, channel in cells.tolist():
            self._add(after, kernel, (y, x, channel), float(delta[y, x, channel]))
        if shift:
            self.maps[kernel] += np.float32(shift)
        return True

    def _add(self, conv: Conv2DSpec, kernel: int, cell: tuple[int, int, int], by: float) -> None:
        """Add `by` times the input plane under one weight."""
        assert self._image is not None
        y, x, channel = cell
        kh, kw = conv.kernel_size
        if conv.flip:
            y, x = kh - 1 - y, kw - 1 - x
        plane = self._image[..., channel : channel + 1]
        top, _, left, _ = resolve_padding(
            conv.padding, plane.shape[:2], conv.kernel_size, conv.stride, conv.dilation
        )
        target = self.maps[kernel]
        height, width = target.shape
        stride = conv.stride
        column = x * conv.dilation - left
        columns = (column, column + (width - 1) * stride + 1)
        rows = max(1, _STRIP_VALUES // width)
        for start in range(0, height, rows):
            stop = min(start + rows, height)
            row = start * stride + y * conv.dilation - top
            window = padded_window(
                plane, (row, row + (stop - start - 1) * stride + 1), columns, conv.edge
            )[0, ::stride, ::stride]
            target[start:stop] += np.float32(by) * window

    def _compute(self, conv: Conv2DSpec, kernel: int) -> None:
        """Compute one map from scratch."""
        for _ in self._strips(conv, slice(kernel, kernel + 1), self.maps[kernel][np.newaxis]):
            pass
        self._drift[kernel] = 0.0

    def _strips(self, conv: Conv2DSpec, chosen: slice, out: FloatArray) -> Iterator[int]:
        """Compute the chosen kernels' maps strip by strip into `out` (n, H', W')."""
        assert self._image is not None
        return conv2d_strips(
            self._image,
            conv.kernel[..., chosen],
            conv.bias[chosen],
            out,
            conv.stride,
            conv.padding,
            conv.dilation,
            conv.edge,
            conv.flip,
        )


def _key(conv: Conv2DSpec, kernel: int) -> bytes:
    weights, bias = conv.kernel[..., kernel].tobytes(), conv.bias[kernel].tobytes()
    return bytes(weights + bias)


def _many_differ(before: Conv2DSpec, after: Conv2DSpec) -> bool:
    """Whether more than one kernel changed, as when they change places."""
    weights = np.any(before.kernel != after.kernel, axis=(0, 1, 2))
    return int(np.count_nonzero(weights | (before.bias != after.bias))) > 1
