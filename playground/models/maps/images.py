"""Numbers of maps and pictures as images that Qt draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from playground.core.convolve.edges import padded_window
from playground.core.pictures.picture import Picture
from playground.core.pictures.rendering import quantize
from playground.core.specs import EdgeMode, FloatArray


def rgb_image(rgb: NDArray[np.uint8]) -> QImage:
    """The image of `rgb` (H, W, 3)."""
    height, width, _ = rgb.shape
    data = np.ascontiguousarray(rgb).data
    # A copy, because a QImage does not keep the array alive.
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def value_image(values: FloatArray, level: float, colours: NDArray[np.uint32]) -> QImage:
    """The image of `values` (H, W): −level is the first of `colours` (0xffRRGGBB), +level the last.

    Looking the colours up here is several times faster than handing Qt a table of them.
    """
    pixels = colours[quantize(values, level)]
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def filled_window(
    picture: Picture, rows: tuple[int, int], columns: tuple[int, int], edge: EdgeMode
) -> tuple[FloatArray, QImage]:
    """The picture over rows × columns, outside ones filled: values (C, h, w), and their image."""
    values = padded_window(picture.pixels, rows, columns, edge)
    rgb = np.broadcast_to(values, (3, *values.shape[1:]))
    return values, rgb_image((rgb * 255 + 0.5).astype(np.uint8).transpose(1, 2, 0))
