"""Samples what a fit leaves over, at places from all over the picture, and describes it.

The whole model is `after = clip(kernel ∗ before + bias, low, high)`, rounded and perhaps
compressed. All numbers here are of the same places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.pair_fit.compression import (
    Compression,
    as_kept,
    block_corners,
    blocks_at,
    luma,
    transformed,
    uncut,
)
from playground.core.pair_fit.least_squares import Solver
from playground.core.pair_fit.pair import Pair, between
from playground.core.pair_fit.structure import (
    Feature,
    brightness,
    colours,
    explained,
    neighbours,
    position,
)
from playground.core.specs import FloatArray

# All windows together: 32 MB of float64.
_NUMBERS = 2**22
# More places make the verdict no surer.
_MOST = 60_000
# Turns until none is taken to exist; going twice as far would not come nearer for certain.
_ROUNDS, _FURTHER = 80, 1.9
# Enough blocks for a steady mean.
_BLOCKS = 400
# What is nearer to black or white may have been cut off by rounding.
_LIMITS = 0.5 / 255, 1 - 0.5 / 255


@dataclass(frozen=True, eq=False)
class Evidence:
    """n places: their windows (n, p), targets and predictions (n, C_out), and where they are.

    `around` (n, 9, C_in) are the pixels at and around them; `place` (n, 2) says where they are,
    from −1 to 1; `half` (n,) which half of the tiles they are in; `limits` where values are cut
    off.
    """

    windows: FloatArray
    around: FloatArray
    place: FloatArray
    half: NDArray[np.bool_]
    wanted: FloatArray
    made: FloatArray
    limits: tuple[float, float]

    @property
    def rest(self) -> FloatArray:
        """What the whole model leaves over (n, C_out)."""
        left: FloatArray = self.wanted - np.clip(self.made, *self.limits)
        return left

    def as_kept(self, margin: float) -> Evidence:
        """Places predicted further than `margin` from every limit, in the colours JPEG keeps.

        It spreads what was cut off over the pixels beside it.
        """
        low, high = self.limits
        kept = between(self.made, low + margin, high - margin) & between(self.wanted, low, high)
        rows = kept.all(axis=1)
        return Evidence(
            self.windows[rows],
            self.around[rows],
            self.place[rows],
            self.half[rows],
            as_kept(self.wanted[rows]),
            as_kept(self.made[rows]),
            (-np.inf, np.inf),
        )

    def structure(self, channel: int) -> dict[Feature, float]:
        """The share of what is left in one output channel that each kind of feature explains."""
        made = self.made[:, channel]
        kept = between(self.wanted[:, channel], *self.limits) & between(made, *self.limits)
        if kept.sum() < 4 * self.windows.shape[1]:
            return {}
        made, around, half = made[kept], self.around[kept], self.half[kept]
        windows, rest = self.windows[kept], self.rest[kept, channel]
        channels = around.shape[2]
        alike = self.wanted.shape[1] == channels
        own = around[:, :, channel] if alike else around.mean(axis=2)
        features: dict[Feature, FloatArray] = {
            "brightness": brightness(made, own[:, 4]),
            "position": position(made, *self.place[kept].T),
            "neighbours": neighbours(own),
        }
        if channels == 3:
            features["colour"] = colours(around[:, 4])
        return explained(windows, features, rest, half)

    def kurtosis(self) -> float:
        """Of what is left, in the half of the places where the picture changes most.

        3 for a bell, less for rounding; more where some places are much further off than others.
        """
        contrast = self.around.mean(axis=2).std(axis=1)
        busy = (
            self.rest[contrast >= np.median(contrast[contrast > 0])]
            if contrast.any()
            else self.rest
        )
        square = np.mean(busy**2, axis=0)
        return float(np.max(np.mean(busy**4, axis=0) / np.maximum(square, 1e-300) ** 2))


def look(pair: Pair, weights: FloatArray, limits: tuple[float, float]) -> Evidence:
    """Evidence from places all over the picture, as many as there is room for."""
    tiles = pair.tiles(min(_MOST, _NUMBERS // len(weights)))
    windows = np.concatenate([pair.windows(tile) for tile in tiles])
    grids = [np.mgrid[rows, columns].reshape(2, -1).T for rows, columns in tiles]
    size = np.maximum(1, np.array(pair.places) - 1)
    return Evidence(
        windows,
        np.concatenate([pair.around(tile) for tile in tiles]),
        2 * np.concatenate(grids) / size - 1,
        np.repeat(_halves(len(tiles)), [len(grid) for grid in grids]),
        np.concatenate([pair.targets(tile) for tile in tiles]),
        windows @ weights,
        limits,
    )


def _halves(count: int) -> NDArray[np.bool_]:
    """One half of `count` tiles, drawn so that both are from all over the picture."""
    return np.asarray(np.random.default_rng(1).permutation(count) % 2 == 0)


def rounded_weights(
    evidence: Evidence, start: FloatArray, half_spacing: float
) -> FloatArray | None:
    """Weights whose prediction is within `half_spacing` of every value, or beyond a cut-off one.

    None where none are found. Found by turns: the nearest values that are allowed, and the weights
    that come nearest to those. Going almost twice as far each time is faster.
    Source: L. Bregman, The method of successive projection, 1965.
    """
    low, high = evidence.limits
    wanted = evidence.wanted
    least = np.where(wanted <= low, -np.inf, wanted - half_spacing)
    most = np.where(wanted >= high, np.inf, wanted + half_spacing)
    solver = Solver.of(evidence.windows.T @ evidence.windows)
    weights = start
    for _ in range(_ROUNDS):
        made = evidence.windows @ weights
        allowed = np.clip(made, least, most)
        if np.abs(made - allowed).max() <= half_spacing / 4:
            return weights
        further = made + _FURTHER * (allowed - made)
        weights = solver.solve(evidence.windows.T @ further)
    return None


def compression_share(pair: Pair, weights: FloatArray, found: Compression) -> float:
    """The error of the predicted brightness, squared, over what these JPEG spacings make of it.

    About 1 where the picture is the prediction, saved as this JPEG. Infinite without whole blocks.
    """
    plane = luma(pair.after)
    tops, lefts = block_corners((plane.shape[0], plane.shape[1]), found.offset)
    (top, left), (rows, columns) = pair.anchor, pair.places
    inside = (
        (tops >= top) & (lefts >= left) & (tops <= top + rows - 8) & (lefts <= left + columns - 8)
    )
    tops, lefts = uncut(pair.after, (tops[inside][:_BLOCKS], lefts[inside][:_BLOCKS]))
    made = [
        (pair.windows((slice(r, r + 8), slice(c, c + 8))) @ weights).reshape(8, 8, -1)
        for r, c in zip(tops - top, lefts - left, strict=True)
    ]
    within = [bool(between(block, *_LIMITS).all()) for block in made]
    if not any(within):
        return float("inf")
    wanted = transformed(np.stack([luma(block) for block in made])[within])
    error = np.mean((transformed(blocks_at(plane, (tops, lefts)))[within] - wanted) ** 2)
    # Values are rounded before and after, and brightness is, too, where it is made of colours.
    rounded = (2 if pair.after.shape[2] == 1 else 3) / 12
    return float(error / (np.mean((found.quantized(wanted) - wanted) ** 2) + rounded))
