"""Damaged picture files: seeded mutations of small whole ones of every common format.

What happens to files in a school: a stick pulled too early (cut short), a bad sector (overwritten,
zeroed), a broken download (pieces missing, doubled or of another file), and headers that lie.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from PIL import Image

from tests.files.pictures.made import encoded, gradient

Mutation = Callable[[random.Random, bytearray, bytes], bytes]


@cache
def whole_files() -> dict[str, bytes]:
    """One or more small files of each format."""
    rgb = Image.fromarray(gradient(18, 24))
    grey = rgb.convert("L")
    palette = rgb.quantize(16)
    alpha = rgb.copy()
    alpha.putalpha(grey)
    words = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    exif = Image.Exif()
    exif[274] = 6
    files = {
        "png": encoded(rgb, "PNG"),
        "png-alpha": encoded(alpha, "PNG", exif=exif),
        "png-palette": encoded(palette, "PNG", transparency=bytes(16)),
        "png-16": encoded(words, "PNG"),
        "apng": encoded(rgb, "PNG", save_all=True, append_images=[rgb.rotate(90), rgb.rotate(180)]),
        "jpeg": encoded(rgb, "JPEG", exif=exif),
        "jpeg-progressive": encoded(rgb, "JPEG", progressive=True),
        "jpeg-cmyk": encoded(rgb.convert("CMYK"), "JPEG"),
        "gif": encoded(palette, "GIF", save_all=True, append_images=[palette.rotate(90)]),
        "bmp": encoded(rgb, "BMP"),
        "bmp-palette": encoded(palette, "BMP"),
        "tiff": encoded(rgb, "TIFF"),
        "tiff-lzw": encoded(rgb, "TIFF", compression="tiff_lzw"),
        "tiff-jpeg": encoded(rgb, "TIFF", compression="jpeg"),
        "tiff-float": encoded(Image.fromarray(np.asarray(grey) / np.float32(255)), "TIFF"),
        "webp": encoded(rgb, "WEBP"),
        "webp-lossless": encoded(alpha, "WEBP", lossless=True),
        "ppm": encoded(rgb, "PPM"),
        "ppm-plain": b"P3 3 2 255\n" + b" ".join(b"%d" % value for value in range(18)),
        "tga": encoded(alpha, "TGA", compression="tga_rle"),
        "ico": encoded(alpha, "ICO", sizes=[(16, 16)]),
        "ico-bmp": encoded(alpha, "ICO", sizes=[(16, 16)], bitmap_format="bmp"),
        "pcx": encoded(rgb, "PCX"),
        "sgi": encoded(rgb, "SGI"),
        "dds": encoded(alpha, "DDS"),
        "xbm": encoded(grey.convert("1"), "XBM"),
        "icns": encoded(alpha.resize((16, 16)), "ICNS"),
        "jpeg2000": encoded(rgb, "JPEG2000"),
    }
    Image.init()
    # Not every Pillow writes these.
    return files | {
        format.lower(): encoded(rgb, format) for format in ("QOI", "AVIF") if format in Image.SAVE
    }


def damaged_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` damaged files, each with a name that says how it came about."""
    chance = random.Random(seed)
    files = list(whole_files().items())
    for number in range(count):
        format, data = files[number % len(files)]
        mutation = chance.choice(MUTATIONS)
        other = chance.choice(files)[1]
        damaged = mutation(chance, bytearray(data), other)
        if format.startswith(("png", "apng")) and chance.random() < 0.5:
            # Half of the mutations would end at a checksum: let them through to the decoder.
            damaged = with_checksums(damaged)
        yield f"{number}-{mutation.__name__}.{format}", damaged


def flip_bits(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def cut_short(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    return bytes(data[: chance.randrange(len(data))])


def lie_in_the_header(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    for _ in range(chance.choice((1, 2, 4))):
        place = chance.randrange(min(64, len(data)))
        data[place] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(data)


def lie_in_a_number(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    place = chance.randrange(max(1, len(data) - 4))
    value = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 20000))
    size = chance.choice((2, 4))
    data[place : place + size] = (value % 256**size).to_bytes(
        size, chance.choice(("big", "little"))
    )
    return bytes(data)


def overwrite_a_block(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    start = chance.randrange(len(data))
    length = min(chance.choice((4, 16, 64, 512)), len(data) - start)
    data[start : start + length] = chance.choice((bytes(length), chance.randbytes(length)))
    return bytes(data)


def lose_a_piece(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 2, 7, 50))]
    return bytes(data)


def repeat_a_piece(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 4, 60))]
    return bytes(data[:start] + piece * chance.choice((2, 3, 200)) + data[start:])


def splice_another_file(chance: random.Random, data: bytearray, other: bytes) -> bytes:
    return bytes(data[: chance.randrange(len(data))]) + other[chance.randrange(len(other)) :]


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits,
    cut_short,
    lie_in_the_header,
    lie_in_a_number,
    overwrite_a_block,
    lose_a_piece,
    repeat_a_piece,
    splice_another_file,
)


def with_checksums(png: bytes) -> bytes:
    """A PNG whose chunks have right checksums again, as far as its chunks can be told."""
    out, place = bytearray(png[:8]), 8
    while place + 12 <= len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        end = place + 8 + length
        if end + 4 > len(png):
            break
        body = png[place + 4 : end]
        out += png[place : place + 4] + body + zlib.crc32(body).to_bytes(4, "big")
        place = end + 4
    return bytes(out + png[place:])


def png_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("L", (4, 4))))
    data[16:24] = struct.pack(">II", width, height)
    return with_checksums(bytes(data))
