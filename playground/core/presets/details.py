"""Kernels that keep the picture and strengthen what is fine in it: Σ w = 1, or 0 for the outline.

Sharpening adds what a blur would take away:

    sharpen = identity − Laplacian            unsharp = identity + amount · (identity − Gaussian)
"""

from __future__ import annotations

import numpy as np

from playground.core.presets.derivatives import laplacian_4, laplacian_8
from playground.core.presets.smoothing import gaussian, identity
from playground.core.specs import FloatArray


def sharpen() -> FloatArray:
    """The picture minus its Laplacian.

    >>> sharpen()
    array([[ 0., -1.,  0.],
           [-1.,  5., -1.],
           [ 0., -1.,  0.]], dtype=float32)
    """
    return identity(3) - laplacian_4()


def unsharp(size: int = 5, sigma: float = 1.0, amount: float = 1.0) -> FloatArray:
    """The picture plus `amount` times what a Gaussian blur of σ pixels takes away, (size, size)."""
    original = identity(size).astype(np.float64)
    return (original + amount * (original - gaussian(size, sigma))).astype(np.float32)


def emboss() -> FloatArray:
    """The picture plus a slope towards the lower right: it looks lit from the side, Σ = 1."""
    return np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], dtype=np.float32)


def outline() -> FloatArray:
    """Eight times the centre minus all its neighbours: the 8-neighbour Laplacian, negated."""
    return 0 - laplacian_8()
