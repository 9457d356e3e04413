"""Pictures and what editors make of them, computed another way than the package does."""

import io

import numpy as np
from PIL import Image

from playground.files.assets import asset_path

BOX = np.full((3, 3), 1 / 9)
SHARPEN = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], float)


def photo(name="chelsea.png", mode="L"):
    """A sample as an image of Pillow's."""
    return Image.open(asset_path("samples", name)).convert(mode)


def pixels(image):
    values = np.asarray(image, np.float32) / 255
    return values[..., np.newaxis] if values.ndim == 2 else values


def image(values):
    levels = np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
    return Image.fromarray(levels[..., 0] if levels.shape[2] == 1 else levels)


def in_8_bits(values):
    return pixels(image(values))


def as_jpeg(values, quality, **options):
    kept = io.BytesIO()
    image(values).save(kept, "JPEG", quality=quality, **options)
    return pixels(Image.open(kept))


def filtered(before, kernel, bias=0.0, anchor=None):
    """Each output pixel as a sum over the window, one weight at a time; the outside is 0.

    `kernel` (kh, kw) is that of every channel, or (kh, kw, C_in, C_out).
    """
    kernel = np.asarray(kernel, float)
    if kernel.ndim == 2:
        kernel = kernel[..., np.newaxis, np.newaxis] * np.eye(before.shape[2])
    tall, wide = kernel.shape[:2]
    top, left = ((tall - 1) // 2, (wide - 1) // 2) if anchor is None else anchor
    height, width = before.shape[:2]
    padded = np.zeros((height + tall - 1, width + wide - 1, before.shape[2]))
    padded[top : top + height, left : left + width] = before
    made = np.zeros((height, width, kernel.shape[3])) + bias
    for row in range(tall):
        for column in range(wide):
            part = padded[row : row + height, column : column + width]
            made += part @ kernel[row, column]
    return made
