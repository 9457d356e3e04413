"""Draw the patterns and the text page of assets/samples: python -m tests.tools.make_patterns.

Each pattern makes one property of a kernel visible: what it does to flat ground, to an edge of
each direction, to each frequency, and to one single bright pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

SIDE = 256
PAGE = (512, 512)
PAGE_TITLE = "What a kernel sees"
PAGE_TEXT = """\
A kernel is a small window that slides
over the picture. At every place it
multiplies each pixel by the weight that
lies on top of it, adds the products up,
and writes one single number.

Where the picture under the window looks
like the kernel, that number is large;
where it looks like the opposite, it is
far below zero; on flat ground it is zero,
if the weights add up to nothing.

On a page of text the upright strokes of
l, i and H wake one kernel, the level bars
of e, t and z another. Turn the kernel,
and other strokes light up.
"""
FOLDER = Path(__file__).resolve().parents[2] / "assets" / "samples"


def checkerboard() -> NDArray[np.uint8]:
    """Squares of 32 × 32, black at the top left."""
    rows, columns = np.indices((SIDE, SIDE)) // 32
    return _bytes((rows + columns) % 2)


def gradient() -> NDArray[np.uint8]:
    """Black at the left to white at the right: every grey once, the same slope everywhere."""
    return np.tile(np.arange(SIDE, dtype=np.uint8), (SIDE, 1))


def radial_gradient() -> NDArray[np.uint8]:
    """White in the middle, darker with the distance: a slope in every direction."""
    return _bytes(1 - _radius() / _radius().max())


def bright_pixel() -> NDArray[np.uint8]:
    """One white pixel on black: convolved, it becomes the kernel; correlated, its half turn."""
    values = np.zeros((31, 31), np.uint8)
    values[15, 15] = 255
    return values


def zone_plate() -> NDArray[np.uint8]:
    """(1 + cos(π r² / N)) / 2: frequency grows with the radius, up to Nyquist's at the rim."""
    return _bytes((1 + np.cos(np.pi * _radius() ** 2 / SIDE)) / 2)


def rising_stripes() -> NDArray[np.uint8]:
    """Upright stripes whose frequency grows from 1/128 to 1/4 cycle per pixel; paler below."""
    position = np.arange(SIDE) / SIDE
    low, high = 1 / 128, 1 / 4
    growth = np.log(high / low)
    phase = 2 * np.pi * low * SIDE * (np.exp(growth * position) - 1) / growth
    contrast = np.linspace(1, 0.1, SIDE)[:, None]
    return _bytes(0.5 + 0.5 * contrast * np.sin(phase))


def step_edges() -> NDArray[np.uint8]:
    """Five upright bands of rising brightness, and the same lying, side by side."""
    steps = np.repeat(np.linspace(0, 1, 5), np.diff(np.linspace(0, SIDE, 6).astype(int)))
    half = SIDE // 2
    upright = np.tile(steps, (half, 1))
    lying = np.tile(steps[:, None], (1, half))
    bottom = np.hstack([lying[::2], 1 - lying[::2]])
    return _bytes(np.vstack([upright, bottom]))


def disc() -> NDArray[np.uint8]:
    """A white disc with a smooth rim: an edge of every direction."""
    return _bytes(np.clip(SIDE * 0.3 - _radius() + 0.5, 0, 1))


def star() -> NDArray[np.uint8]:
    """Sixteen wedges that meet: lines of every direction, closer and closer (a Siemens star)."""
    y, x = _offsets()
    wedges = np.sin(16 * np.arctan2(y, x)) * np.maximum(_radius(), 1)
    inside = _radius() < SIDE * 0.47
    return _bytes(np.where(inside, np.clip(0.5 + wedges / 16, 0, 1), 0.5))


def noise() -> NDArray[np.uint8]:
    """Independent random greys, seeded: blurring kernels calm them, sharpening ones do not."""
    return np.random.default_rng(2).integers(0, 256, (SIDE, SIDE), dtype=np.uint8)


def colours() -> NDArray[np.uint8]:
    """Red, green and blue light overlapping on black: one disc for each input channel."""
    y, x = _offsets()
    planes = []
    for turn in (0, 1, 2):
        angle = np.pi * (2 * turn / 3 - 0.5)
        distance = np.hypot(x - 44 * np.cos(angle), y - 44 * np.sin(angle) - 8)
        planes.append(np.clip(70 - distance + 0.5, 0, 1))
    return _bytes(np.stack(planes, axis=-1))


def text_page() -> NDArray[np.uint8]:
    """A printed page: strokes of one width in a few directions, on white."""
    page = Image.new("L", PAGE, 255)
    pen = ImageDraw.Draw(page)
    pen.text((48, 28), PAGE_TITLE, fill=0, font=ImageFont.load_default(32))
    pen.multiline_text((48, 84), PAGE_TEXT, fill=0, font=ImageFont.load_default(20), spacing=4)
    return np.asarray(page)


PATTERNS: dict[str, Callable[[], NDArray[np.uint8]]] = {
    "pattern-checkerboard.png": checkerboard,
    "pattern-gradient.png": gradient,
    "pattern-radial-gradient.png": radial_gradient,
    "pattern-bright-pixel.png": bright_pixel,
    "pattern-zone-plate.png": zone_plate,
    "pattern-rising-stripes.png": rising_stripes,
    "pattern-step-edges.png": step_edges,
    "pattern-disc.png": disc,
    "pattern-star.png": star,
    "pattern-noise.png": noise,
    "pattern-colours.png": colours,
}


def main() -> None:
    """Write every pattern."""
    for name, draw in PATTERNS.items():
        Image.fromarray(draw()).save(FOLDER / name, optimize=True)
    # Not among the patterns: another FreeType draws its letters a shade differently.
    Image.fromarray(text_page()).save(FOLDER / "page.png", optimize=True)


def _offsets() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows, columns = np.indices((SIDE, SIDE))
    middle = (SIDE - 1) / 2
    return rows - middle, columns - middle


def _radius() -> NDArray[np.float64]:
    return np.hypot(*_offsets())


def _bytes(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    return np.rint(np.asarray(values, np.float64) * 255).astype(np.uint8)


if __name__ == "__main__":
    main()
