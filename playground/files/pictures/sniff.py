"""What a file that no decoder recognises probably is, told by its first bytes.

A learner who opens an iPhone photo or a PDF deserves better than "unknown format", and one whose
PNG is cut short should not be told to choose a PNG.
"""

from __future__ import annotations

from playground.files.pictures.faults import damaged, not_a_picture, not_read

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


def unknown_kind(name: str, start: bytes, unread: str = "") -> str:
    """The sentence for a file that starts with these bytes and that no decoder recognises.

    `unread` is the kind of a known format that it is, see unread_kinds.py.
    """
    if unread:
        return not_read(name, unread)
    if _is_picture(start):
        return damaged(name)
    kind = _kind(start)
    if not kind:
        return not_a_picture(name)
    return f"{name} is {kind}, which cannot be opened; export it as PNG or JPEG first."


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
