"""The bytes of a TIFF's strips: whether they are all there, and samples of odd numbers of bits.

TIFF 6.0, section 3: the highest bit of a sample comes first, and every row begins at a byte. Where
FillOrder is 2, the bits of every byte are in reverse.
"""

from __future__ import annotations

import os
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
