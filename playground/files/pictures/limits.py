"""How large a picture may be, checked before its pixels are unpacked.

A picture file says its size in its first bytes, and 194 kB can claim 200 million pixels. The
claim is checked against the limits here before any memory is set aside for it.
"""

from __future__ import annotations

from PIL import Image

from playground.core.errors import PlaygroundError

MAX_PIXELS = 120_000_000
"""Largest picture, in pixels: above every camera a school owns, 0.5 GB once unpacked."""
MAX_FILE_BYTES = 512 * 2**20
"""Largest file that is opened at all: it holds the largest picture as grey floats (480 MB)."""

# Pillow refuses pictures hidden inside others (icons) above twice its own figure.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2


def check_file_bytes(name: str, count: int) -> None:
    """Raise PlaygroundError when a file of `count` bytes is empty or too large to open."""
    if count == 0:
        raise PlaygroundError(f"{name} is empty (0 bytes), so there is no picture in it.")
    if count > MAX_FILE_BYTES:
        raise PlaygroundError(
            f"{name} is {megabytes(count)}, more than the {megabytes(MAX_FILE_BYTES)} "
            "that can be opened; save a smaller copy of it first."
        )


def check_pixels(name: str, size: tuple[int, int]) -> None:
    """Raise PlaygroundError when a picture of (width, height) has no pixels or too many."""
    width, height = size
    if width < 1 or height < 1:
        raise PlaygroundError(f"{name} has no pixels: its size is {width} × {height}.")
    if width * height > MAX_PIXELS:
        raise too_many_pixels(name, width * height)


def check_bytes(name: str, count: int, most: int) -> None:
    """Raise PlaygroundError when a picture's values would take more than `most` bytes."""
    if count > most:
        raise PlaygroundError(
            f"{name} would take {megabytes(count)} of memory, more than the {megabytes(most)} "
            "that can be opened; save a smaller copy of it first."
        )


def too_many_pixels(name: str, count: int | None) -> PlaygroundError:
    """The sentence about a picture of `count` pixels, or of an unknown number above the limit."""
    has = "more pixels than fit" if count is None else f"{millions(count)} pixels, too many"
    return PlaygroundError(
        f"{name} has {has}: at most {millions(MAX_PIXELS)} can be opened, "
        "so save a smaller copy of it first."
    )


def millions(count: int) -> str:
    """A count in words: "24.2 million"."""
    value = f"{count / 1e6:.1f}".removesuffix(".0")
    return f"{value} million"


def megabytes(count: int) -> str:
    """A number of bytes in words: "512 MB"."""
    return f"{count / 2**20:.0f} MB"
