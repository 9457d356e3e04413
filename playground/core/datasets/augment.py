"""More examples out of few: each picture mirrored or not, and shifted by a few pixels.

A cat seen in a mirror, or a little to the left, is still a cat. For a batch x (N, H, W, C), with
m_n drawn from {+1, −1} and shifts a_n, b_n from the whole numbers −s … s for each picture n,

    y[n, i, j] = x[n, clip(i + a_n, 0, H − 1), mirrored_n(clip(j + b_n, 0, W − 1))]

where mirrored_n(j) is j for m_n = +1 and W − 1 − j for m_n = −1: what comes in at an edge repeats
the outermost pixels. Source: I. Goodfellow et al., Deep Learning, 2016, section 7.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray


@dataclass(frozen=True)
class Augmentation:
    """What is done to the pictures of each training batch; nothing, as it stands."""

    shift: int = 0
    mirror: bool = False

    def __bool__(self) -> bool:
        return self.shift > 0 or self.mirror

    def __call__(
        self, batch: FloatArray, rng: np.random.Generator, start: int = 0, whole: int | None = None
    ) -> FloatArray:
        """A new batch (N, H, W, C): the pictures from `start` on of a `whole` that is drawn for."""
        return mirror_and_shift(batch, rng, self.mirror, self.shift, start, whole)


def mirror_and_shift(
    batch: FloatArray,
    rng: np.random.Generator,
    mirror: bool = True,
    shift: int = 2,
    start: int = 0,
    whole: int | None = None,
) -> FloatArray:
    """A new batch (N, H, W, C), each picture mirrored left to right at random, and shifted.

    Shifts are of up to `shift` pixels each way, down and across. The batch itself stays as it is.
    It begins at `start` of a `whole` batch that is drawn for, so that a picture is moved alike in
    every part of it. Not for digits or letters with `mirror`: most mean something else in a mirror,
    or nothing.
    Raises PlaygroundError for a shift below zero.
    """
    if shift < 0:
        raise PlaygroundError(f"Pictures are shifted by 0 pixels or more, not by {shift}.")
    count, height, width = batch.shape[:3]
    drawn, mine = count if whole is None else whole, slice(start, start + count)
    down, across = rng.integers(-shift, shift + 1, (2, drawn, 1))[:, mine]
    rows = np.clip(np.arange(height) + down, 0, height - 1)
    columns = np.clip(np.arange(width) + across, 0, width - 1)
    if mirror:
        turned = rng.random((drawn, 1))[mine] < 0.5
        columns = np.where(turned, width - 1 - columns, columns)
    pictures = np.arange(count)[:, np.newaxis, np.newaxis]
    shifted: FloatArray = batch[pictures, rows[:, :, np.newaxis], columns[:, np.newaxis, :]]
    return shifted
