"""Kernels that average a neighbourhood: the weights are ≥ 0 and Σ w = 1.

A flat area keeps its brightness under such a kernel; everything finer than the kernel is blurred:

    box       w(y, x) = 1 / n²
    Gaussian  w(y, x) ∝ exp(−(x² + y²) / 2σ²)

The coordinates count from the kernel's middle, which lies between two pixels when n is even.
"""

from __future__ import annotations

import numpy as np

from playground.core.specs import FloatArray


def coordinates(size: int) -> tuple[FloatArray, FloatArray]:
    """(y, x) of every cell from the kernel's middle, in pixels, y downwards; (n, 1) and (1, n).

    >>> y, x = coordinates(3)
    >>> x
    array([[-1.,  0.,  1.]])
    """
    places = np.arange(size, dtype=np.float64) - (size - 1) / 2
    return places[:, None], places[None, :]


def identity(size: int = 3) -> FloatArray:
    """A single 1 in the middle, (size, size): the map is the input itself.

    >>> identity(3)
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]], dtype=float32)
    """
    kernel = np.zeros((size, size), dtype=np.float32)
    kernel[size // 2, size // 2] = 1
    return kernel


def box_blur(size: int = 3) -> FloatArray:
    """The plain mean of size × size pixels."""
    return np.full((size, size), 1 / size**2, dtype=np.float32)


def gaussian(size: int, sigma: float) -> FloatArray:
    """The sampled Gaussian bell in float64, scaled to Σ = 1; σ > 0 in pixels."""
    y, x = coordinates(size)
    # Measured from the highest sample, so that even a very narrow bell keeps its peak.
    squares = x**2 + y**2
    bell = np.exp(-(squares - squares.min()) / (2 * sigma**2))
    return np.asarray(bell / bell.sum())


def gaussian_blur(size: int = 3, sigma: float = 0.85) -> FloatArray:
    """A mean in which near pixels count more, (size, size); σ in pixels.

    The default, σ = 0.85, is the well-known 1/16 · [[1, 2, 1], [2, 4, 2], [1, 2, 1]] but for
    the fourth digit.

    >>> gaussian_blur(3, 0.85).round(3)
    array([[0.063, 0.125, 0.063],
           [0.125, 0.25 , 0.125],
           [0.063, 0.125, 0.063]], dtype=float32)
    """
    return gaussian(size, sigma).astype(np.float32)
