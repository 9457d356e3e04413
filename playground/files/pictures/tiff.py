"""TIFF files that Pillow reads wrong or not at all: samples of more than 8 bits, signed, float.

tifffile says how the samples are laid out. It decodes those that are uncompressed or deflated, in
strips, tiles or planes. What libtiff must unpack (LZW and others) comes through Pillow where one
of its modes holds the samples as they are. Samples of 10, 12 or 14 bits are unpacked in tiff_bits.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from playground.core.errors import PlaygroundError
from playground.files.pictures.faults import DAMAGE, damaged, quiet_stderr
from playground.files.pictures.raw_values import (
    RawFile,
    RawValues,
    check_claim,
    full_scale,
    natural_ends,
)
from playground.files.pictures.tiff_bits import (
    DEFLATE,
    UNCOMPRESSED,
    check_segments,
    kind_of_tiff,
    told_ends,
    unpacked,
)

if TYPE_CHECKING:
    from tifffile import TiffPage

MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_KINDS = {1: "u", 2: "i", 3: "f", 4: "u"}
_CHANNELS = {0: 1, 1: 1, 2: 3}
_WHITE_IS_ZERO, _GREY, _RGB, _CMYK = 0, (0, 1), 2, 5
_CAMERA = (32803, 34892)
_ASSOCIATED, _STRAIGHT = 1, 2
_ORIENTATION, _DNG_VERSION = 274, 50706
_RAW_MODES = ("I;16", "I;16L", "I;16B", "I", "F")


@contextmanager
def first_page(stream: BinaryIO) -> Iterator[TiffPage | None]:
    """The layout of the first picture in the file, or None where its directory makes no sense."""
    # Imported here because only a TIFF file pays for it.
    import tifffile

    logging.getLogger("tifffile").setLevel(logging.CRITICAL)
    stream.seek(0)
    file, page = tifffile.TiffFile.__new__(tifffile.TiffFile), None
    try:
        with suppress(*DAMAGE):
            file.__init__(stream)
            first = file.pages.first
            page = first if isinstance(first, tifffile.TiffPage) else None
        yield page if page is not None and _sensible(page) else None
    finally:
        # tifffile's objects refer to each other: the cycle would keep the file's bytes for long.
        vars(file).clear()
        if page is not None:
            vars(page).clear()


def _sensible(page: TiffPage) -> bool:
    whole = isinstance(page.bitspersample, int) and page.bitspersample > 0
    return whole and page.imagewidth > 0 and page.imagelength > 0


def open_tiff(stream: BinaryIO, name: str) -> RawFile | None:
    """The file as raw values, or None where Pillow reads it right or nothing can.

    Raises PlaygroundError, with the true reason, for a sound file of a kind that is not read.
    """
    with first_page(stream) as page:
        return None if page is None else _opened(stream, name, page)


def refused_tiff(stream: BinaryIO, name: str) -> PlaygroundError | None:
    """Why a TIFF file that Pillow does not recognise cannot be opened, where its kind is known."""
    with first_page(stream) as page:
        return None if page is None else _refusal(stream, name, page)


def _opened(stream: BinaryIO, name: str, page: TiffPage) -> RawFile | None:
    if int(page.photometric) in _CAMERA or page.tags.get(_DNG_VERSION) is not None:
        raise PlaygroundError(
            f"{name} is a camera's raw file, which cannot be opened; export it as PNG first."
        )
    if _plain(page) or _reduced_by_pillow(page):
        return None
    size = (page.imagewidth, page.imagelength)
    check_claim(name, size, -(-page.bitspersample // 8), page.samplesperpixel)
    direct = _readable(page)
    if not direct and not _pillow_holds(stream, page):
        raise _refusal(stream, name, page)
    orientation = page.tags.valueof(_ORIENTATION, 1)
    orientation = orientation if orientation in range(1, 9) else 1
    upright = size[::-1] if orientation >= 5 else size
    read = partial(_read, stream, name, orientation if direct else None)
    return RawFile("TIFF", upright, read)


def _refusal(stream: BinaryIO, name: str, page: TiffPage) -> PlaygroundError:
    """Why a TIFF file that neither tifffile nor Pillow reads cannot be opened."""
    end = stream.seek(0, os.SEEK_END)
    segments = zip(page.dataoffsets, page.databytecounts, strict=False)
    if any(start + count > end for start, count in segments):
        return PlaygroundError(damaged(name))
    return PlaygroundError(
        f"{name} is a kind of TIFF this program does not read: {kind_of_tiff(page)}; "
        "save it with 8 or 16 bits, uncompressed, or as PNG."
    )


def _plain(page: TiffPage) -> bool:
    """Whether this is a TIFF of bytes or less, as most are, which Pillow reads right."""
    if int(page.sampleformat) != 1 or page.bitspersample not in (1, 2, 4, 8):
        return False
    if _readable(page):
        return told_ends(page) is None and not _odd(page)
    # Pillow mixes up the samples of grey and its transparency where they are in planes.
    planes = int(page.photometric) in _GREY and page.samplesperpixel > 1 and page.planarconfig == 2
    usual = int(page.fillorder) == 1 and int(page.predictor) == 1
    return not planes and (usual or page.bitspersample == 8)


def _odd(page: TiffPage) -> bool:
    """Whether bytes lie in a way that Pillow reads wrong, or not at all."""
    if int(page.fillorder) == 2:
        return True
    if page.samplesperpixel == 1 or page.planarconfig == 2:
        return page.samplesperpixel > 1
    # Single bits of several samples in one row are left out: writers disagree about their order.
    negative = int(page.photometric) == _WHITE_IS_ZERO
    return 1 < page.bitspersample < 8 or (page.bitspersample == 8 and negative)


def _reduced_by_pillow(page: TiffPage) -> bool:
    """Whether Pillow reads these 16-bit colours right, to 8 bits, and tifffile does not."""
    usual = page.bitspersample == 16 and int(page.sampleformat) == 1 and page.planarconfig == 1
    colour = int(page.photometric)
    return usual and (colour == _CMYK or (colour == _RGB and not _readable(page)))


def _readable(page: TiffPage) -> bool:
    """Whether the samples are decoded here or by tifffile."""
    channels = _CHANNELS.get(int(page.photometric))
    bits, kind = page.bitspersample, _KINDS.get(int(page.sampleformat))
    if channels is None or page.samplesperpixel - len(page.extrasamples) != channels:
        return False
    if int(page.compression) not in (UNCOMPRESSED, *DEFLATE) or page.imagedepth != 1:
        return False
    if page.dtype is not None and bits in (8, 16, 32, 64):
        return kind is not None and int(page.predictor) in (1, 2)
    flat = not page.is_tiled and int(page.predictor) == 1
    return flat and kind == "u" and 1 <= bits < 32


def _pillow_holds(stream: BinaryIO, page: TiffPage) -> bool:
    """Whether Pillow opens the file in a mode that has the samples as they are."""
    if page.samplesperpixel != 1 or int(page.photometric) not in _GREY:
        return False
    stream.seek(0)
    try:
        mode = Image.open(stream, formats=["TIFF"]).mode
    except UnidentifiedImageError:
        return False
    return mode in _RAW_MODES


def _read(stream: BinaryIO, name: str, orientation: int | None) -> RawValues:
    """The samples; `orientation` is None where Pillow reads them, which turns them upright."""
    with first_page(stream) as page:
        if page is None:
            raise PlaygroundError(damaged(name))
        return _raw(stream, name, page, orientation)


def _raw(stream: BinaryIO, name: str, page: TiffPage, orientation: int | None) -> RawValues:
    if orientation is None:
        values, extra = _through_pillow(stream, page), None
    else:
        check_segments(stream, name, page)
        whole = page.dtype is not None and page.bitspersample in (8, 16, 32, 64)
        planes = _samples(page) if whole else unpacked(stream, page)
        channels = _CHANNELS[int(page.photometric)]
        values, extra = planes[..., :channels], planes[..., channels:]
    kind, bits = _KINDS[int(page.sampleformat)], page.bitspersample
    start, end = told_ends(page, values) or natural_ends(values, bits)
    if int(page.photometric) == _WHITE_IS_ZERO:
        start, end = end, start
    alpha, associated = None, False
    marks = [int(mark) for mark in page.extrasamples]
    for place, mark in enumerate(marks):
        if extra is not None and mark in (_ASSOCIATED, _STRAIGHT):
            cover = extra[..., place].astype(np.float32) / np.float32(full_scale(kind, bits))
            alpha, associated = np.clip(cover, 0, 1), mark == _ASSOCIATED
            break
    return RawValues(values, (start, end), alpha, associated, orientation or 1)


def _samples(page: TiffPage) -> NDArray[Any]:
    """(H, W, samples), as tifffile decodes them."""
    planes = page.asarray().reshape(page.shaped)[:, 0]
    return planes[0] if len(planes) == 1 else np.moveaxis(planes[..., 0], 0, -1)


def _through_pillow(stream: BinaryIO, page: TiffPage) -> NDArray[Any]:
    """(H, W, 1), as libtiff decodes them."""
    stream.seek(0)
    with Image.open(stream, formats=["TIFF"]) as image, quiet_stderr():
        values = np.asarray(image)
    if values.dtype == np.int32 and int(page.sampleformat) == 1:
        # Pillow keeps unsigned values in a signed mode.
        values = values.view(np.uint32)
    return values[..., np.newaxis]
