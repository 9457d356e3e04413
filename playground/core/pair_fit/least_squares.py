"""Least squares by the normal equations, in float64, and what they leave open.

    G w = r   with   G = Σ xᵀx,   r = Σ xᵀy

Each column is scaled to length 1, so that the eigenvalues of G say how far the pictures tell the
weights apart. A direction without any is left out, which gives the shortest of equal solutions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.pair_fit.pair import Pair, Tile, between
from playground.core.specs import FloatArray

_NOTHING = 1e-12
"""Of the largest eigenvalue: what float64 cannot tell from zero."""


@dataclass(frozen=True, eq=False)
class Solver:
    """The inverse of one matrix G (p, p), as far as it has one."""

    values: FloatArray
    """Eigenvalues (p,), from small to large; of columns scaled to length 1."""
    directions: FloatArray
    """The eigenvectors (p, p) as columns, in the weights' units."""

    @classmethod
    def of(cls, gram: FloatArray) -> Solver:
        """Invert `gram` (p, p), symmetric, none of whose eigenvalues is negative."""
        scale = np.sqrt(np.diag(gram))
        scale = np.where(scale > 0, scale, 1.0)
        values, vectors = np.linalg.eigh(gram / np.outer(scale, scale))
        return cls(values, vectors / scale[:, np.newaxis])

    def solve(self, right: FloatArray) -> FloatArray:
        """The shortest solution w (p,) or (p, n)."""
        seen = self._seen
        directions = self.directions[:, seen]
        solution: FloatArray = (directions / self.values[seen]) @ (directions.T @ right)
        return solution

    def undetermined(self, noise: float, told: float) -> int:
        """Directions in which `noise` in the values moves the weights, but the bias, by `told`."""
        lengths = np.linalg.norm(self.directions[:-1], axis=0)
        spread = noise * lengths / np.sqrt(np.maximum(self.values, 1e-300))
        return int(np.sum(~self._seen | (spread > told)))

    @property
    def _seen(self) -> NDArray[np.bool_]:
        seen: NDArray[np.bool_] = self.values > _NOTHING * max(float(self.values[-1]), 1e-300)
        return seen


@dataclass(frozen=True, eq=False)
class Fit:
    """Weights (kh·kw·C_in + 1, C_out), the bias last, and how they were found."""

    weights: FloatArray
    solvers: list[Solver]
    fitted: int
    """Values that were fitted, of all channels."""
    seen: int
    """Values that were looked at."""

    @property
    def clipped(self) -> float:
        """The share of values that are cut off."""
        return 1 - self.fitted / self.seen


def fit(
    pair: Pair,
    tiles: list[Tile],
    limits: tuple[float, float],
    first: FloatArray | None = None,
    margin: float = 0.0,
) -> Fit:
    """The weights of least squared error over the values strictly within `limits`.

    Where `first` gives weights, only where those predict values within `limits` by a `margin`:
    what was cut off and then compressed does not stand exactly on a limit.
    """
    channels = pair.after.shape[2]
    length = pair.size[0] * pair.size[1] * pair.before.shape[2] + 1
    grams, rights = np.zeros((channels, length, length)), np.zeros((channels, length))
    fitted = seen = 0
    for tile in tiles:
        rows = pair.windows(tile)
        wanted = pair.targets(tile)
        kept = between(wanted, *limits)
        if first is not None:
            kept &= between(rows @ first, limits[0] + margin, limits[1] - margin)
        fitted, seen = fitted + int(kept.sum()), seen + kept.size
        _add(rows, wanted, kept, grams, rights)
    solvers = [Solver.of(gram) for gram in grams]
    weights = np.stack([s.solve(r) for s, r in zip(solvers, rights, strict=True)], axis=1)
    return Fit(weights, solvers, fitted, seen)


def _add(
    rows: FloatArray,
    wanted: FloatArray,
    kept: NDArray[np.bool_],
    grams: FloatArray,
    rights: FloatArray,
) -> None:
    """Add one tile's products to those of each channel; the whole tile's only once."""
    whole: FloatArray | None = None
    for channel in range(wanted.shape[1]):
        mine = kept[:, channel]
        if mine.all():
            whole = rows.T @ rows if whole is None else whole
            grams[channel] += whole
            rights[channel] += rows.T @ wanted[:, channel]
        elif mine.any():
            some = rows[mine]
            grams[channel] += some.T @ some
            rights[channel] += some.T @ wanted[mine, channel]
