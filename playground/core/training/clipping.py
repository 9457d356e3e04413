"""Gradients kept within limits: each by its size, or all together by their length.

g ← max(−c, min(c, g)), then g ← g · min(1, n / (‖g‖ + 10⁻⁶)), as Keras's clipvalue and
global_clipnorm (Pascanu and others 2013).
"""

from __future__ import annotations

import math

import numpy as np

from playground.core.specs import FloatArray


def clipped(
    gradients: FloatArray,
    clipvalue: float | None,
    global_clipnorm: float | None,
    length: float | None,
    out: FloatArray,
) -> FloatArray:
    """`gradients` within both limits, in `out` where there are any; None is no limit.

    `length` is that of the whole gradient, where these are only a part of it.
    """
    kind = gradients.dtype.type
    if clipvalue is not None:
        limit = kind(clipvalue)
        gradients = np.clip(gradients, -limit, limit, out=out)
    if global_clipnorm is not None:
        length = length_of(gradients) if length is None else length
        factor = min(1.0, global_clipnorm / (length + 1e-6))
        gradients = np.multiply(gradients, kind(factor), out=out)
    return gradients


def length_of(vector: FloatArray) -> float:
    """√Σ v² of (n,), also where a square is more than float32 can hold."""
    square = float(np.dot(vector, vector))
    if math.isinf(square):
        return float(np.linalg.norm(vector.astype(np.float64)))
    return math.sqrt(square)
