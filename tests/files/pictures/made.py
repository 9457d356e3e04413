"""Small picture files for the tests."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

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
