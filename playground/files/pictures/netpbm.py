"""The relatives of PPM that Pillow does not read: PAM and colour PFM.

PAM (P7) has a header of words, then whole samples of one byte or, above a maximum of 255, of two,
the high one first. PFM (PF, Pf) has floats whose order the sign of its scale tells, the lowest row
first.
"""

from __future__ import annotations

import os
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.files.pictures.faults import damaged
from playground.files.pictures.raw_values import RawFile, RawValues, check_claim, natural_ends

PAM_MAGIC = b"P7\n"
PFM_MAGIC = (b"PF\n", b"PF ", b"PF\r", b"PF\t", b"Pf\n", b"Pf ", b"Pf\r", b"Pf\t")

_LONGEST_HEADER = 1 << 16
_HAS_ALPHA = {1: False, 2: True, 3: False, 4: True}


def open_pam(stream: BinaryIO, name: str) -> RawFile:
    """A portable arbitrary map of 1 to 4 channels; the second or fourth is its transparency."""
    stream.seek(0)
    start = stream.read(_LONGEST_HEADER)
    header, mark, _ = start.partition(b"\nENDHDR\n")
    fields: dict[str, str] = {}
    for line in header.decode("ascii", "replace").splitlines()[1:]:
        key, _, value = line.strip().partition(" ")
        if key and not key.startswith("#"):
            fields[key] = value.strip()
    told = (fields.get(key, "") for key in ("WIDTH", "HEIGHT", "DEPTH", "MAXVAL"))
    width, height, depth, most = (int(text) if _is_count(text) else 0 for text in told)
    if not mark or not 1 <= most <= 65535 or depth < 1:
        raise PlaygroundError(damaged(name))
    if depth not in _HAS_ALPHA:
        raise PlaygroundError(
            f"{name} is a kind of PAM this program does not read: {depth} channels; "
            "export it as PNG or TIFF first."
        )
    kind = ">u1" if most < 256 else ">u2"
    claimed = check_claim(name, (width, height), np.dtype(kind).itemsize, depth)
    begin = len(header) + len(mark)
    _check_rest(stream, begin, claimed, name)

    def read() -> RawValues:
        values = _samples(stream, begin, claimed, kind).reshape(height, width, depth)
        colours = depth - _HAS_ALPHA[depth]
        alpha = None
        if _HAS_ALPHA[depth]:
            alpha = np.clip(values[..., -1].astype(np.float32) / np.float32(most), 0, 1)
        return RawValues(values[..., :colours], (0.0, float(most)), alpha)

    return RawFile("PAM", (width, height), "", read)


def open_pfm(stream: BinaryIO, name: str) -> RawFile:
    """A portable float map, grey or in colour."""
    stream.seek(0)
    start = stream.read(_LONGEST_HEADER)
    words: list[str] = []
    place = 0
    while len(words) < 4 and place < len(start):
        # One white-space character ends each word, and more may follow all but the last.
        end = place
        while end < len(start) and not start[end : end + 1].isspace():
            end += 1
        if end > place:
            words.append(start[place:end].decode("ascii", "replace"))
        place = end + 1
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
    _check_rest(stream, place, claimed, name)

    def read() -> RawValues:
        values = _samples(stream, place, claimed, kind).reshape(height, width, channels)[::-1]
        return RawValues(values, natural_ends(values))

    return RawFile("PFM", (width, height), "", read)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12


def _check_rest(stream: BinaryIO, begin: int, claimed: int, name: str) -> None:
    if stream.seek(0, os.SEEK_END) - begin < claimed:
        raise PlaygroundError(damaged(name))


def _samples(stream: BinaryIO, begin: int, count: int, kind: str) -> NDArray[Any]:
    stream.seek(begin)
    return np.frombuffer(stream.read(count), kind)
