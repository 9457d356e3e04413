"""A decoded Pillow image as float values in [0, 1], whatever its mode.

With 8-bit values v = byte / 255; 16-bit colours, which Pillow gives as high and low bytes, are put
together; other deep ones are raw values (raw_values.py). Transparency is composited on white:
v = α · colour + (1 − α). The work is done strip by strip, so that no large photo is held twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from playground.core.pictures.picture import Colour, recoloured
from playground.core.specs import FloatArray
from playground.files.pictures.pillow_facts import PLAIN, Facts
from playground.files.pictures.raw_values import (
    WORD_MAX,
    RawReader,
    RawValues,
    extremes,
    natural_ends,
)
from playground.files.pictures.resize import Reader, rows_per_strip

Converter = Callable[[Image.Image], FloatArray]

_WHITE_D50 = np.array([0.9642, 1.0, 0.8249], np.float32)
_XYZ_D50_TO_RGB = np.array(
    [
        [3.1338561, -1.6168667, -0.4906146],
        [-0.9787684, 1.9161415, 0.0334540],
        [0.0719453, -0.2289914, 1.4052427],
    ],
    np.float32,
)
"""Bradford-adapted, from Bruce Lindbloom's table of RGB/XYZ matrices."""


def pillow_reader(image: Image.Image, name: str, facts: Facts = PLAIN) -> Reader:
    """What reads a loaded image strip by strip; `facts` are those of its file.

    Raises PlaygroundError when it has values that are not numbers.
    """
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return RawReader(_raw(image, facts), name)
    if facts.low is not None:
        facts.low.load()
        return WordReader(image, facts.low, facts)
    return StripReader(image, facts)


class StripReader:
    """Reads horizontal strips of a loaded image as float32 (rows, width, 1 or 3) in [0, 1]."""

    def __init__(self, image: Image.Image, facts: Facts = PLAIN) -> None:
        self._image = image
        # It does not refer to this reader: a cycle of references would keep the pixels for long.
        self._convert = _converter(image, facts)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the image as stored."""
        return self._image.size

    def read(self, top: int, bottom: int, colour: Colour) -> FloatArray:
        """Rows top to bottom − 1 in the colour asked for: (rows, width, 1 or 3)."""
        strip = self._image.crop((0, top, self._image.width, bottom))
        return recoloured(self._convert(strip), colour)


class WordReader(StripReader):
    """Reads strips of 16-bit colours (PNG), of which Pillow has unpacked the bytes apart."""

    def __init__(self, image: Image.Image, low: Image.Image, facts: Facts) -> None:
        super().__init__(image, facts)
        self._low, self._grey = low, facts.grey
        self._mark = image.info.get("transparency")
        used = 0
        if facts.significant:
            for top in range(0, image.height, step := rows_per_strip(image.width)):
                words = self._words(top, min(top + step, image.height))[..., :-1]
                used |= int(np.bitwise_or.reduce(words, axis=None))
        self._most = (facts.told_ends(used) or (0.0, WORD_MAX))[1]

    def read(self, top: int, bottom: int, colour: Colour) -> FloatArray:
        """Rows top to bottom − 1 in the colour asked for: (rows, width, 1 or 3)."""
        words = self._words(top, bottom)
        alpha = words[..., -1:] / np.float32(WORD_MAX)
        values = words[..., :-1] / np.float32(self._most) * alpha + (1 - alpha)
        return recoloured(values, colour)

    def _words(self, top: int, bottom: int) -> NDArray[Any]:
        """(rows, width, 2 or 4) samples; the last of each pixel is its opacity."""
        box = (0, top, self._image.width, bottom)
        high, low = (np.asarray(one.crop(box), np.uint16) for one in (self._image, self._low))
        if self._grey:
            return low[..., ::2] << 8 | low[..., 1::2]
        words = high << 8 | low
        if words.shape[-1] == 4:
            return words
        seen = np.full_like(words[..., :1], WORD_MAX)
        if isinstance(self._mark, tuple):
            seen[(words == self._mark).all(axis=-1)] = 0
        return np.concatenate([words, seen], axis=-1)


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
        used = int(np.bitwise_or.reduce(values, axis=None))
        ends = facts.told_ends(used) or (0.0, WORD_MAX)
    mark = image.info.get("transparency")
    alpha = None if mark is None else (values != mark).astype(np.float32)
    return RawValues(values[..., np.newaxis], ends, alpha)


def _on_white(strip: Image.Image, inverted: bool) -> FloatArray:
    rgba = _unit(_straight(strip).convert("RGBA"))
    alpha = 1 - rgba[:, :, 3:] if inverted else rgba[:, :, 3:]
    return rgba[:, :, :3] * alpha + (1 - alpha)


def _straight(strip: Image.Image) -> Image.Image:
    """A strip that Pillow can turn into RGBA at once."""
    if strip.mode == "La":
        return strip.convert("LA")
    return strip


def _unit(image: Image.Image) -> FloatArray:
    values: FloatArray = np.divide(np.asarray(image), 255, dtype=np.float32)
    return values


def lab_to_rgb(lab: NDArray[Any]) -> FloatArray:
    """(h, w, 3) bytes, L in 0…255 and a, b as two's complement, to float32 sRGB in [0, 1].

    L*a*b* is that of TIFF and ICC files (D50). By CIE 15 and IEC 61966-2-1,

        f_y = (L + 16) / 116,  f_x = f_y + a / 500,  f_z = f_y − b / 200
        t = f³, or (f − 16/116) / 7.787 where f ≤ 6/29

    and XYZ = t · white; a 3 × 3 matrix leads to linear RGB, and sRGB's curve to what is stored.
    """
    lightness = lab[:, :, 0].astype(np.float32) * np.float32(100 / 255)
    a, b = (lab[:, :, channel].view(np.int8).astype(np.float32) for channel in (1, 2))
    fy = (lightness + 16) / 116
    f = np.stack([fy + a / 500, fy, fy - b / 200], axis=-1)
    ratio = np.where(f > 6 / 29, f**3, (f - np.float32(16 / 116)) / np.float32(7.787))
    linear = np.clip((ratio * _WHITE_D50) @ _XYZ_D50_TO_RGB.T, 0, 1)
    curve = 1.055 * linear ** np.float32(1 / 2.4) - 0.055
    rgb: FloatArray = np.where(linear <= 0.0031308, 12.92 * linear, curve)
    return rgb.astype(np.float32, copy=False)
