"""The relatives of PPM that Pillow does not read, or to 8 bits only: PAM, colour PFM, deep PPM.

PAM (P7) has a header of words, then whole samples of one byte or, above a maximum of 255, of two,
the high one first; so have PPM's colours (P6) above 255. PFM (PF, Pf) has floats whose order the
sign of its scale tells, the lowest row first.
"""

from __future__ import annotations

import re
from typing import BinaryIO

import numpy as np

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
from playground.files.pictures.sources import printable

PAM_MAGIC = b"P7\n"
PPM_MAGIC = (b"P6\n", b"P6 ", b"P6\r", b"P6\t", b"P6#")
PFM_MAGIC = (b"PF\n", b"PF ", b"PF\r", b"PF\t", b"Pf\n", b"Pf ", b"Pf\r", b"Pf\t")

_LONGEST_HEADER = 1 << 16
"""Room for long comments; what is longer is no header."""
_WORD = re.compile(rb"(?:\s|#[^\r\n]*+)*+([^\s#]+)\s")
"""One white-space character ends each word; more, and comments, may stand before the next."""
_HAS_ALPHA = {1: False, 2: True, 3: False, 4: True}
_TUPLE_DEPTHS = {
    "": (1, 2, 3, 4),
    **{"BLACKANDWHITE": (1,), "GRAYSCALE": (1,), "RGB": (3,)},
    **{"BLACKANDWHITE_ALPHA": (2,), "GRAYSCALE_ALPHA": (2,), "RGB_ALPHA": (4,)},
}
"""The numbers of channels that a tuple type has; CMYK, for one, is no RGB with transparency."""


def open_pam(stream: BinaryIO, name: str) -> RawFile:
    """A portable arbitrary map of 1 to 4 channels; the second or fourth is its transparency."""
    stream.seek(0)
    start = stream.read(_LONGEST_HEADER)
    header, mark, _ = start.partition(b"\nENDHDR\n")
    fields: dict[str, str] = {}
    for line in header.decode("ascii", "replace").splitlines()[1:]:
        key, *value = line.split(maxsplit=1) or [""]
        if key and not key.startswith("#"):
            fields[key] = "".join(value).strip()
    told = (fields.get(key, "") for key in ("WIDTH", "HEIGHT", "DEPTH", "MAXVAL"))
    width, height, depth, most = (int(text) if _is_count(text) else 0 for text in told)
    if not mark or not 1 <= most <= 65535 or depth < 1:
        raise PlaygroundError(damaged(name))
    tuple_type = fields.get("TUPLTYPE", "")
    if depth not in _TUPLE_DEPTHS.get(tuple_type, ()):
        of = f" of {printable(tuple_type)}" if tuple_type else ""
        raise PlaygroundError(
            f"{name} is a kind of PAM this program does not read: {depth} channels{of}; "
            "export it as PNG or TIFF first."
        )
    kind = ">u1" if most < 256 else ">u2"
    claimed = check_claim(name, (width, height), np.dtype(kind).itemsize, depth)
    begin = len(header) + len(mark)
    check_rest(name, stream, begin, claimed)

    def read() -> RawValues:
        values = samples_at(stream, begin, (height, width, depth), kind)
        colours = depth - _HAS_ALPHA[depth]
        alpha = None
        if _HAS_ALPHA[depth]:
            alpha = np.clip(values[..., -1].astype(np.float32) / np.float32(most), 0, 1)
        return RawValues(values[..., :colours], (0.0, float(most)), alpha)

    return RawFile("PAM", (width, height), read)


def open_pfm(stream: BinaryIO, name: str) -> RawFile:
    """A portable float map, grey or in colour."""
    stream.seek(0)
    words, place = _words(stream.read(_LONGEST_HEADER))
    try:
        width, height = (int(word) if _is_count(word) else 0 for word in words[1:3])
        scale = float(words[3])
    except (ValueError, IndexError):
        raise PlaygroundError(damaged(name)) from None
    if scale == 0 or not np.isfinite(scale):
        raise PlaygroundError(damaged(name))
    channels = 3 if words[0] == "PF" else 1
    kind = "<f4" if scale < 0 else ">f4"
    claimed = check_claim(name, (width, height), 4, channels)
    check_rest(name, stream, place, claimed)

    def read() -> RawValues:
        values = samples_at(stream, place, (height, width, channels), kind)[::-1]
        return RawValues(values, natural_ends(values))

    return RawFile("PFM", (width, height), read)


def open_deep_ppm(stream: BinaryIO, name: str) -> RawFile | None:
    """A binary colour picture whose maximum is above 255; None for any other, Pillow's to read."""
    stream.seek(0)
    words, begin = _words(stream.read(_LONGEST_HEADER))
    if len(words) < 4 or not all(map(_is_count, words[1:])) or not 255 < int(words[3]) <= 65535:
        return None
    width, height, most = map(int, words[1:])
    claimed = check_claim(name, (width, height), 2, 3)
    check_rest(name, stream, begin, claimed)

    def read() -> RawValues:
        values = samples_at(stream, begin, (height, width, 3), ">u2")
        return RawValues(values, (0.0, float(most)))

    return RawFile("PPM", (width, height), read)


def _words(start: bytes) -> tuple[list[str], int]:
    """The four words of a header, without comments, and where the samples begin."""
    words: list[str] = []
    place = 0
    while len(words) < 4 and (found := _WORD.match(start, place)):
        words.append(found[1].decode("ascii", "replace"))
        place = found.end()
    return words, place


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12
