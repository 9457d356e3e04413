"""From any picture to an example: the one way for training, for guessing, and for drawings.

The square in the middle, resized to the examples' side; grey is Rec. 601 luma. Where the examples
were made white on black, ink on paper, told by a bright border, is turned round: v → 1 − v.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Colour
from playground.core.specs import FloatArray
from playground.files.pictures.images import load_square
from playground.files.pictures.sources import Source

_BRIGHT = 0.5
"""Half of full brightness: a border above it is paper, one below it a dark ground."""


class Example(NamedTuple):
    """A picture as the network gets it: pixels (side, side, C) in [0, 1]."""

    pixels: FloatArray
    inverted: bool
    """Whether black and white were exchanged."""


def load_example(
    source: Source, shape: tuple[int, ...], *, white_on_black: bool = False
) -> Example:
    """The picture as an example of `shape` (side, side, 1 or 3); an example stays as it is.

    `white_on_black` says whether the other examples are. Raises PlaygroundError for whatever
    cannot be opened.
    """
    height, width, channels = shape
    if height != width:
        raise PlaygroundError(f"Examples are square, not {width} × {height} pixels.")
    colour: Colour = "rgb" if channels == 3 else "grey"
    pixels = load_square(source, height, colour)
    inverted = white_on_black and _border(pixels) > _BRIGHT
    return Example(1 - pixels if inverted else pixels, inverted)


def _border(pixels: FloatArray) -> float:
    """The mean brightness of the outermost pixels."""
    outside = np.ones(pixels.shape[:2], bool)
    outside[1:-1, 1:-1] = False
    return float(pixels[outside].mean(dtype=np.float64))
