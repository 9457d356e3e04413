"""Tests whether what a linear filter leaves over depends on the picture: if so, it is not noise.

The residual e of the values that were fitted is regressed on features f(x) of the picture that no
kernel makes, beside the window itself. The regression is made on one half of the tiles and tried
on the other:

    explained = 1 − Σ (e − e_features)² / Σ (e − e_window)²

so that many features can be tried: what fits noise on one half fails on the other.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.pair_fit.least_squares import Solver
from playground.core.specs import FloatArray

Feature: TypeAlias = Literal["brightness", "position", "neighbours", "colour"]

# Enough pieces to follow any tone curve.
_HATS = 16
_RIDGE = 1e-4
"""Of the length of a feature: keeps those that one half hardly has from running away."""


def brightness(made: FloatArray, centre: FloatArray) -> FloatArray:
    """Any smooth curve of the value that the kernel makes (n,), or that was there (n,)."""
    columns = [made**2, made**3, centre**2, centre**3]
    knots = np.unique(np.quantile(made, np.linspace(0, 1, _HATS)))
    columns += [np.abs(made - knot) for knot in knots[1:-1]]
    return np.stack(columns, axis=1)


def position(made: FloatArray, across: FloatArray, down: FloatArray) -> FloatArray:
    """Light that is added or multiplied from place to place; `across`, `down` in [−1, 1]."""
    radius = across**2 + down**2
    light = (across, down, across**2, down**2, across * down, radius**2)
    return np.stack([*light, *(made * one for one in light)], axis=1)


def neighbours(around: FloatArray) -> FloatArray:
    """Order, contrast and their products, of the 3 × 3 pixels `around` (n, 9)."""
    mean, contrast = around.mean(axis=1), around.std(axis=1)
    detail = around[:, 4] - mean
    columns = [around.max(axis=1), around.min(axis=1), np.median(around, axis=1), contrast]
    columns += [contrast**2, detail * np.abs(detail), detail**3, detail * contrast]
    return np.stack(columns, axis=1)


def colours(pixels: FloatArray) -> FloatArray:
    """What is no sum of the three colours (n, 3)."""
    columns = [pixels.max(axis=1), pixels.min(axis=1)]
    columns += [pixels[:, i] * pixels[:, j] for i in range(3) for j in range(i, 3)]
    return np.stack(columns, axis=1)


def explained(
    window: FloatArray,
    features: dict[Feature, FloatArray],
    rest: FloatArray,
    half: NDArray[np.bool_],
) -> dict[Feature, float]:
    """The share of `rest` (n,) that each of the `features` (n, m) explains beyond `window` (n, p).

    `half` (n,) says which half each row belongs to.
    """
    columns = [window, *(_standard(some) for some in features.values()), rest[:, np.newaxis]]
    rows = np.concatenate(columns, axis=1)
    grams = rows[half].T @ rows[half], rows[~half].T @ rows[~half]
    ends = np.cumsum([column.shape[1] for column in columns])
    plain = _held_out(grams, np.arange(ends[0]), ends[0])
    shares: dict[Feature, float] = {}
    for at, name in enumerate(features):
        chosen = np.r_[0 : ends[0], ends[at] : ends[at + 1]]
        found = _held_out(grams, chosen, ends[0])
        shares[name] = max(0.0, 1 - found / plain) if plain > 0 else 0.0
    return shares


def _standard(features: FloatArray) -> FloatArray:
    """Features (n, m) of mean 0 and length 1, without those that are the same everywhere."""
    spread = features.std(axis=0)
    told = spread > 0
    made: FloatArray = (features[:, told] - features[:, told].mean(axis=0)) / spread[told]
    return made


def _held_out(grams: tuple[FloatArray, FloatArray], chosen: NDArray[np.int_], plain: int) -> float:
    """Squared errors on each half of what was learned on the other, by the columns `chosen`.

    `grams` are both halves' products of all columns; the last column is what is to be explained.
    """
    error = 0.0
    for learn, test in (grams, grams[::-1]):
        gram = learn[np.ix_(chosen, chosen)].copy()
        beyond = np.arange(plain, len(chosen))
        gram[beyond, beyond] *= 1 + _RIDGE
        weights = Solver.of(gram).solve(learn[chosen, -1])
        tried = test[np.ix_(chosen, chosen)]
        error += float(test[-1, -1] - 2 * weights @ test[chosen, -1] + weights @ tried @ weights)
    return error
