"""Small picture files for the tests."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
import tifffile
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Picture
from playground.files.pictures.images import load_picture
from playground.files.pictures.sources import BytesSource


def gradient(height: int = 6, width: int = 8, channels: int = 3) -> np.ndarray:
    """Bytes that differ at every place and in every channel."""
    rows, columns, planes = np.indices((height, width, channels))
    values = (rows * 29 + columns * 17 + planes * 71) % 256
    return values.astype(np.uint8) if channels > 1 else values[:, :, 0].astype(np.uint8)


def encoded(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    """The image as the bytes of a file."""
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def loaded(data: bytes, colour: str = "rgb", working: int | None = None) -> Picture:
    """The picture in these bytes."""
    return load_picture(BytesSource("test", data), working, colour)


def pixels(image: Image.Image, format: str = "PNG", colour: str = "rgb", **options) -> np.ndarray:
    """What is loaded after the image was saved in this format."""
    return loaded(encoded(image, format, **options), colour).pixels


def skip_what_this_pillow_cannot_write(format: str) -> None:
    """Older builds lack the newest formats."""
    Image.init()
    if format not in Image.SAVE:
        pytest.skip(f"this Pillow writes no {format}")


RNG = np.random.default_rng(5)


def tiff(values: np.ndarray, **options) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, values, metadata=None, **options)
    return stream.getvalue()


def words(*shape: int, kind: str = "u2") -> np.ndarray:
    """Values over the whole range of the type, both ends among them."""
    limits = np.iinfo(kind)
    values = RNG.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)
    values.flat[0], values.flat[1] = limits.min, limits.max
    return values


def shown(data: bytes, colour: str = "rgb") -> np.ndarray:
    values = loaded(data, colour).pixels
    return values[:, :, 0] if colour == "grey" else values


def refusal(data: bytes) -> str:
    with pytest.raises(PlaygroundError) as caught:
        loaded(data)
    return str(caught.value)


def hand_made_tiff(rows: bytes, tags: dict[int, int | tuple[int, ...]]) -> bytes:
    """A little-endian TIFF of one strip; every tag is a SHORT or several."""
    tags = {258: 8, 259: 1, 262: 1, 277: 1, **tags, 273: 8, 279: len(rows)}
    tags.setdefault(278, tags[257])
    body, later = b"", b""
    start = 8 + len(rows) + 2 + 12 * len(tags) + 4
    for tag, value in sorted(tags.items()):
        numbers = value if isinstance(value, tuple) else (value,)
        data = struct.pack(f"<{len(numbers)}{'I' if tag in (273, 279) else 'H'}", *numbers)
        if len(data) > 4:
            place = struct.pack("<I", start + len(later))
            later += data
        else:
            place = data.ljust(4, b"\0")
        body += struct.pack("<HHI", tag, 4 if tag in (273, 279) else 3, len(numbers)) + place
    head = b"II*\0" + struct.pack("<I", 8 + len(rows))
    return head + rows + struct.pack("<H", len(tags)) + body + bytes(4) + later


def packed(values: np.ndarray, bits: int) -> bytes:
    """Rows of numbers, the highest bit first, each row begun at a byte."""
    lines = ("".join(f"{value:0{bits}b}" for value in row) for row in values)
    padded = (line + "0" * (-len(line) % 8) for line in lines)
    return b"".join(int(line, 2).to_bytes(len(line) // 8, "big") for line in padded)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(depth: int, kind: int, row: bytes, width: int, *extra: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, depth, kind, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" + row))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + pixels + chunk(b"IEND", b"")


def with_tag(data: bytes, tag: int, value: int) -> bytes:
    """A little-endian TIFF with another value of a SHORT tag."""
    changed = bytearray(data)
    place = struct.unpack_from("<I", data, 4)[0]
    for number in range(struct.unpack_from("<H", data, place)[0]):
        entry = place + 2 + 12 * number
        if struct.unpack_from("<H", data, entry)[0] == tag:
            changed[entry + 8 : entry + 12] = struct.pack("<I", value)
    return bytes(changed)


def one_row_tiff(words: np.ndarray) -> bytes:
    """An uncompressed grey TIFF of one row, in the byte order of its words."""
    order = "big" if words.dtype.byteorder == ">" else "little"
    data = words.tobytes()

    def number(value: int, size: int = 4) -> bytes:
        return value.to_bytes(size, order)

    bits = words.dtype.itemsize * 8
    tags = [(256, words.size), (257, 1), (258, bits), (259, 1), (262, 1)]
    tags += [(273, 8), (277, 1), (278, 1), (279, len(data))]
    entries = b"".join(
        number(tag, 2) + number(4, 2) + number(1) + number(value) for tag, value in tags
    )
    start = b"MM\0*" if order == "big" else b"II*\0"
    directory = number(len(tags), 2) + entries + number(0)
    return start + number(8 + len(data)) + data + directory


def sentence(source) -> str:
    """What the user reads; the same from every way in."""
    with pytest.raises(PlaygroundError) as caught:
        load_picture(source)
    text = str(caught.value)
    assert text.startswith(source.name), text
    assert text.endswith(".")
    assert "\n" not in text
    assert ". " not in text, "one sentence"
    assert len(text) < 220
    return text


def of(data: bytes, name: str = "cat.png") -> str:
    return sentence(BytesSource(name, data))
