"""The sum under a kernel in parts: so many rows of one channel after the other.

    Σ over all parts of Σ over the part's taps = the whole sum

A class follows a long sum part by part, as it would add it up on paper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from playground.core.explain.explain import OutputExplanation


@dataclass(frozen=True)
class PartialSum:
    """Rows `first` to `last` − 1 of one channel: what they add up to, alone and with all before."""

    channel: int
    first: int
    last: int
    subtotal: float
    running: float


def partial_sums(explanation: OutputExplanation, rows: int) -> tuple[PartialSum, ...]:
    """The parts of `rows` rows each, the last of a channel may have fewer; channel by channel."""
    height, _, channels = explanation.products.shape
    rows = min(max(rows, 1), height)
    # (C, kh): what each row of each channel adds up to.
    lines = explanation.products.astype(np.float64).sum(axis=1).T
    parts, running = [], 0.0
    for channel in range(channels):
        for first in range(0, height, rows):
            subtotal = float(lines[channel, first : first + rows].sum())
            running += subtotal
            last = min(first + rows, height)
            parts.append(PartialSum(channel, first, last, subtotal, running))
    return tuple(parts)


def only(explanation: OutputExplanation, part: PartialSum) -> OutputExplanation:
    """The taps of one part: grids (rows, kw, 1); sum, bias and value stay those of the whole."""
    rows, channel = slice(part.first, part.last), slice(part.channel, part.channel + 1)
    return replace(
        explanation,
        patch=explanation.patch[rows, :, channel],
        weights=explanation.weights[rows, :, channel],
        products=explanation.products[rows, :, channel],
        inside=explanation.inside[rows],
    )
