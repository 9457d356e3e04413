"""What a file is that cannot be opened, told by its first bytes.

A learner who opens an iPhone photo or a PDF deserves better than "unknown format". Without this a
12-bit JPEG would be called damaged, and its owner would look for another copy; and one whose PNG
is cut short would be told to choose a PNG.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

_HEADER = 136
"""Bytes from which every format but JPEG tells its kind; DICOM does behind 128 free ones."""
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

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_PICTURE_BRANDS = (b"avif", b"avis", b"jp2 ", b"jpx ")
_PICTURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    *(b"8BPS", b"qoif", b"DDS ", b"\0\0\1\0", b"icns", b"\0\0\0\x0cjP"),
)
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript drawing"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript drawing"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an SVG drawing or another XML text"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"v/1\x01", "an OpenEXR picture"),
    (b"#?RADIANCE", "a Radiance HDR picture"),
    (b"#?RGBE", "a Radiance HDR picture"),
    (b"II\xbc\x01", "a JPEG XR picture"),
    (b"gimp xcf", "a GIMP file"),
    (b"FUJIFILMCCD-RAW", "a camera's raw file"),
    (b"FOVb", "a camera's raw file"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"MATLAB 5.0", "a MATLAB file"),
    (b"\xabKTX", "a KTX texture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"PK\x03\x04", "a ZIP archive or a document"),
    (b"\xd7\xcd\xc6\x9a", "a WMF drawing"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"OggS", "a sound or a video"),
    (b"ID3", "a sound"),
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


def other_kind(stream: BinaryIO) -> str:
    """What a file is in which no decoder recognises a picture, such as "a PDF document".

    "a picture" is one that is cut short after its first bytes; "" is unknown. The stream is left
    anywhere.
    """
    stream.seek(0)
    start = stream.read(_HEADER)
    return "a picture" if _is_picture(start) else _kind(start)


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
    if len(start) < _HEADER:
        return ""
    bits, planes = start[3], start[65]
    read = {(1, 1), (1, 2), (1, 3), (1, 4), (8, 1), (8, 3)}
    if bits not in (1, 2, 4, 8) or not 1 <= planes <= 4 or (bits, planes) in read:
        return ""
    return f"a PCX of {planes} × {bits} bits"


def _sgi(start: bytes, _stream: BinaryIO) -> str:
    if len(start) < 12:
        return ""
    depth, channels = start[3], int.from_bytes(start[10:12], "big")
    if depth not in (1, 2):
        return f"an SGI picture of {8 * depth} bits" if depth in (4, 8) else ""
    return f"an SGI picture of {channels} channels" if channels == 2 or channels > 4 else ""


def _tga(start: bytes, _stream: BinaryIO) -> str:
    if len(start) < 18:
        return ""
    kind, palette, bits = start[2], start[1], start[16]
    if kind in (32, 33):
        return "a Huffman-compressed TGA"
    sound = palette in (0, 1) and kind in (1, 2, 3, 9, 10, 11) and start[17] < 64
    if sound and kind in (1, 9) and palette and (bits == 16 or start[7] not in _PALETTE_OF_TGA):
        return f"a TGA with {bits}-bit places in a palette of {start[7]}-bit colours"
    return "a 15-bit TGA" if sound and kind in (2, 10) and bits == 15 else ""


def _is_picture(start: bytes) -> bool:
    if start[4:8] == b"ftyp":
        return start[8:12] in _PICTURE_BRANDS
    return start.startswith(_PICTURES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")


def _kind(start: bytes) -> str:
    if start[4:8] == b"ftyp":
        return "a HEIC photo" if start[8:12] in _HEIF_BRANDS else "a video"
    if start[128:132] == b"DICM":
        return "a DICOM file"
    if start[:4] in (b"\x5c\x01\0\0", b"\0\0\x01\x5c"):
        return "a NIfTI volume"
    if start.startswith((b"\xff\x0a", b"\0\0\0\x0cJXL ")):
        return "a JPEG XL picture"
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, kind in _STARTS:
        if text.startswith(mark.lower()):
            return kind
    return ""


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
