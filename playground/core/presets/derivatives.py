"""Kernels that subtract neighbours: derivatives (Σ w = 0), and the sharpening made of them.

First derivatives (Sobel, Prewitt, Scharr) are a difference along one direction times a mean
across it, so they are products of two vectors:

    Sobel x = [1, 2, 1]ᵀ · [−1, 0, 1]

Kernels are written in the orientation in which they lie on the image (cross-correlation):
x derivatives are positive where the picture brightens to the right, y derivatives where it
brightens downwards. Second derivatives answer to the bend of the brightness instead:

    4 neighbours   Σ (neighbour − centre)       LoG   ∇²G = (r² − 2σ²) / σ⁴ · G
                                                DoG   G(σ₁) − G(σ₂)

Sources: I. Sobel and G. Feldman 1968; J. Prewitt 1970; H. Scharr 2000; L. Roberts 1963;
D. Marr and E. Hildreth 1980 (LoG and DoG).

Sharpening keeps the picture, Σ w = 1, and adds what a blur would take away; the outline, Σ w = 0,
keeps that alone:

    sharpen = identity − Laplacian            unsharp = identity + amount · (identity − Gaussian)
"""

from __future__ import annotations

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.presets.smoothing import coordinates, gaussian, identity
from playground.core.specs import FloatArray

DIFFERENCE = (-1, 0, 1)


def _product(column: tuple[int, ...], row: tuple[int, ...]) -> FloatArray:
    return np.outer(np.array(column), np.array(row)).astype(np.float32)


def sobel_x() -> FloatArray:
    """Brightening to the right, smoothed by [1, 2, 1].

    >>> sobel_x()
    array([[-1.,  0.,  1.],
           [-2.,  0.,  2.],
           [-1.,  0.,  1.]], dtype=float32)
    """
    return _product((1, 2, 1), DIFFERENCE)


def sobel_y() -> FloatArray:
    """Brightening downwards, smoothed by [1, 2, 1]."""
    return _product(DIFFERENCE, (1, 2, 1))


def prewitt_x() -> FloatArray:
    """Brightening to the right, smoothed by the plain mean."""
    return _product((1, 1, 1), DIFFERENCE)


def prewitt_y() -> FloatArray:
    """Brightening downwards, smoothed by the plain mean."""
    return _product(DIFFERENCE, (1, 1, 1))


def scharr_x() -> FloatArray:
    """Brightening to the right, smoothed by [3, 10, 3]: nearly equal for every edge's angle."""
    return _product((3, 10, 3), DIFFERENCE)


def scharr_y() -> FloatArray:
    """Brightening downwards, smoothed by [3, 10, 3]."""
    return _product(DIFFERENCE, (3, 10, 3))


def roberts_down() -> FloatArray:
    """A pixel minus its neighbour to the lower right (↘), 2 × 2."""
    return np.array([[1, 0], [0, -1]], dtype=np.float32)


def roberts_up() -> FloatArray:
    """The upper right pixel minus the lower left one (↗), 2 × 2."""
    return np.array([[0, 1], [-1, 0]], dtype=np.float32)


def diagonal_down() -> FloatArray:
    """Sobel's kernel turned by 45°: darkening towards the lower right (↘)."""
    return np.array([[2, 1, 0], [1, 0, -1], [0, -1, -2]], dtype=np.float32)


def diagonal_up() -> FloatArray:
    """Sobel's kernel turned by 45°: brightening towards the upper right (↗)."""
    return np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]], dtype=np.float32)


def laplacian_4() -> FloatArray:
    """The four straight neighbours minus four times the centre."""
    return np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=np.float32)


def laplacian_8() -> FloatArray:
    """All eight neighbours minus eight times the centre."""
    return np.array([[1, 1, 1], [1, -8, 1], [1, 1, 1]], dtype=np.float32)


def laplacian_of_gaussian(size: int = 7, sigma: float = 1.0) -> FloatArray:
    """∇²G, the Laplacian of an image blurred by σ pixels, (size, size).

    Negative in the middle, as the Laplacian is. Cutting the bell off at the kernel's border
    leaves a small Σ, which is taken off every weight so that a flat area gives 0.
    """
    y, x = coordinates(size)
    kernel = (x**2 + y**2 - 2 * sigma**2) / sigma**4 * gaussian(size, sigma)
    centred: FloatArray = kernel - kernel.mean()
    return centred.astype(np.float32)


def difference_of_gaussians(
    size: int = 7, inner_sigma: float = 1.0, outer_sigma: float = 1.6
) -> FloatArray:
    """G(inner σ) − G(outer σ), (size, size): positive on bright spots of about the inner σ.

    With outer ≈ 1.6 × inner it comes nearest to −LoG (Marr and Hildreth 1980). Two equal widths
    would cancel out: PlaygroundError.
    """
    if inner_sigma == outer_sigma:
        raise PlaygroundError(
            "The two Gaussians have the same width, so their difference is zero everywhere: "
            "choose two different σ."
        )
    return (gaussian(size, inner_sigma) - gaussian(size, outer_sigma)).astype(np.float32)


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
