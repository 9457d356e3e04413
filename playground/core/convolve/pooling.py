"""Pooling: each s × s window that does not overlap another becomes its maximum or its mean.

out[i, j] = max or mean of map[i·s : (i+1)·s, j·s : (j+1)·s]     (⌊H/s⌋, ⌊W/s⌋)
"""

from __future__ import annotations

from typing import get_args

import numpy as np

from playground.core.checks import is_whole, real_array, shown
from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray, Pool2DSpec, PoolKind

POOL_KINDS: tuple[PoolKind, ...] = get_args(PoolKind)


def pooled_size(size: tuple[int, int], window: int) -> tuple[int, int]:
    """(⌊H/window⌋, ⌊W/window⌋); raises PlaygroundError where nothing would be left."""
    height, width = size[0] // window, size[1] // window
    if height < 1 or width < 1:
        raise PlaygroundError(
            f"Pooling over {window} × {window} needs a map of at least that size, "
            f"not {size[0]} × {size[1]}."
        )
    return height, width


def pool2d(values: FloatArray, pool: Pool2DSpec) -> FloatArray:
    """Pool the last two axes: (…, H, W) -> (…, ⌊H/s⌋, ⌊W/s⌋)."""
    if not isinstance(pool, Pool2DSpec):
        raise PlaygroundError(f"Pooling is told by a Pool2DSpec, not by {shown(pool)}.")
    values, size = real_array(values, "maps"), pool.size
    if not isinstance(pool.kind, str) or pool.kind not in POOL_KINDS or not is_whole(size, 1):
        raise PlaygroundError(
            f"Pooling is one of {', '.join(POOL_KINDS)} over at least 1 × 1, not "
            f"{shown(pool.kind)} over {shown(size)}."
        )
    if values.ndim < 2:
        raise PlaygroundError(f"Maps have a height and a width, not the shape {values.shape}.")
    height, width = pooled_size((values.shape[-2], values.shape[-1]), size)
    combine = np.maximum if pool.kind == "max" else np.add
    whole = values[..., : height * size, : width * size]
    out = whole[..., 0::size, 0::size].copy()
    for shift in range(1, size * size):
        combine(out, whole[..., shift // size :: size, shift % size :: size], out=out)
    if pool.kind == "average":
        out *= out.dtype.type(1.0 / (size * size))
    return out
