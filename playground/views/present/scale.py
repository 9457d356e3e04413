"""How large everything is on a projector: in shares of the screen, so that every screen agrees."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from playground.views.widgets.cell_text import DigitSizes

_ACROSS, _DOWN = 64, 36
"""Ordinary characters' sizes in the screen's width and height: 20 pixels of 1280 × 720."""

_SMALLEST = 20.0
"""Pixels of ordinary text on a screen of any size."""

_WEIGHT = 1.4
"""Digits of a weight, in sizes of ordinary text, at least."""

_WEIGHT_SHARE = 0.66
"""Of a cell's height for its digits: more than in a small cell, which a frame surrounds."""


def text_points(size: QSize, dots_per_inch: int) -> float:
    """Points of ordinary text in a window of this size in pixels."""
    pixels = max(_SMALLEST, min(size.width() / _ACROSS, size.height() / _DOWN))
    return int(pixels) * 72 / dots_per_inch


def weight_sizes(widget: QWidget) -> DigitSizes:
    """How large the weights are, beside the text of `widget`."""
    return DigitSizes(_WEIGHT * widget.font().pointSizeF(), _WEIGHT_SHARE, plain=True)


def em(widget: QWidget, sizes: float) -> int:
    """So many times the height of ordinary text, in pixels."""
    return round(sizes * widget.font().pointSizeF() * widget.logicalDpiY() / 72)
