"""What a TIFF's tags say in words and numbers: its kind, and the range its values use."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from tifffile import TiffPage

_LIMITS = ((340, 341), (280, 281))
"""SMinSampleValue and SMaxSampleValue, MinSampleValue and MaxSampleValue."""
_FORMATS = {1: "", 2: "signed", 3: "float", 4: "", 5: "complex", 6: "complex"}
_COLOURS = {0: "grey", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr", 8: "Lab"}


def told_ends(page: TiffPage, values: NDArray[Any] | None = None) -> tuple[float, float] | None:
    """The range the file says its values are to be shown in, or None where it does not.

    ImageJ writes it as `min=` and `max=`; the tags Max- and MinSampleValue count where their range
    is less than the samples could have and, once these are known, none of the `values` is outside.
    """
    description = page.description
    if description.startswith("ImageJ="):
        found = {
            key: _number(value) for key, value in re.findall(r"^(min|max)=(.+)$", description, re.M)
        }
        return _ends(found.get("min"), found.get("max"))
    for low, high in _LIMITS:
        most = _one(page.tags.valueof(high))
        if most is not None and (
            page.sampleformat == 3
            or most < 2 ** (page.bitspersample - (page.sampleformat == 2)) - 1
        ):
            ends = _ends(_one(page.tags.valueof(low)) or 0.0, most)
            outside = (
                ends is not None
                and values is not None
                and (values.min() < ends[0] or values.max() > ends[1])
            )
            return None if outside else ends
    return None


def kind_of_tiff(page: TiffPage) -> str:
    """Its samples and their packing: "12-bit signed RGB, in planes, LZW-compressed"."""
    tell = getattr(page.compression, "name", f"method {int(page.compression)}")
    colour = _COLOURS.get(int(page.photometric), f"colour space {int(page.photometric)}")
    samples = _FORMATS.get(int(page.sampleformat), f"format {int(page.sampleformat)}")
    words = [f"{page.bitspersample}-bit {samples} {colour}".replace("  ", " ")]
    colours = page.samplesperpixel - len(page.extrasamples)
    if colours > 4 or (colour == "grey" and colours > 1):
        words.append(f"{colours} channels")
    if page.extrasamples:
        words.append("with transparency" if int(page.extrasamples[0]) else "with an extra channel")
    if int(page.fillorder) == 2:
        words.append("bits in reverse")
    if page.samplesperpixel > 1 and int(page.planarconfig) == 2:
        words.append("in planes")
    if int(page.predictor) == 3 or (int(page.predictor) == 2 and page.bitspersample < 8):
        words.append("a predictor for floats" if int(page.predictor) == 3 else "a predictor")
    if int(page.compression) != 1:
        words.append(f"compressed by {tell}")
    return ", ".join(words)


def _ends(low: float | None, high: float | None) -> tuple[float, float] | None:
    return (low, high) if low is not None and high is not None and low < high else None


def _one(value: Any) -> float | None:
    """One number from a tag that has one, or the same for every sample."""
    values = set(value) if isinstance(value, tuple) else {value}
    only = values.pop() if len(values) == 1 else None
    return float(only) if isinstance(only, int | float) and math.isfinite(only) else None


def _number(text: str) -> float | None:
    try:
        return _one(float(text))
    except ValueError:
        return None
