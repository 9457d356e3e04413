"""What can be said about one kernel: its sums, its rank, and the two vectors of a separable one.

A kernel of rank 1 is a column times a row, K = c · rᵀ, and then filtering with kh + kw weights
does what kh · kw weights do:

    Sobel x = [1, 2, 1]ᵀ · [−1, 0, 1]           Gaussian = g · gᵀ

The rank is the number of singular values above a tolerance relative to the largest
(G. Golub and C. Van Loan, Matrix Computations, §5.4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.core.claims import Claim
from playground.core.specs import FloatArray

# Float32 weights carry about seven digits; a kernel typed in with six is still separable.
RANK_TOLERANCE = 1e-5
# Larger whole numbers are no easier to read than the decimals they stand for.
LARGEST_INTEGER = 100
_CANCELLED = 1e-3
"""Channels cancel where their sum is smaller than this share of the strongest one."""


@dataclass(frozen=True, eq=False)
class Separability:
    """The rank of a 2-D kernel; at rank 1 also `column` (kh,) and `row` (kw,), else None.

    column[:, None] * row[None, :] is the kernel.
    """

    rank: int
    column: FloatArray | None = None
    row: FloatArray | None = None

    @property
    def separable(self) -> bool:
        """Whether the kernel is a column times a row."""
        return self.rank == 1


@dataclass(frozen=True, eq=False)
class KernelSummary:
    """The figures shown beside a kernel (kh, kw, C).

    `separable` counts the channels that are a column times a row, or empty; its second number is
    the highest rank. `column` and `row` are given where all channels are multiples of one separable
    kernel, and `factors` (C,): channel c is factors[c] times their product. That is the sum over
    the channels, with which a grey picture is filtered; where they cancel, the strongest channel.
    """

    sum: float
    abs_sum: float
    separable: Claim
    column: FloatArray | None
    row: FloatArray | None
    factors: FloatArray | None
    channels: tuple[Separability, ...]


def summary(kernel: FloatArray) -> KernelSummary:
    """Σ w, Σ|w| and the separability of a kernel (kh, kw, C)."""
    weights = kernel.astype(np.float64)
    channels = tuple(separability(weights[..., c]) for c in range(weights.shape[2]))
    ranks = [channel.rank for channel in channels]
    rank = max(ranks)
    common, factors = Separability(rank), None
    if rank == 1 and _rank(weights.reshape(-1, weights.shape[2])) == 1:
        common, factors = _common(weights)
    return KernelSummary(
        sum=float(weights.sum()),
        abs_sum=float(np.abs(weights).sum()),
        separable=Claim("separable", (sum(each <= 1 for each in ranks), rank), len(ranks)),
        column=common.column,
        row=common.row,
        factors=factors,
        channels=channels,
    )


def _common(weights: FloatArray) -> tuple[Separability, FloatArray]:
    """The kernel of which all channels (kh, kw, C) are multiples, and how many times it each is."""
    place = np.unravel_index(np.argmax(np.abs(weights)), weights.shape)
    at_largest = weights[place[0], place[1]]
    factors = at_largest / at_largest[place[2]]
    if abs(factors.sum()) > _CANCELLED:
        factors = factors / factors.sum()
        return separability(weights.sum(axis=2)), factors
    return separability(weights[..., place[2]]), factors


def separability(kernel2d: FloatArray) -> Separability:
    """The rank of a kernel (kh, kw) and, at rank 1, its two vectors scaled to be read.

    >>> sobel = separability(np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    >>> sobel.column, sobel.row
    (array([1., 2., 1.]), array([-1.,  0.,  1.]))
    """
    weights = np.asarray(kernel2d, dtype=np.float64)
    rank = _rank(weights)
    if rank != 1:
        return Separability(rank)
    # In a rank-1 matrix every column is a multiple of every other: the largest weight's column
    # and row are the least rounded.
    i, j = np.unravel_index(np.argmax(np.abs(weights)), weights.shape)
    column, row = _readable(weights[:, j]), _readable(weights[i, :])
    column, row = _with_signs(column, row, weights[i, j] * column[i] * row[j])
    return Separability(rank, *_share_out(weights[i, j] / (column[i] * row[j]), column, row))


def vector_text(vector: FloatArray) -> str:
    """A vector as people write it: small whole numbers and a factor, where there are such.

    >>> vector_text(np.array([0.25, 0.5, 0.25]))
    '1/4 · [1, 2, 1]'
    >>> vector_text(np.array([-1.0, 0.0, 1.0]))
    '[-1, 0, 1]'
    """
    numbers = _readable(vector)
    if not _is_whole(numbers):
        return f"[{', '.join(f'{value:.3g}' for value in vector)}]"
    largest = int(np.argmax(np.abs(vector)))
    factor = float(vector[largest] / numbers[largest])
    text = f"[{', '.join(f'{value:g}' for value in numbers)}]"
    if math.isclose(factor, 1, rel_tol=RANK_TOLERANCE):
        return text
    return f"1/{1 / factor:.0f} · {text}" if _is_whole(1 / factor) else f"{factor:.3g} · {text}"


def _is_whole(numbers: FloatArray | float) -> bool:
    return bool(np.allclose(numbers, np.rint(numbers), rtol=RANK_TOLERANCE, atol=0))


def _rank(matrix: FloatArray) -> int:
    values = np.linalg.svd(matrix, compute_uv=False)
    return int(np.count_nonzero(values > RANK_TOLERANCE * values[0]))


def _readable(vector: FloatArray) -> FloatArray:
    """A positive multiple of `vector` in small whole numbers, or else with max |v| = 1."""
    scaled = vector / np.abs(vector).max()
    smallest = np.abs(scaled[np.abs(scaled) > RANK_TOLERANCE]).min()
    for multiplier in range(1, 13):
        candidate = scaled / smallest * multiplier
        whole = np.rint(candidate)
        if np.abs(whole).max() > LARGEST_INTEGER:
            break
        if np.allclose(candidate, whole, rtol=RANK_TOLERANCE, atol=RANK_TOLERANCE):
            return np.asarray(whole + 0.0)  # no -0.0
    return np.asarray(scaled)


def _with_signs(
    column: FloatArray, row: FloatArray, agreement: float
) -> tuple[FloatArray, FloatArray]:
    """Each vector with the sign in which it is known: a smoothing is positive.

    A difference (Σ = 0) has no such sign; it takes the one that leaves a positive factor.
    `agreement` is positive where the factor in front of the given vectors is.
    """
    if column.sum() < -RANK_TOLERANCE:
        column, agreement = 0 - column, -agreement
    if row.sum() < -RANK_TOLERANCE:
        row, agreement = 0 - row, -agreement
    if agreement < 0 and abs(row.sum()) <= RANK_TOLERANCE:
        return column, 0 - row
    if agreement < 0 and abs(column.sum()) <= RANK_TOLERANCE:
        return 0 - column, row
    return column, row


def _share_out(factor: float, column: FloatArray, row: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The factor worked into the vectors: half into each of an equal pair, else all into the row.

    Whole numbers are only shared out where that leaves a unit fraction: 1/16 into 1/4 and 1/4.
    """
    root = math.sqrt(abs(factor))
    if np.array_equal(column, row) and (_is_whole(1 / root) or not _is_whole(column)):
        return root * column, math.copysign(root, factor) * row
    return column, factor * row
