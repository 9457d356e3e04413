"""How much of a picture is worked on at once: what all readers share."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.pictures.picture import Colour

FloatValues: TypeAlias = NDArray[np.float32]

_STRIP_PIXELS = 1 << 19


class Reader(Protocol):
    """What hands out an image strip by strip, as float32 values in [0, 1]."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as stored."""

    def rows_per_strip(self, multiple: int = 1) -> int:
        """Rows that keep a strip small, as a multiple of `multiple`."""

    def read(self, top: int, bottom: int, colour: Colour) -> FloatValues:
        """Rows top to bottom − 1: (rows, width, 1 or 3)."""


def rows_per_strip(width: int, multiple: int = 1) -> int:
    """Rows of `width` pixels that make a strip of about half a million, in whole multiples."""
    rows = max(1, _STRIP_PIXELS // width)
    return max(multiple, rows - rows % multiple)
