"""Pooling: each s × s window that does not overlap another becomes its maximum or its mean.

out[i, j] = max or mean of map[i·s : (i+1)·s, j·s : (j+1)·s]     (⌊H/s⌋, ⌊W/s⌋)
"""

from __future__ import annotations

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray, Pool2DSpec


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
    size = pool.size
    height, width = pooled_size((values.shape[-2], values.shape[-1]), size)
    combine = np.maximum if pool.kind == "max" else np.add
    whole = values[..., : height * size, : width * size]
    out = whole[..., 0::size, 0::size].copy()
    for shift in range(1, size * size):
        combine(out, whole[..., shift // size :: size, shift % size :: size], out=out)
    if pool.kind == "average":
        out *= out.dtype.type(1.0 / (size * size))
    return out
