"""A decoded Pillow image as float values in [0, 1], whatever its mode.

With 8-bit values v = byte / 255, 16-bit v = word / 65535. Transparency is composited on white:
v = α · colour + (1 − α). Grey is Rec. 601 luma, 0.299 R + 0.587 G + 0.114 B, computed in float.
The work is done strip by strip, so that a large photo is never held twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.core.picture import Colour, recoloured
from playground.files.lab import lab_to_rgb

FloatValues = NDArray[np.float32]
Converter = Callable[[Image.Image], FloatValues]

_STRIP_PIXELS = 1 << 19
_SAMPLE_FORMAT = 339
_UNSIGNED = 1


class StripReader:
    """Reads horizontal strips of a loaded image as float32 (rows, width, 1 or 3) in [0, 1]."""

    def __init__(self, image: Image.Image, name: str) -> None:
        self._image = image
        self._name = name
        # It knows nothing of this reader: a cycle of references would keep the pixels for long.
        self._convert = self._converter()

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the image as stored."""
        return self._image.size

    def rows_per_strip(self, multiple: int = 1) -> int:
        """Rows that keep a strip small, as a multiple of `multiple`."""
        return rows_per_strip(self._image.width, multiple)

    def read(self, top: int, bottom: int, colour: Colour) -> FloatValues:
        """Rows top to bottom − 1 in the colour asked for: (rows, width, 1 or 3)."""
        return recoloured(self._convert(self._crop(top, bottom)), colour)

    def _crop(self, top: int, bottom: int) -> Image.Image:
        return self._image.crop((0, top, self._image.width, bottom))

    def _converter(self) -> Converter:
        mode = self._image.mode
        if mode.startswith("I;16"):
            mark = self._image.info.get("transparency")
            return partial(_sixteen_bit, transparent=mark)
        if mode in ("I", "F"):
            return self._wide()
        if mode == "LAB":
            return lambda strip: lab_to_rgb(np.asarray(strip))
        if _has_transparency(self._image):
            return _on_white
        if mode in ("1", "L"):
            return lambda strip: _unit(strip.convert("L"))[:, :, None]
        return lambda strip: _unit(strip.convert("RGB"))

    def _wide(self) -> Converter:
        """32-bit integers and floats, scaled by the extremes of the whole image."""
        low, high = self._extremes()
        if not np.isfinite([low, high]).all():
            raise PlaygroundError(
                f"{self._name} has values that are not numbers (NaN or infinity), "
                "so it cannot be shown; replace them and save it again."
            )
        start, end = self._value_range(low, high)
        scale = 1.0 / (end - start) if end > start else 0.0
        return partial(_scaled, unsigned=self._unsigned(), start=start, scale=scale)

    def _value_range(self, low: float, high: float) -> tuple[float, float]:
        """The values that become 0 and 1."""
        if self._image.mode == "F":
            return (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
        if low < 0 or high > 65535:
            return low, high
        if high > 255 or self._image.format in ("PNG", "PPM"):
            return 0.0, 65535.0
        return 0.0, 255.0

    def _extremes(self) -> tuple[float, float]:
        height, step = self._image.height, self.rows_per_strip()
        unsigned = self._unsigned()
        strips = (
            _numbers(self._crop(top, min(top + step, height)), unsigned)
            for top in range(0, height, step)
        )
        ends = np.array([(strip.min(), strip.max()) for strip in strips], np.float64)
        return float(ends[:, 0].min()), float(ends[:, 1].max())

    def _unsigned(self) -> bool:
        """Whether a TIFF's 32-bit values are unsigned; Pillow keeps them in a signed mode."""
        tags = getattr(self._image, "tag_v2", {})
        return tags.get(258) == (32,) and tags.get(_SAMPLE_FORMAT, (1,)) == (_UNSIGNED,)


def rows_per_strip(width: int, multiple: int = 1) -> int:
    """Rows of `width` pixels that make a strip of about half a million, in whole multiples."""
    rows = max(1, _STRIP_PIXELS // width)
    return max(multiple, rows - rows % multiple)


def _sixteen_bit(strip: Image.Image, transparent: object) -> FloatValues:
    words = np.asarray(strip)
    values: FloatValues = np.divide(words, 65535, dtype=np.float32)
    if transparent is not None:
        values[words == transparent] = 1.0
    return values[:, :, None]


def _numbers(strip: Image.Image, unsigned: bool) -> NDArray[Any]:
    values = np.asarray(strip)
    return values.view(np.uint32) if unsigned and values.dtype == np.int32 else values


def _scaled(strip: Image.Image, unsigned: bool, start: float, scale: float) -> FloatValues:
    values = (_numbers(strip, unsigned).astype(np.float64) - start) * scale
    return np.clip(values, 0.0, 1.0).astype(np.float32)[:, :, None]


def _has_transparency(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info


def _on_white(strip: Image.Image) -> FloatValues:
    rgba = _unit(_straight(strip).convert("RGBA"))
    alpha = rgba[:, :, 3:]
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
