"""A decoded Pillow image as float values in [0, 1], whatever its mode.

With 8-bit values v = byte / 255, 16-bit v = word / 65535. Transparency is composited on white:
v = α · colour + (1 − α). Grey is Rec. 601 luma, 0.299 R + 0.587 G + 0.114 B, computed in float.
The work is done strip by strip, so that a large photo is never held twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.core.picture import Colour
from playground.files.lab import lab_to_rgb

FloatValues = NDArray[np.float32]
Converter = Callable[[Image.Image], FloatValues]

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_STRIP_PIXELS = 1 << 19
_SAMPLE_FORMAT = 339
_UNSIGNED = 1


class StripReader:
    """Reads horizontal strips of a loaded image as float32 (rows, width, 1 or 3) in [0, 1]."""

    def __init__(self, image: Image.Image, name: str) -> None:
        self._image = image
        self._name = name
        self._transparent = _has_transparency(image)
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
            return self._sixteen_bit
        if mode in ("I", "F"):
            return self._wide()
        if mode == "LAB":
            return lambda strip: lab_to_rgb(np.asarray(strip))
        if self._transparent:
            return _on_white
        if mode in ("1", "L"):
            return lambda strip: _unit(strip.convert("L"))[:, :, None]
        return lambda strip: _unit(strip.convert("RGB"))

    def _sixteen_bit(self, strip: Image.Image) -> FloatValues:
        words = np.asarray(strip)
        values: FloatValues = np.divide(words, 65535, dtype=np.float32)
        if self._transparent:
            values[words == self._image.info["transparency"]] = 1.0
        return values[:, :, None]

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

        def scaled(strip: Image.Image) -> FloatValues:
            values = (self._numbers(strip).astype(np.float64) - start) * scale
            return np.clip(values, 0.0, 1.0).astype(np.float32)[:, :, None]

        return scaled

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
        strips = (
            self._numbers(self._crop(top, min(top + step, height)))
            for top in range(0, height, step)
        )
        ends = np.array([(strip.min(), strip.max()) for strip in strips], np.float64)
        return float(ends[:, 0].min()), float(ends[:, 1].max())

    def _numbers(self, strip: Image.Image) -> NDArray[Any]:
        values = np.asarray(strip)
        if values.dtype == np.int32 and self._unsigned():
            # Pillow keeps unsigned 32-bit TIFF values in a signed mode.
            return values.view(np.uint32)
        return values

    def _unsigned(self) -> bool:
        tags = getattr(self._image, "tag_v2", {})
        return tags.get(258) == (32,) and tags.get(_SAMPLE_FORMAT, (1,)) == (_UNSIGNED,)


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
