"""FITS, the format of astronomy: big-endian numbers under a header of 80-character cards.

    value = BZERO + BSCALE · stored      (FITS standard 4.0, section 4.4.2.5)

The first row in the file is the lowest of the picture. Three planes are taken for red, green, blue.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.files.pictures.faults import damaged
from playground.files.pictures.raw_values import (
    RawFile,
    RawValues,
    check_claim,
    check_rest,
    natural_ends,
    samples_at,
)

MAGIC = b"SIMPLE  ="

_BLOCK, _CARD = 2880, 80
_TYPES = {8: ">u1", 16: ">i2", 32: ">i4", 64: ">i8", -32: ">f4", -64: ">f8"}
_MOST_BLOCKS = 1000
"""36,000 cards: more than any telescope writes; a damaged header without END is given up there."""


def open_fits(stream: BinaryIO, name: str) -> RawFile:
    """The first picture in the file; raises PlaygroundError where there is none that is read."""
    stream.seek(0)
    while True:
        cards = _header(stream, name)
        sizes = [
            _whole(cards, f"NAXIS{axis + 1}", name) for axis in range(_whole(cards, "NAXIS", name))
        ]
        kind = _TYPES.get(_whole(cards, "BITPIX", name))
        if cards.get("ZIMAGE") == "T":
            raise PlaygroundError(
                f"{name} is a compressed FITS file, which cannot be opened; "
                "export it as PNG or TIFF first."
            )
        if kind is None:
            raise PlaygroundError(damaged(name))
        if len(sizes) >= 2 and cards.get("XTENSION", "'IMAGE").startswith("'IMAGE"):
            break
        claimed = int(np.prod([max(0, size) for size in sizes], dtype=object)) if sizes else 0
        count = (claimed + _whole(cards, "PCOUNT", name, 0)) * np.dtype(kind).itemsize
        end = stream.seek(0, os.SEEK_CUR) + -(-count // _BLOCK) * _BLOCK
        if not 0 <= end < stream.seek(0, os.SEEK_END):
            raise PlaygroundError(f"{name} is a FITS file without a picture in it.")
        stream.seek(end)
    width, height, *planes = sizes
    if any(size != 1 for size in planes[1:]) or (planes and planes[0] not in (1, 3)):
        shape = " × ".join(map(str, sizes))
        raise PlaygroundError(
            f"{name} is a kind of FITS this program does not read: {shape} values; "
            "export one plane of it as PNG or TIFF first."
        )
    channels = planes[0] if planes else 1
    claimed = check_claim(name, (width, height), np.dtype(kind).itemsize, channels)
    start = stream.tell()
    check_rest(name, stream, start, claimed)
    read = partial(_read, stream, start, (channels, height, width), kind, cards, name)
    return RawFile("FITS", (width, height), read)


def _read(
    stream: BinaryIO,
    start: int,
    shape: tuple[int, ...],
    kind: str,
    cards: dict[str, str],
    name: str,
) -> RawValues:
    stored = samples_at(stream, start, shape, kind)
    if (
        stored.dtype.kind != "f"
        and "BLANK" in cards
        and (stored == _real(cards, "BLANK", 0, name)).any()
    ):
        raise PlaygroundError(
            f"{name} has pixels without a value (BLANK), so it cannot be shown; "
            "give them one and save it again."
        )
    scale, zero = (
        _real(cards, key, plain, name) for key, plain in (("BSCALE", 1.0), ("BZERO", 0.0))
    )
    values = _physical(stored, scale, zero)
    return RawValues(np.moveaxis(values[:, ::-1], 0, -1), natural_ends(values))


def _physical(stored: NDArray[Any], scale: float, zero: float) -> NDArray[Any]:
    """The values that are meant: integers of the other sign by the zero that stands for it."""
    values: NDArray[Any] = stored
    bits = stored.dtype.itemsize * 8
    if scale == 1 and stored.dtype.kind == "i" and bits < 64 and zero == 2 ** (bits - 1):
        values = np.add(stored, 2 ** (bits - 1), dtype=np.int64).astype(f"u{bits // 8}")
    elif scale == 1 and stored.dtype == np.uint8 and zero == -128:
        values = np.subtract(stored, 128, dtype=np.int16).astype(np.int8)
    elif (scale, zero) != (1, 0):
        values = np.multiply(stored, scale, dtype=np.float64) + zero
    return values


def _header(stream: BinaryIO, name: str) -> dict[str, str]:
    """The cards up to END, values without comment; the stream is left at the data."""
    cards: dict[str, str] = {}
    for _ in range(_MOST_BLOCKS):
        block = stream.read(_BLOCK)
        if len(block) < _BLOCK:
            break
        for place in range(0, _BLOCK, _CARD):
            card = block[place : place + _CARD].decode("ascii", "replace")
            key = card[:8].strip()
            if key == "END":
                return cards
            if card[8] == "=":
                cards.setdefault(key, card[9:].split("/")[0].strip())
    raise PlaygroundError(damaged(name))


def _whole(cards: dict[str, str], key: str, name: str, missing: int | None = None) -> int:
    text = cards.get(key, "" if missing is None else str(missing))
    if not text.lstrip("+-").isdecimal() or len(text) > 20:
        raise PlaygroundError(damaged(name))
    number = int(text)
    if key == "NAXIS" and not 0 <= number <= 999:
        raise PlaygroundError(damaged(name))
    return number


def _real(cards: dict[str, str], key: str, missing: float, name: str) -> float:
    try:
        value = float(cards.get(key, str(missing)).upper().replace("D", "E"))
    except ValueError:
        raise PlaygroundError(damaged(name)) from None
    if not np.isfinite(value):
        raise PlaygroundError(damaged(name))
    return value
