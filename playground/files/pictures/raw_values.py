"""Pictures whose samples are not bytes: 10, 12, 14 or 16 bits, signed integers, floats.

Every such file becomes an array of the values as stored, and two *ends*, the values that are shown
as 0 and as 1:

    v = (value − start) / (end − start), clipped to [0, 1]

A picture in which 0 is white has its ends exchanged. Transparency is composited on white.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Colour, recoloured
from playground.core.specs import FloatArray
from playground.files.pictures.faults import damaged
from playground.files.pictures.limits import MAX_FILE_BYTES, check_bytes, check_pixels

Ends = tuple[float, float]
WORD_MAX = 65535
"""The largest value of 16 bits."""


@dataclass(frozen=True, eq=False)
class RawValues:
    """(H, W, 1 or 3) values of any real type and the `ends` that are shown as 0 and 1.

    `alpha` (H, W) is in [0, 1], already multiplied into the values where `associated`;
    `orientation` is EXIF's.
    """

    values: NDArray[Any]
    ends: Ends
    alpha: FloatArray | None = None
    associated: bool = False
    orientation: int = 1


@dataclass(frozen=True, eq=False)
class RawFile:
    """A file that is read as raw values: what its header says, and how to read the rest.

    `size` is (width, height), upright.
    """

    format: str
    size: tuple[int, int]
    read: Callable[[], RawValues]


class RawReader:
    """Reads strips of raw values as float32 (rows, width, 1 or 3) in [0, 1]."""

    def __init__(self, raw: RawValues, name: str) -> None:
        self._raw = raw
        low, high = extremes(raw.values)
        if not np.isfinite([low, high]).all():
            raise PlaygroundError(
                f"{name} has values that are not numbers (NaN or infinity), "
                "so it cannot be shown; replace them and save it again."
            )

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as stored."""
        return self._raw.values.shape[1], self._raw.values.shape[0]

    def read(self, top: int, bottom: int, colour: Colour) -> FloatArray:
        """Rows top to bottom − 1 in the colour asked for: (rows, width, 1 or 3)."""
        start, end = self._raw.ends
        # Halves, so that the distance of two floats is never too large for one.
        spread = end / 2 - start / 2
        values = self._raw.values[top:bottom].astype(np.float64)
        if spread == 0:
            values[...] = 0
        else:
            values = (values / 2 - start / 2) / spread
        alpha = self._raw.alpha
        if alpha is not None:
            cover = alpha[top:bottom, :, np.newaxis]
            values = (values if self._raw.associated else values * cover) + (1 - cover)
        return recoloured(np.clip(values, 0, 1).astype(np.float32), colour)


def extremes(values: NDArray[Any]) -> Ends:
    """The smallest and the largest value; NaN where one of them is."""
    return float(values.min()), float(values.max())


def natural_ends(values: NDArray[Any], bits: int | None = None) -> Ends:
    """What values of this type and size show as 0 and 1 where the file does not say it.

    Floats in [0, 1] stay as they are; others, and integers below 0, go from their minimum to their
    maximum. Other integers of `bits` up to 16 have the range of their type; wider ones the
    smallest of 8 bits, 16 bits and minimum to maximum that holds them.
    """
    low, high = extremes(values)
    if values.dtype.kind == "b":
        return 0.0, 1.0
    if values.dtype.kind == "f":
        return (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
    bits = bits or values.dtype.itemsize * 8
    if low < 0:
        return low, high
    if bits <= 16:
        return 0.0, float(full_scale(values.dtype.kind, bits))
    if high > WORD_MAX:
        return low, high
    return 0.0, float(WORD_MAX if high > 255 else 255)


def full_scale(kind: str, bits: int) -> int:
    """The largest value of signed ("i") and unsigned integers of that many bits; 1 for floats."""
    return 1 if kind == "f" else 2 ** (bits - (kind == "i")) - 1


def check_claim(name: str, size: tuple[int, int], value_bytes: int, channels: int = 1) -> int:
    """The bytes that a picture of (width, height) claims; raises PlaygroundError for too many."""
    check_pixels(name, size)
    claimed = size[0] * size[1] * channels * value_bytes
    # Twice as much as any file: compressed ones claim more than they hold.
    check_bytes(name, claimed, 2 * MAX_FILE_BYTES)
    return claimed


def check_rest(name: str, stream: BinaryIO, start: int, claimed: int) -> None:
    """Raise PlaygroundError when fewer bytes than `claimed` lie behind `start`."""
    if stream.seek(0, os.SEEK_END) - start < claimed:
        raise PlaygroundError(damaged(name))


def samples_at(stream: BinaryIO, start: int, shape: tuple[int, ...], kind: str) -> NDArray[Any]:
    """Samples of NumPy's type `kind` that lie uncompressed from byte `start` on, in this shape."""
    stream.seek(start)
    count = math.prod(shape) * np.dtype(kind).itemsize
    return np.frombuffer(stream.read(count), kind).reshape(shape)
