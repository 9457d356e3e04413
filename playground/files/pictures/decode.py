"""A decoded Pillow image as float values in [0, 1], whatever its mode.

With 8-bit values v = byte / 255; wider ones are raw values (raw_values.py). Transparency is
composited on white: v = α · colour + (1 − α). The work is done strip by strip, so that a large
photo is never held twice.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from playground.core.pictures.picture import Colour, recoloured
from playground.files.pictures.lab_colours import lab_to_rgb
from playground.files.pictures.pillow_facts import PLAIN, Facts
from playground.files.pictures.raw_values import (
    WORD_MAX,
    RawReader,
    RawValues,
    extremes,
    natural_ends,
)
from playground.files.pictures.strips import FloatValues, Reader, rows_per_strip

Converter = Callable[[Image.Image], FloatValues]


def pillow_reader(image: Image.Image, name: str, facts: Facts = PLAIN) -> Reader:
    """What reads a loaded image strip by strip; `facts` are those of its file.

    Raises PlaygroundError when it has values that are not numbers.
    """
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return RawReader(_raw(image, facts), name)
    return StripReader(image, facts)


class StripReader:
    """Reads horizontal strips of a loaded image as float32 (rows, width, 1 or 3) in [0, 1]."""

    def __init__(self, image: Image.Image, facts: Facts = PLAIN) -> None:
        self._image = image
        # It knows nothing of this reader: a cycle of references would keep the pixels for long.
        self._convert = _converter(image, facts)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the image as stored."""
        return self._image.size

    def rows_per_strip(self, multiple: int = 1) -> int:
        """Rows that keep a strip small, as a multiple of `multiple`."""
        return rows_per_strip(self._image.width, multiple)

    def read(self, top: int, bottom: int, colour: Colour) -> FloatValues:
        """Rows top to bottom − 1 in the colour asked for: (rows, width, 1 or 3)."""
        strip = self._image.crop((0, top, self._image.width, bottom))
        return recoloured(self._convert(strip), colour)


def _converter(image: Image.Image, facts: Facts) -> Converter:
    if image.mode == "LAB":
        return lambda strip: lab_to_rgb(np.asarray(strip))
    if image.has_transparency_data and facts.alpha != "none":
        inverted = facts.alpha == "inverted"
        return lambda strip: _on_white(strip, inverted)
    if image.mode in ("1", "L", "LA"):
        return lambda strip: _unit(strip.convert("L"))[:, :, None]
    return lambda strip: _unit(strip.convert("RGB"))


def _raw(image: Image.Image, facts: Facts) -> RawValues:
    values = np.asarray(image)
    ends = natural_ends(values)
    if values.dtype.kind in "iu" and image.format in ("PNG", "PPM") and extremes(values)[0] >= 0:
        # Pillow has brought these to 16 bits, whatever they had.
        ends = facts.told_ends(values) or (0.0, WORD_MAX)
    mark = image.info.get("transparency")
    alpha = None if mark is None else (values != mark).astype(np.float32)
    return RawValues(values[..., np.newaxis], ends, alpha)


def _on_white(strip: Image.Image, inverted: bool) -> FloatValues:
    rgba = _unit(_straight(strip).convert("RGBA"))
    alpha = 1 - rgba[:, :, 3:] if inverted else rgba[:, :, 3:]
    return rgba[:, :, :3] * alpha + (1 - alpha)


def _straight(strip: Image.Image) -> Image.Image:
    """A strip that Pillow can turn into RGBA in one step."""
    if strip.mode == "La":
        return strip.convert("LA")
    mark = strip.info.get("transparency")
    if strip.mode == "RGB" and isinstance(mark, tuple) and max(mark) > 255:
        # A 16-bit colour whose pixels Pillow has reduced to 8 bits.
        strip.info["transparency"] = tuple(value >> 8 for value in mark)
    return strip


def _unit(image: Image.Image) -> FloatValues:
    values: FloatValues = np.divide(np.asarray(image), 255, dtype=np.float32)
    return values
