"""A few weights as a little image in the diverging colours, a pixel for each."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.core.pictures.rendering import quantize
from playground.core.specs import FloatArray
from playground.views.theme.theme import Theme, value_table


def draw_pattern(
    painter: QPainter, square: QRectF, pattern: FloatArray, level: float, theme: Theme
) -> QRectF:
    """Draw `pattern` (rows, columns) in the middle of `square`; the box it fills."""
    rows, columns = pattern.shape
    # Looking the colours up here is several times faster than handing Qt a table of them.
    colours = _colours(theme)[quantize(pattern, level)]
    image = QImage(colours.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    side = min(square.width(), square.height()) / max(rows, columns)
    box = QRectF(0, 0, side * columns, side * rows)
    box.moveCenter(square.center())
    painter.drawImage(box, image)
    return box


@cache
def _colours(theme: Theme) -> NDArray[np.uint32]:
    """The diverging map (255,) as 0xffRRGGBB."""
    red, green, blue = value_table(theme).astype(np.uint32).T
    return np.uint32(0xFF000000) | red << 16 | green << 8 | blue
