"""The picture a network looks at: pixels (H, W, C) in [0, 1] at working size, and its origin.

A photo is far larger than a first look at a kernel needs, so the network is given a copy whose
long side is the *working size* s: (w, h) → (w, h) · min(1, s / max(w, h)), never enlarged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray, frozen_array

Colour: TypeAlias = Literal["grey", "rgb"]
WorkingSize: TypeAlias = Literal[128, 256, 512, 1024] | None

COLOURS: tuple[Colour, ...] = get_args(Colour)
# From fast on any laptop up to the picture's own size.
WORKING_SIZES: tuple[WorkingSize, ...] = (128, 256, 512, 1024, None)
CHANNELS: dict[Colour, int] = {"grey": 1, "rgb": 3}
LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Shares of red, green and blue in grey. Source: ITU-R BT.601, section 2.5.1."""
_NARROW = 0.25


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels (H, W, C) float32 in [0, 1], read-only; C is 1 for grey and 3 for RGB.

    `original_size` is (width, height) before resizing; `working` is the long side asked for, None
    for full size; `source` is what the picture can be read again from, at another size or colour.
    `stamp` tells a source that has changed since. `used` is the share of the range from black to
    white that the source's pixels lie in, all of it where they were `stretched` to that range.
    """

    pixels: FloatArray
    name: str
    original_size: tuple[int, int]
    working: WorkingSize = 512
    colour: Colour = "grey"
    source: Any = None
    stamp: Any = None
    used: float = 1.0
    stretched: bool = False

    def __post_init__(self) -> None:
        pixels = self.pixels
        if pixels.ndim != 3 or pixels.shape[2] != CHANNELS[self.colour] or pixels.size == 0:
            raise PlaygroundError(
                f"A {self.colour} picture needs pixels of shape (height, width, "
                f"{CHANNELS[self.colour]}), not {pixels.shape}."
            )
        if pixels.dtype != np.float32 or pixels.flags.writeable or not pixels.flags.c_contiguous:
            object.__setattr__(self, "pixels", frozen_array(pixels))

    @property
    def width(self) -> int:
        """Pixels across, at working size."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down, at working size."""
        return int(self.pixels.shape[0])

    @property
    def channels(self) -> int:
        """1 for grey, 3 for RGB."""
        return int(self.pixels.shape[2])

    @property
    def narrow(self) -> bool:
        """Whether so little of the range is used that little can be seen: 14 bits in 16, or less.

        A picture of one value uses none of it, and has nothing to be stretched.
        """
        return 0 < self.used <= _NARROW

    @property
    def resized(self) -> bool:
        """Whether the working size made the picture smaller than it was."""
        return (self.width, self.height) != self.original_size

    @property
    def caption(self) -> str:
        """The size in words: "512 × 341, from 4032 × 2688"."""
        shown = f"{self.width} × {self.height}"
        if not self.resized:
            return shown
        return f"{shown}, from {self.original_size[0]} × {self.original_size[1]}"


def fitted_size(size: tuple[int, int], working: int | None) -> tuple[int, int]:
    """(width, height) at working size: the long side is at most `working`, the short at least 1."""
    width, height = size
    long_side = max(width, height)
    if working is None or long_side <= working:
        return width, height
    return (
        max(1, round(width * working / long_side)),
        max(1, round(height * working / long_side)),
    )


def recoloured(values: NDArray[Any], colour: Colour) -> FloatArray:
    """(…, 1 or 3) as (…, 1) for grey, by LUMA, or as (…, 3) for RGB, the grey repeated."""
    channels = values.shape[-1]
    if colour == "rgb":
        return np.repeat(values, 3, axis=-1) if channels == 1 else values
    return values if channels == 1 else (values @ LUMA)[..., None]
