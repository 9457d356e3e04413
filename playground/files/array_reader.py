"""Values already in memory, read through the same door as a decoded file."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.picture import Colour, recoloured
from playground.core.specs import FloatArray
from playground.files.decode import FloatValues, rows_per_strip


class Reader(Protocol):
    """What hands out an image strip by strip, as float32 values in [0, 1]."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as stored."""

    def rows_per_strip(self, multiple: int = 1) -> int:
        """Rows that keep a strip small, as a multiple of `multiple`."""

    def read(self, top: int, bottom: int, colour: Colour) -> FloatValues:
        """Rows top to bottom − 1: (rows, width, 1 or 3)."""


class ArrayReader:
    """Reads strips of values (H, W, 1 or 3); what lies outside [0, 1] is clipped."""

    def __init__(self, values: FloatArray, name: str) -> None:
        if not np.isfinite(values).all():
            raise PlaygroundError(f"{name} has values that are not numbers (NaN or infinity).")
        self._values = np.clip(values, 0.0, 1.0).astype(np.float32, copy=False)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self._values.shape[1], self._values.shape[0]

    def rows_per_strip(self, multiple: int = 1) -> int:
        """Rows that keep a strip small, as a multiple of `multiple`."""
        return rows_per_strip(self.size[0], multiple)

    def read(self, top: int, bottom: int, colour: Colour) -> FloatValues:
        """Rows top to bottom − 1: (rows, width, 1 or 3)."""
        return recoloured(self._values[top:bottom], colour)
