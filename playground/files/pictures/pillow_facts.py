"""Facts about pixels that a file states and Pillow ignores, such as the depth of a PNG.

PNG's tRNS of 2 and 4 bits is not brought to 8 bits as the pixels are; its sBIT is not looked at,
and only the high bytes of 16-bit colours are kept. TGA's header says how many bits of transparency
there are, which may be none, and Pillow takes the one bit of its 16-bit pixels the wrong way round;
it stumbles over the palette that a TGA of true colours may carry. White in a JPEG 2000 colour
picture of more than 8 bits becomes black.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO, Literal

from PIL import Image, ImageFile

from playground.core.errors import PlaygroundError
from playground.files.pictures.faults import damaged

_MOST_CHUNKS = 1000
"""More than any sound PNG has before its pixels; damage may claim millions of empty ones."""
_JPEG2000_START = 1 << 22
"""The header of the pixels lies behind colour profiles and other boxes, of 4 MB at most."""
_LOW_BYTES = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L", "LA;16B": "RGBA"}
"""How Pillow is to unpack 16-bit samples so that it keeps the bytes it drops otherwise.

With the bytes of a word exchanged the low one is taken for the high one; grey with transparency
comes as four bytes, all of them kept.
"""


@dataclass(frozen=True)
class Facts:
    """How transparency is to be taken, and how many bits of a 16-bit sample count (0: all).

    `low` is the same picture again, of which Pillow will unpack the low bytes of 16-bit colours, or
    both bytes of grey and of transparency where it is `grey`.
    """

    alpha: Literal["stored", "none", "inverted"] = "stored"
    significant: int = 0
    low: Image.Image | None = None
    grey: bool = False

    def told_ends(self, used: int) -> tuple[float, float] | None:
        """The range of a 16-bit picture whose significant bits are the low ones, else None.

        `used` has every bit that any of its samples has. PNG wants samples scaled up to 16 bits
        (PNG 3rd edition, 13.12); cameras and microscopes often leave them as they are, below
        2^significant.
        """
        largest = 2**self.significant - 1
        if not 0 < self.significant < 16 or used > largest:
            return None
        # A dark picture that was scaled up has nothing in the low bits, or copies of 0.
        scaled_up = not used & (2 ** (16 - self.significant) - 1)
        return None if scaled_up else (0.0, float(largest))


PLAIN = Facts()


def facts_of(stream: BinaryIO, image: ImageFile.ImageFile, name: str) -> Facts:
    """What the file in `stream` says; puts right what is wrong in the image's own information.

    Raises PlaygroundError for a file that Pillow would read wrong, and for one that claims more
    pixels than its bytes can hold.
    """
    place = stream.tell()
    try:
        if image.format == "PNG":
            _scale_transparency(image)
            return _png(stream, image)
        if image.format == "TGA":
            if image.mode != "P":
                image.palette = None
            return _tga(stream)
        if image.format == "JPEG2000" and image.mode not in ("L", "I;16", "I"):
            _refuse_deep_colour(stream, name)
        if image.format == "BLP":
            _refuse_empty_claim(stream, image, name)
        return PLAIN
    finally:
        stream.seek(place)


def _scale_transparency(image: ImageFile.ImageFile) -> None:
    mark = image.info.get("transparency")
    bits = {"L;2": 2, "L;4": 4}.get(str(image.tile[0].args)) if image.tile else None
    if bits is not None and isinstance(mark, int):
        image.info["transparency"] = mark * 255 // (2**bits - 1)


def _significant_bits(stream: BinaryIO) -> int:
    """The bits of a grey sample, or the most of a colour's, by the chunk sBIT; 0 without one.

    Those of the transparency, which stand last, do not count.
    """
    stream.seek(8)
    for _ in range(_MOST_CHUNKS):
        head = stream.read(8)
        if len(head) < 8 or head[4:] == b"IDAT":
            break
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"sBIT" and 1 <= length <= 4:
            return max(stream.read(length - (length in (2, 4))))
        stream.seek(length + 4, os.SEEK_CUR)
    return 0


def _png(stream: BinaryIO, image: ImageFile.ImageFile) -> Facts:
    significant = _significant_bits(stream)
    packing = str(image.tile[0].args) if image.tile else ""
    if packing not in _LOW_BYTES:
        return Facts(significant=significant)
    stream.seek(0)
    low = Image.open(stream, formats=["PNG"])
    low.tile = [low.tile[0]._replace(args=_LOW_BYTES[packing])]
    return Facts(significant=significant, low=low, grey=packing == "LA;16B")


def _tga(stream: BinaryIO) -> Facts:
    stream.seek(0)
    header = stream.read(18)
    attribute_bits, sample_bits = header[17] & 15, header[16]
    if attribute_bits == 0:
        return Facts("none")
    return Facts("inverted" if sample_bits == 16 and header[2] in (2, 10) else "stored")


def _refuse_deep_colour(stream: BinaryIO, name: str) -> None:
    stream.seek(0)
    start = stream.read(_JPEG2000_START)
    size = start.find(b"\xff\x4f\xff\x51") + 2
    count = int.from_bytes(start[size + 38 : size + 40], "big")
    depths = start[size + 40 : size + 40 + 3 * count : 3]
    deepest = max((depth & 127) + 1 for depth in depths) if depths and size > 1 else 8
    if deepest > 8:
        raise PlaygroundError(
            f"{name} is a kind of JPEG 2000 this program does not read: colour of {deepest} bits; "
            "save it with 8 bits, or as PNG or TIFF."
        )


def _refuse_empty_claim(stream: BinaryIO, image: ImageFile.ImageFile, name: str) -> None:
    """BLP's own packings take half a byte for each pixel or more; JPEG inside may take less."""
    stream.seek(0)
    jpeg = stream.read(8)[4:] == bytes(4)
    bytes_there = stream.seek(0, os.SEEK_END)
    if image.width * image.height > bytes_there * (2000 if jpeg else 2):
        raise PlaygroundError(damaged(name))
