"""Pictures in: any file Pillow can decode, or an array, as a Picture at working size.

Files are recognised by their content, whatever their name ends in. Formats that start other
programs (EPS, PostScript), draw through the system (WMF) or are only recognised, never decoded
(GRIB, BUFR, HDF5, MPEG), are not among those tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import COLOURS, Colour, Picture, WorkingSize, fitted_size
from playground.core.specs import FloatArray
from playground.files.pictures import fits, netpbm, npy, tiff
from playground.files.pictures.decode import pillow_reader
from playground.files.pictures.faults import CONVERSION, DAMAGE, explained, quiet_stderr
from playground.files.pictures.limits import check_pixels
from playground.files.pictures.pillow_facts import Facts, facts_of
from playground.files.pictures.raw_values import RawFile, RawReader, RawValues
from playground.files.pictures.resize import REDUCING_GAP, Reader, read_resized
from playground.files.pictures.sources import (
    ArraySource,
    BytesSource,
    FileSource,
    Source,
    open_source,
    stamp_of,
)

COMMON = ("PNG", "JPEG", "GIF", "BMP", "PPM")
"""Formats tried first: Pillow has these at hand without loading all of its plugins."""
FURTHER = (
    *("TIFF", "WEBP", "AVIF", "JPEG2000", "ICO", "TGA", "BLP", "CUR", "DCX", "DDS", "DIB"),
    *("FLI", "FTEX", "GBR", "ICNS", "IM", "IMT", "MCIDAS", "MSP", "PCD", "PCX", "PIXAR", "PSD"),
    *("QOI", "SGI", "SPIDER", "SUN", "XBM", "XPM", "XVTHUMB"),
)
"""Formats tried next; a build of Pillow may lack some."""

RAW_FORMATS = (
    (tiff.MAGIC, tiff.open_tiff),
    (fits.MAGIC, fits.open_fits),
    (netpbm.PAM_MAGIC, netpbm.open_pam),
    (netpbm.PPM_MAGIC, netpbm.open_deep_ppm),
    (netpbm.PFM_MAGIC, netpbm.open_pfm),
    (npy.MAGIC, npy.open_npy),
)
"""Formats that are read as raw values: their first bytes, and who opens them."""

_TALKATIVE = ("TIFF", "AVIF")
"""Formats whose decoders, written in C, complain on standard error."""
_LONGEST_SHAPE = 64
"""How many times longer than wide a picture is read for its middle square, to spare memory."""
_ORIENTATION = 274
_START = 9
"""Bytes that tell a format of raw values; the longest mark, that of FITS, has nine."""


class ImageInfo(NamedTuple):
    """What a file's first bytes say: format ("JPEG"), upright (width, height), Pillow's mode.

    The mode is "" where Pillow does not read the file.
    """

    format: str
    size: tuple[int, int]
    mode: str = ""


def load_picture(
    source: Source,
    working_size: WorkingSize = 512,
    colour: Colour = "grey",
    *,
    stretched: bool = False,
) -> Picture:
    """The picture at working size, values float32 in [0, 1], (H, W, 1) grey or (H, W, 3) RGB.

    `working_size` is the longest side allowed, None for full size; a picture is never enlarged.
    EXIF orientation is applied, transparency composited on white, an animation's first frame
    taken. `stretched` makes the darkest value 0 and the brightest 1. Raises PlaygroundError, one
    sentence, for whatever cannot be opened.
    """
    if colour not in COLOURS or (working_size is not None and working_size < 1):
        raise PlaygroundError(
            f"A picture is loaded in grey or rgb at a size of at least 1, "
            f"not in {colour} at {working_size}."
        )
    stamp = stamp_of(source)
    pixels, original = _read(source, working_size, colour)
    low, high = float(pixels.min()), float(pixels.max())
    if stretched and high > low:
        pixels = (pixels - np.float32(low)) / np.float32(high - low)
    pixels.flags.writeable = False
    kept = (source.name, original, working_size, colour, source, stamp, high - low, stretched)
    return Picture(pixels, *kept)


def thumbnail(source: Source, side: int) -> NDArray[np.uint8]:
    """A small (h, w, 3) 8-bit RGB copy for a preview, its long side at most `side` pixels."""
    pixels, _ = _read(source, side, "rgb")
    return np.rint(pixels * 255).astype(np.uint8)


def load_square(source: Source, side: int, colour: Colour = "grey") -> FloatArray:
    """The square in the middle of a picture, resized to (side, side, 1 or 3), values in [0, 1].

    Read as by `load_picture`, but a picture smaller than the square is enlarged. Raises
    PlaygroundError, one sentence, for whatever cannot be opened.
    """
    short, long = sorted(probe(source).size)
    # A long and narrow picture is not kept as long as would make its short side fit.
    working = min(round(side * long / short), side * _LONGEST_SHAPE)
    pixels, _ = _read(source, working, colour)
    square = _middle_square(pixels)
    if square.shape[:2] == (side, side):
        return np.ascontiguousarray(square)
    return read_resized(_reader_of(square, source.name), (side, side), colour)


def probe(source: Source) -> ImageInfo:
    """Format, upright size and mode from the first bytes, without decoding; fast.

    Raises PlaygroundError when the file is not a picture, or is too large.
    """
    if isinstance(source, ArraySource):
        height, width, channels = source.values.shape
        return ImageInfo("array", (width, height), "F" if channels == 1 else "RGB")
    with _opened(source) as opened:
        if isinstance(opened, RawFile):
            return ImageInfo(opened.format, opened.size)
        image = opened.image
        size = _turned(image.size, _orientation_so_far(image))
        return ImageInfo(image.format or "unknown", size, image.mode)


def _read(
    source: Source, working: int | None, colour: Colour
) -> tuple[FloatArray, tuple[int, int]]:
    """The pixels and the upright original size."""
    if isinstance(source, ArraySource):
        with explained(source.name, faults=()):
            values = _reader_of(source.values, source.name)
            return read_resized(values, fitted_size(values.size, working), colour), values.size
    with _opened(source) as opened:
        if isinstance(opened, RawFile):
            with explained(source.name):
                raw = opened.read()
            original, orientation = raw.values.shape[1::-1], raw.orientation
        else:
            original, orientation = _unpack(opened, source.name, working)
        with explained(source.name, faults=CONVERSION):
            if isinstance(opened, RawFile):
                reader: Reader = RawReader(raw, source.name)
            else:
                reader = pillow_reader(opened.image, source.name, opened.facts)
            pixels = read_resized(reader, fitted_size(original, working), colour, orientation)
    return pixels, _turned(original, orientation)


def _reader_of(values: FloatArray, name: str) -> RawReader:
    """Reads values (H, W, 1 or 3) made in the program; those outside [0, 1] are clipped."""
    return RawReader(RawValues(values, (0.0, 1.0)), name)


def _unpack(opened: _PillowFile, name: str, working: int | None) -> tuple[tuple[int, int], int]:
    """Decode the pixels; the original size as stored, and EXIF's orientation."""
    image = opened.image
    with explained(name, opened.stream):
        original = image.size
        width, height = fitted_size(original, working)
        if (width, height) != original:
            # JPEG can skip most of the work, and memory, of a picture wanted small.
            image.draft(None, (width * REDUCING_GAP, height * REDUCING_GAP))
        drafted = image.size
        with quiet_stderr() if image.format in _TALKATIVE else nullcontext():
            image.load()
        if image.size != drafted:
            # An icon's directory may say another size than the picture inside it.
            original = image.size
            check_pixels(name, original)
        return original, _orientation(image)


def _middle_square(pixels: FloatArray) -> FloatArray:
    """The largest square in the middle of (H, W, C), as a view."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return pixels[top : top + side, left : left + side]


@dataclass(frozen=True, eq=False)
class _PillowFile:
    image: Image.Image
    facts: Facts
    stream: BinaryIO


@contextmanager
def _opened(source: FileSource | BytesSource) -> Iterator[RawFile | _PillowFile]:
    """The picture with its header read and its size checked."""
    name = source.name
    with explained(name):
        stream = open_source(source)
    with stream:
        with explained(name):
            start = stream.read(_START)
            raw = _raw_file(stream, start, name)
            stream.seek(0)
        if raw is not None:
            yield raw
            return
        with explained(name, stream):
            image = _identified(stream, start, name)
        with image:
            check_pixels(name, image.size)
            with explained(name, stream):
                facts = facts_of(stream, image, name)
            yield _PillowFile(image, facts, stream)


def _identified(stream: BinaryIO, start: bytes, name: str) -> ImageFile.ImageFile:
    """The image of the format its content says; raises UnidentifiedImageError when none does."""
    with suppress(UnidentifiedImageError):
        return Image.open(stream, formats=COMMON)
    Image.init()
    stream.seek(0)
    with suppress(UnidentifiedImageError):
        return Image.open(stream, formats=[name for name in FURTHER if name in Image.OPEN])
    if not start.startswith(tiff.MAGIC):
        raise UnidentifiedImageError
    # Not by way of a variable: exception and frame would keep each other, and the file's bytes.
    raise tiff.refused_tiff(stream, name) or UnidentifiedImageError


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1 when there is none or its metadata are damaged."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except DAMAGE:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _orientation_so_far(image: Image.Image) -> int:
    """EXIF's orientation as far as the first bytes tell; Pillow has turned TIFF's size already."""
    told = "exif" in image.info or "Raw profile type exif" in image.info
    # A PNG may keep it behind the pixels, and asking would unpack them all.
    return 1 if image.format == "TIFF" or not told else _orientation(image)


def _turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation >= 5 else size


def _raw_file(stream: BinaryIO, start: bytes, name: str) -> RawFile | None:
    """The file as raw values, or None where it is one for Pillow; `start` is its first bytes.

    Raises PlaygroundError, with the true reason, for a sound file of a kind that is not read.
    """
    for magic, opened in RAW_FORMATS:
        if start.startswith(magic):
            return opened(stream, name)
    return None
