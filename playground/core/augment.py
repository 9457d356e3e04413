"""More examples out of few: the same pictures, shifted by some pixels, or seen in a mirror.

A shifted three is still a three, so a network that sees each picture in many places learns what
matters and not where. What comes in at the edge repeats the outermost pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray


@dataclass(frozen=True)
class Augmentation:
    """Shifts by up to `shift` pixels in both directions, and a mirror for every second picture."""

    shift: int = 0
    mirror: bool = False

    def __post_init__(self) -> None:
        if self.shift < 0:
            raise PlaygroundError("Pictures are shifted by a number of pixels of zero or more.")

    def __bool__(self) -> bool:
        return self.shift > 0 or self.mirror

    def __call__(self, batch: FloatArray, generator: np.random.Generator) -> FloatArray:
        """A new batch (N, H, W, C), each picture changed at random."""
        count, height, width, _ = batch.shape
        changed = batch
        if self.mirror:
            turned = generator.random((count, 1, 1, 1)) < 0.5
            changed = np.where(turned, batch[:, :, ::-1], batch)
        if self.shift:
            side = (self.shift, self.shift)
            padded = np.pad(changed, ((0, 0), side, side, (0, 0)), mode="edge")
            windows = sliding_window_view(padded, (height, width), axis=(1, 2))
            down, right = generator.integers(0, 2 * self.shift + 1, (2, count))
            # windows (N, 2·shift + 1, 2·shift + 1, C, H, W)
            changed = windows[np.arange(count), down, right].transpose(0, 2, 3, 1)
        return np.ascontiguousarray(changed) if changed is not batch else batch.copy()
