"""Well-known files that are not pictures of pixels, told by their first bytes.

A learner who opens an iPhone photo or a PDF deserves better than "unknown format".
"""

from __future__ import annotations

from playground.files.faults import not_a_picture

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript drawing"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript drawing"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an SVG drawing or another XML text"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"PK\x03\x04", "a ZIP archive or a document"),
    (b"\xd7\xcd\xc6\x9a", "a WMF drawing"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"OggS", "a sound or a video"),
    (b"ID3", "a sound"),
)


def unknown_kind(name: str, start: bytes) -> str:
    """The sentence for a file that starts with these bytes and that no decoder recognises."""
    kind = _kind(start)
    if not kind:
        return not_a_picture(name)
    return f"{name} is {kind}, which cannot be opened; export it as PNG or JPEG first."


def _kind(start: bytes) -> str:
    if start[4:8] == b"ftyp":
        return "a HEIC photo" if start[8:12] in _HEIF_BRANDS else "a video"
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, kind in _STARTS:
        if text.startswith(mark.lower()):
            return kind
    return ""
