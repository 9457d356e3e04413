"""What tifffile leaves to us: samples of 10, 12 or 14 bits, and what a TIFF's tags mean.

TIFF 6.0, section 3: the highest bit of a sample comes first, and every row begins at a byte. Where
FillOrder is 2, the bits of every byte are in reverse.
"""

from __future__ import annotations

import math
import os
import re
import zlib
from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.files.pictures.faults import damaged

if TYPE_CHECKING:
    from tifffile import TiffPage

UNCOMPRESSED = 1
DEFLATE = (8, 32946)

_LIMITS = ((340, 341), (280, 281))
"""SMinSampleValue and SMaxSampleValue, MinSampleValue and MaxSampleValue."""
_FORMATS = {1: "", 2: "signed", 3: "float", 4: "", 5: "complex", 6: "complex"}
_COLOURS = {0: "grey", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr", 8: "Lab"}


def check_segments(stream: BinaryIO, name: str, page: TiffPage) -> None:
    """Raise PlaygroundError when a strip or tile is missing, cut short, or unpacks to too much."""
    end = stream.seek(0, os.SEEK_END)
    segments = list(zip(page.dataoffsets, page.databytecounts, strict=False))
    whole = len(segments) >= prod(page.chunked)
    whole = whole and all(count > 0 and start + count <= end for start, count in segments)
    largest = prod(page.chunks[:-1]) * -(-page.chunks[-1] * page.bitspersample // 8) + 64
    if whole and page.compression == UNCOMPRESSED:
        whole = sum(page.databytecounts) >= _claimed(page)
    elif whole:
        whole = all(len(data) <= largest for data in _segments(stream, page, largest + 1))
    if not whole:
        raise PlaygroundError(damaged(name))


def unpacked(stream: BinaryIO, page: TiffPage) -> NDArray[Any]:
    """(H, W, samples) uint32 of a page in strips, whatever the number of bits."""
    planes, _, height, width, samples = page.shaped
    bits = page.bitspersample
    row = width * samples
    stride = -(-row * bits // 8)
    data = b"".join(_segments(stream, page, stride * page.rowsperstrip))
    packed = np.frombuffer(data, np.uint8, planes * height * stride).reshape(-1, stride)
    values = np.zeros((planes * height, row), np.uint32)
    first: Literal["little", "big"] = "little" if int(page.fillorder) == 2 else "big"
    for number, line in enumerate(packed):
        digits = np.unpackbits(line, count=row * bits, bitorder=first).reshape(row, bits)
        for place in range(bits):
            values[number] = (values[number] << 1) | digits[:, place]
    if planes == 1:
        return values.reshape(height, width, samples)
    return np.moveaxis(values.reshape(planes, height, width), 0, -1)


def _claimed(page: TiffPage) -> int:
    """The bytes of all rows, uncompressed."""
    planes, _, height, width, samples = page.shaped
    return int(planes * height * -(-width * samples * page.bitspersample // 8))


def _segments(stream: BinaryIO, page: TiffPage, largest: int) -> Iterator[bytes]:
    """What every strip or tile unpacks to, cut at `largest` bytes."""
    for start, count in zip(page.dataoffsets, page.databytecounts, strict=False):
        stream.seek(start)
        data = stream.read(count)
        if page.compression in DEFLATE:
            data = zlib.decompressobj().decompress(data, largest)
        yield data


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
