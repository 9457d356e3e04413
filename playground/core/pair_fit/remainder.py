"""What a fit leaves over: nothing, rounding, compression, or something no kernel makes.

Told from the statistics of the residual. A value that is rounded to a multiple of q is off by
q/√12 on average (0.289 levels of 255) and by at most q/2. Several roundings, or a *before* that
was rounded too, leave a little more, but nothing large anywhere. JPEG leaves what its own rounding
makes of the prediction. Anything else was made by something that is no linear filter, and so was
anything that features of the picture explain on tiles that they were not learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from playground.core.convolve.convolution import conv2d
from playground.core.pair_fit.compression import find_compression
from playground.core.pair_fit.evidence import Evidence, compression_share, rounded_weights
from playground.core.pair_fit.pair import Pair
from playground.core.pair_fit.structure import Feature
from playground.core.specs import FloatArray

Remainder: TypeAlias = Literal["nothing", "rounding", "compression", "structure", "unexplained"]

# Between two values of a picture of 8 bits.
_LEVEL = 1 / 255
_EXACT = 2.0**-22
"""What sums in float32 are off by, of the largest that they can be."""
_SMALLEST = 0.05 * _LEVEL
"""What is smaller was never rounded to 8 bits."""
# Numbers predicted at a time, to bound the memory.
_STRIP_NUMBERS = 2**22
# By chance, rounding may leave a tenth more than its mean.
_CHANCE = 1.1
_SEVERAL = 2.0
"""So many times one rounding's error do several in a row leave at most."""
_FURTHEST = 7.0
"""So many times its error is a sum of roundings off at most: two levels."""
_BELL, _TAIL = 3.3, 6.0
"""The kurtosis, and the largest of all errors over their average, of noise alike everywhere."""
_COMPRESSED, _COMPRESSED_TAIL = (0.5, 1.5), 16.0
"""Error over what the JPEG's rounding makes, squared; and the largest error over the average."""
_CLEAR, _SEEN, _LOUD = 0.15, 0.04, 0.75
"""Shares of what is left that are structure: at once, and if they are as loud as rounding is."""
_MARGIN = 3.0
"""So many times the error from black and white, nothing is cut off before it is compressed."""
_SMOOTH, _LOCAL, _COLOURS = 0.02, 0.1, 0.5
"""The same beside JPEG, which zeroes fine detail: where that is depends on the detail. It keeps
colours in half the places, so that much of what it leaves of them follows the pixels around."""


@dataclass(frozen=True)
class Left:
    """The error of the whole model at all places, in the values' units."""

    rms: float
    worst: float
    by_channel: FloatArray
    """Root mean squares (C_out,), as they would be of values that were not fitted."""


def left_over(pair: Pair, weights: FloatArray, limits: tuple[float, float]) -> Left:
    """`after` less `clip(kernel ∗ before + bias)` at all places; float64, strip by strip."""
    rows, columns = pair.places
    tall, count = pair.size[0], rows * columns
    kernel = weights[:-1].reshape(*pair.size, pair.before.shape[2], -1)
    squares, worst = np.zeros(weights.shape[1]), 0.0
    height = max(1, _STRIP_NUMBERS // (columns * max(pair.before.shape[2], weights.shape[1])))
    for top in range(0, rows, height):
        stop = min(top + height, rows)
        strip = pair.before[top : stop + tall - 1].astype(np.float64)
        made = conv2d(strip, kernel, weights[-1], padding="valid").reshape(weights.shape[1], -1)
        wanted = pair.targets((slice(top, stop), slice(0, columns)))
        rest = wanted - np.clip(made.T, *limits)
        squares += np.sum(rest**2, axis=0)
        worst = max(worst, float(np.abs(rest).max()))
    free = max(1, count - len(weights))
    rms = float(np.sqrt(squares.sum() / (count * len(squares))))
    return Left(rms, worst, np.sqrt(squares / free))


def remainder_of(
    pair: Pair, weights: FloatArray, evidence: Evidence, left: Left, spacing: float, few: bool
) -> tuple[Remainder, dict[Feature, float]]:
    """What is left over, and the shares of it that features explain where that is structure.

    `spacing` is that between the values of `after`, 0 where they were not rounded; `few` says that
    hardly any of them was fitted.
    """
    exact = _EXACT * (1 + float(np.abs(weights[:-1]).sum(axis=0).max()))
    loudest = float(left.by_channel.max())
    if left.worst <= exact:
        return "nothing", {}
    if _is_rounded(weights, evidence, left, spacing, few, exact):
        return "rounding", {}
    quantum = (_LEVEL if spacing == 0 and loudest > _SMALLEST else spacing) / np.sqrt(12)
    compressed = _is_compressed(pair, weights, left)
    told = evidence.as_kept(_MARGIN * loudest) if compressed else evidence
    found: dict[Feature, float] = {}
    for channel in range(told.wanted.shape[1]):
        for name, share in told.structure(channel).items():
            loud = left.by_channel[channel] * np.sqrt(share) > _LOUD * quantum
            clear = share > _CLEAR or (share > _SEEN and loud)
            if compressed and channel > 0:
                clear = share > _COLOURS
            elif compressed:
                clear = share > (_SMOOTH if name in ("brightness", "position") else _LOCAL)
            if clear:
                found[name] = max(share, found.get(name, 0.0))
    if found:
        return "structure", found
    if compressed:
        return "compression", {}
    # The kernel carries on the rounding of the picture before it.
    carried = quantum * np.sqrt(1 + np.sum(weights[:-1] ** 2, axis=0))
    alike = left.worst <= _FURTHEST * carried.max()
    alike = alike or (evidence.kurtosis() < _BELL and left.worst <= _TAIL * loudest)
    quiet = bool(np.all(left.by_channel <= _SEVERAL * carried))
    return ("rounding" if quiet and alike else "unexplained"), {}


def _is_rounded(
    weights: FloatArray, evidence: Evidence, left: Left, spacing: float, few: bool, exact: float
) -> bool:
    """Whether some kernel predicts every value up to rounding."""
    loudest = float(left.by_channel.max())
    if spacing and loudest <= _CHANCE * spacing / np.sqrt(12) and left.worst <= 1.5 * spacing:
        return True
    # Halves are rounded by half a spacing each, and are no noise where they have a pattern.
    possible = few or (spacing > 0 and loudest <= spacing / 2 and left.worst <= 2 * spacing)
    return possible and rounded_weights(evidence, weights, max(spacing / 2, exact)) is not None


def _is_compressed(pair: Pair, weights: FloatArray, left: Left) -> bool:
    """Whether the rounding of a JPEG that `after` was accounts for what is left."""
    if left.worst > _COMPRESSED_TAIL * float(left.by_channel.max()):
        return False
    found = find_compression(pair.after)
    if found is None:
        return False
    least, most = _COMPRESSED
    return least < compression_share(pair, weights, found) < most
