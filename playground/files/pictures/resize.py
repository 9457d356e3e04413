"""From a large decoded image to the working size, a strip at a time.

Reducing is antialiased: whole blocks of pixels are averaged while the difference is large, then
Lanczos's filter does the last factor of three (Pillow's "reducing gap", which it documents as
indistinguishable from filtering the whole). Memory is one strip and the small result.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PIL import Image

from playground.core.pictures.picture import CHANNELS, Colour
from playground.core.specs import FloatArray

REDUCING_GAP = 3
"""From 3 on, Pillow promises, the result looks as if the whole had been filtered."""
LANCZOS = Image.Resampling.LANCZOS

_STRIP_PIXELS = 1 << 19
"""6 MB of floats in colour: memory stays low, and each call still does much."""


class Reader(Protocol):
    """What hands out an image strip by strip, as float32 values in [0, 1]."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as stored."""

    def read(self, top: int, bottom: int, colour: Colour) -> FloatArray:
        """Rows top to bottom − 1 in the colour asked for: (rows, width, 1 or 3)."""


def rows_per_strip(width: int, multiple: int = 1) -> int:
    """Rows of `width` pixels that make a strip of about half a million, in whole multiples."""
    rows = max(1, _STRIP_PIXELS // width)
    return max(multiple, rows - rows % multiple)


def read_resized(
    reader: Reader, size: tuple[int, int], colour: Colour, orientation: int = 1
) -> FloatArray:
    """The whole image at `size` (width, height as stored), turned upright: (H, W, C) in [0, 1].

    `orientation` is EXIF's: 1 is upright, 2 to 8 are the other turns and mirrorings.
    """
    width, height = size
    shape = (width, height) if orientation >= 5 else (height, width)
    upright = np.empty((*shape, CHANNELS[colour]), np.float32)
    stored = as_stored(upright, orientation)
    if size == reader.size:
        _copy(reader, stored, colour)
    else:
        _shrink(reader, stored, colour)
    return upright


def as_stored(upright: FloatArray, orientation: int) -> FloatArray:
    """A view of an upright picture in which rows and columns run as they do in the file.

    Exif 2.3, tag 274: the sides of the stored picture that are the upright one's top and left.
    """
    view = upright.swapaxes(0, 1) if orientation >= 5 else upright
    if orientation in (3, 4, 6, 7):
        view = view[::-1]
    if orientation in (2, 3, 7, 8):
        view = view[:, ::-1]
    return view


def _copy(reader: Reader, out: FloatArray, colour: Colour) -> None:
    step = rows_per_strip(reader.size[0])
    for top in range(0, out.shape[0], step):
        bottom = min(top + step, out.shape[0])
        out[top:bottom] = reader.read(top, bottom, colour)


def _shrink(reader: Reader, out: FloatArray, colour: Colour) -> None:
    """Average blocks of fx × fy pixels, then Lanczos each channel to the size of `out`.

    Lanczos's filter is separable: rows are made narrow strip by strip, columns short at the end,
    so that nothing as wide as the image is ever kept.
    """
    height = reader.size[1]
    fy = max(1, height // (out.shape[0] * REDUCING_GAP))
    narrow = _narrowed(reader, out.shape[1], fy, colour)
    for channel in range(out.shape[2]):
        # The last block may be lower than the others: the box is the picture's true extent.
        box = (0.0, 0.0, float(out.shape[1]), height / fy)
        plane = Image.fromarray(narrow[channel]).resize(out.shape[1::-1], LANCZOS, box)
        np.clip(np.asarray(plane), 0.0, 1.0, out=out[:, :, channel])


def _narrowed(reader: Reader, columns: int, fy: int, colour: Colour) -> FloatArray:
    """All strips at their final width, and fy rows averaged to one: (C, ⌈H / fy⌉, columns)."""
    width, height = reader.size
    fx = max(1, width // (columns * REDUCING_GAP))
    narrow = np.empty((CHANNELS[colour], -(-height // fy), columns), np.float32)
    step = rows_per_strip(width, fy)
    for top in range(0, height, step):
        strip = reader.read(top, min(top + step, height), colour)
        for channel, plane in enumerate(np.moveaxis(strip, -1, 0)):
            image = Image.fromarray(np.ascontiguousarray(plane))
            reduced = image if fx == fy == 1 else image.reduce((fx, fy))
            box = (0.0, 0.0, width / fx, float(reduced.height))
            rows = reduced.resize((columns, reduced.height), LANCZOS, box)
            narrow[channel, top // fy : top // fy + reduced.height] = np.asarray(rows)
    return narrow
