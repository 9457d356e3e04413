"""Kernels with a direction: motion blur, single lines and Gabor waves.

All angles are in degrees, counted anticlockwise from the right as in mathematics lessons, and
give the direction *along* the line, the motion or the stripes: 0° lies flat, 90° stands upright,
45° rises to the right (↗).

A line is drawn pixel by pixel along its longer axis; where it passes between two cells they
share it in proportion. Each of its n pixels weighs 1:

    motion blur = line / n                    (Σ w = 1)
    line finder = n · line − 1                (Σ w = 0;  2 on the line and −1 beside it for n = 3)

A Gabor kernel is a wave under a bell; u is the distance across the stripes:

    w = G(σ) · (cos(2π u / λ) − c),  σ = 0.56 λ,  c such that Σ w = 0

(J. Daugman 1985; σ = 0.56 λ is a bandwidth of one octave, as in the cells of the visual cortex.)
"""

from __future__ import annotations

import numpy as np

from playground.core.presets.smoothing import coordinates, gaussian
from playground.core.specs import FloatArray

ONE_OCTAVE = 0.56


def line(size: int, angle: float) -> FloatArray:
    """A line of `size` pixels through the middle, (size, size) for odd sizes, Σ = size.

    >>> line(3, 45)
    array([[0., 0., 1.],
           [0., 1., 0.],
           [1., 0., 0.]])
    """
    along_x, along_y = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    upright = abs(along_y) > abs(along_x)
    slope = along_x / along_y if upright else along_y / along_x
    middle = size // 2
    places = np.arange(-middle, middle + 1)
    # Rounded because cos(90°) is 6e-17 in floating point and should leave no ghost of a weight.
    offset = np.round(places * slope, 9)
    cell = np.floor(offset).astype(int)
    share = offset - cell

    kernel = np.zeros((size, size + 1))
    kernel[middle + places, middle + cell] = 1 - share
    kernel[middle + places, middle + cell + 1] += share
    drawn = kernel[:, :size]
    # `drawn` has one row per pixel and rightwards or upwards offsets; screen rows count downwards.
    return drawn[::-1] if upright else drawn.T[::-1]


def motion_blur(size: int = 5, angle: float = 0.0) -> FloatArray:
    """The mean along a line, as if the camera had moved by `size` pixels; (size, size)."""
    return (line(size, angle) / size).astype(np.float32)


def line_finder(size: int = 3, angle: float = 0.0) -> FloatArray:
    """Bright lines of one pixel's width in the given direction, (size, size), Σ = 0.

    >>> line_finder(3, 0)
    array([[-1., -1., -1.],
           [ 2.,  2.,  2.],
           [-1., -1., -1.]], dtype=float32)
    """
    return (size * line(size, angle) - 1).astype(np.float32)


def gabor(size: int = 7, angle: float = 90.0, wavelength: float = 4.0) -> FloatArray:
    """Stripes `wavelength` pixels apart along `angle`, (size, size), Σ = 0, max |w| = 1."""
    y, x = coordinates(size)
    across = x * np.sin(np.radians(angle)) + y * np.cos(np.radians(angle))
    bell = gaussian(size, ONE_OCTAVE * wavelength)
    wave = np.cos(2 * np.pi * across / wavelength)
    kernel: FloatArray = bell * (wave - (bell * wave).sum())
    kernel /= np.abs(kernel).max()
    return kernel.astype(np.float32)
