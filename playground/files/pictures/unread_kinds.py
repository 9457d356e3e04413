"""Sound kinds of known formats that no decoder here reads, told by their headers.

Without this a 12-bit JPEG would be called damaged, and its owner would look for another copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

_HEADER = 128
"""Bytes from which every format but JPEG tells its kind."""
_SEGMENTS = 200
"""A JPEG has its frame within this many segments, colour profiles and previews included."""
_JPEG_FRAMES = {
    0xC3: "a lossless JPEG",
    0xC5: "a hierarchical JPEG",
    0xC6: "a hierarchical JPEG",
    0xC7: "a lossless hierarchical JPEG",
    0xCB: "a lossless JPEG",
    0xCD: "a hierarchical JPEG",
    0xCE: "a hierarchical JPEG",
    0xCF: "a lossless hierarchical JPEG",
    0xF7: "a JPEG-LS picture",
}
_PALETTE_OF_TGA = (8, 24, 32)
_DDS_READ = (
    *(b"DXT1", b"DXT3", b"DXT5", b"ATI1", b"ATI2", b"BC4U", b"BC5U", b"BC5S", b"DX10"),
    b"\0\0\0\0",
)


def unread_kind(stream: BinaryIO) -> str:
    """A sound kind that is not read, such as "a 12-bit JPEG"; "" for any other file.

    The stream is read from its start and left anywhere.
    """
    stream.seek(0)
    start = stream.read(_HEADER)
    for mark, kind in _KINDS:
        if start.startswith(mark):
            return kind(start, stream)
    return ""


def _jpeg(_start: bytes, stream: BinaryIO) -> str:
    stream.seek(2)
    for _ in range(_SEGMENTS):
        head = stream.read(5)
        if len(head) < 5 or head[0] != 0xFF:
            return ""
        marker, length, precision = head[1], int.from_bytes(head[2:4], "big"), head[4]
        if marker in _JPEG_FRAMES:
            return _JPEG_FRAMES[marker]
        if 0xC0 <= marker <= 0xCA and marker not in (0xC4, 0xC8):
            return "a 12-bit JPEG" if precision == 12 else ""
        if marker == 0xDA:
            return ""
        stream.seek(length - 3, 1)
    return ""


def _bmp(start: bytes, _stream: BinaryIO) -> str:
    header = int.from_bytes(start[14:18], "little")
    bits = int.from_bytes(start[28:30], "little")
    compression = int.from_bytes(start[30:34], "little")
    if header < 40 or len(start) < 34:
        return ""
    if header == 64 and compression in (3, 4):
        return "an OS/2 BMP with Huffman or 24-bit run-length compression"
    if compression in (4, 5):
        return f"a BMP with a {'JPEG' if compression == 4 else 'PNG'} in it"
    if compression in (11, 12, 13):
        return "a CMYK BMP"
    return f"a {bits}-bit BMP" if bits in (2, 64) else ""


def _photoshop(start: bytes, _stream: BinaryIO) -> str:
    depth = int.from_bytes(start[22:24], "big")
    return f"a {depth}-bit Photoshop file" if depth in (16, 32) else ""


def _dds(start: bytes, _stream: BinaryIO) -> str:
    code = start[84:88]
    if len(code) < 4 or code in _DDS_READ:
        return ""
    name = code.decode("ascii") if code.isalnum() else f"kind {int.from_bytes(code, 'little')}"
    return f"a DDS texture of {name}"


def _pcx(start: bytes, _stream: BinaryIO) -> str:
    bits, planes = start[3], start[65]
    read = {(1, 1), (1, 2), (1, 3), (1, 4), (8, 1), (8, 3)}
    if bits not in (1, 2, 4, 8) or not 1 <= planes <= 4 or (bits, planes) in read:
        return ""
    return f"a PCX of {planes} × {bits} bits"


def _sgi(start: bytes, _stream: BinaryIO) -> str:
    depth, channels = start[3], int.from_bytes(start[10:12], "big")
    if depth not in (1, 2):
        return f"an SGI picture of {8 * depth} bits" if depth in (4, 8) else ""
    return f"an SGI picture of {channels} channels" if channels == 2 or channels > 4 else ""


def _tga(start: bytes, _stream: BinaryIO) -> str:
    kind, palette, bits = start[2], start[1], start[16]
    if kind in (32, 33):
        return "a Huffman-compressed TGA"
    sound = palette in (0, 1) and kind in (1, 2, 3, 9, 10, 11) and start[17] < 64
    if sound and kind in (1, 9) and palette and (bits == 16 or start[7] not in _PALETTE_OF_TGA):
        return f"a TGA with {bits}-bit places in a palette of {start[7]}-bit colours"
    return "a 15-bit TGA" if sound and kind in (2, 10) and bits == 15 else ""


_KINDS: tuple[tuple[bytes, Callable[[bytes, BinaryIO], str]], ...] = (
    (b"\xff\xd8\xff", _jpeg),
    (b"BM", _bmp),
    (b"8BPS\0\1", _photoshop),
    (b"DDS ", _dds),
    (b"\x0a\x00\x01", _pcx),
    (b"\x0a\x02\x01", _pcx),
    (b"\x0a\x03\x01", _pcx),
    (b"\x0a\x05\x01", _pcx),
    (b"\x01\xda", _sgi),
    *((bytes([0, palette, kind]), _tga) for palette in (0, 1) for kind in (1, 2, 9, 10, 32, 33)),
)
