"""How much of a picture is worked on at once, and its colours: what all readers share.

Grey is Rec. 601 luma, 0.299 R + 0.587 G + 0.114 B, computed in float.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.picture import Colour

FloatValues: TypeAlias = NDArray[np.float32]

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
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


def recoloured(values: NDArray[Any], colour: Colour) -> FloatValues:
    """(…, 1 or 3) as (…, 1) for grey or (…, 3) for RGB; luma is Rec. 601's."""
    channels = values.shape[-1]
    if colour == "rgb":
        return np.repeat(values, 3, axis=-1) if channels == 1 else values
    return values if channels == 1 else (values @ LUMA)[..., None]
