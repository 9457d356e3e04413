"""Which filter turns one picture into the other: the kernel, and whether there is one at all.

    after = clip(kernel ∗ before + bias, 0, 1), rounded, perhaps compressed

The kernel is that of least squared error, by the normal equations, over the values that are not
cut off: an editor that saves 8 bits puts 0 for everything below and 255 for everything above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np

from playground.core.checks import is_whole, shown
from playground.core.claims import Claim
from playground.core.errors import PlaygroundError
from playground.core.pair_fit.evidence import Evidence, look, rounded_weights
from playground.core.pair_fit.least_squares import Fit, fit
from playground.core.pair_fit.pair import Pair, cut_off, spacing_of
from playground.core.pair_fit.remainder import Remainder, left_over, remainder_of
from playground.core.pair_fit.structure import Feature
from playground.core.specs import FloatArray

Verdict: TypeAlias = Literal["linear", "not linear", "undetermined"]
Open: TypeAlias = Literal[
    "", "too small", "cut off", "flat", "constant channel", "equal channels", "alike"
]
"""Why the pictures do not determine the kernel, if they do not."""

_PIXELS, _PRODUCTS = 2_000_000, 3e10
"""What is fitted at most: from so many places all over a larger picture, a kernel is as exact."""
_TOLD = 0.05
"""A weight that could as well be so much larger is not determined."""
# Its normal equations take 0.8 GB for one channel already.
_LARGEST = 99
_BETTER = 100.0
"""Twice the logarithm of the chance by which another anchor must be likelier."""
# With fewer values than so many for each weight, most of the rest is fitted away.
_FEW = 2
# After each fit, some predictions pass the limits that did not before; soon none do.
_REFITS = 3


@dataclass(frozen=True, eq=False)
class PairFit:
    """A kernel (kh, kw, C_in, C_out) and a bias (C_out,), as `conv2d` takes them, and how they do.

    The verdict is "linear" where they explain the pair up to what `remainder` says, "not linear"
    where no kernel of this size does, and "undetermined" where other kernels do as well.
    """

    kernel: FloatArray
    bias: FloatArray
    verdict: Verdict
    residual: float
    """Root mean squared error over `pixels`, of values in [0, 1]; predictions are cut off too."""
    worst: float
    """The largest error among them."""
    pixels: int
    """All whose window lies inside the picture."""
    anchor: tuple[int, int]
    """(row, column) of the window that lies on the pixel it makes."""
    clipped: float
    """The share of values that are cut off, and so were not fitted."""
    remainder: Remainder
    """What the error is."""
    structure: Mapping[Feature, float] = field(default_factory=dict)
    """Shares of it that features of the picture explain, where it is structure."""
    undetermined: int = 0
    """Directions of the weights that leave no trace in these pictures."""
    open_because: Open = ""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The verdict and what made it so; how many values were cut off, where any were.

        The verdict's numbers are the error, the worst one, and the share of the error that the
        strongest feature explains.
        """
        strongest = max(self.structure, key=lambda name: self.structure[name], default="")
        share = max(self.structure.values(), default=0.0)
        because = {"linear": self.remainder, "not linear": strongest}
        verdict = Claim(
            self.verdict,
            (self.residual, self.worst, share),
            self.pixels,
            because=because.get(self.verdict, self.open_because),
        )
        values = self.pixels * self.bias.size
        cut = round(self.clipped * values)
        exact = self.pixels <= _most_places(self.kernel[..., 0].size)
        return (verdict, Claim("cut off", (cut,), values, exact)) if cut else (verdict,)


def which_filter(
    before: FloatArray,
    after: FloatArray,
    kernel_size: int | tuple[int, int],
    *,
    anchor: tuple[int, int] | None = None,
) -> PairFit:
    """Find the kernel of `kernel_size` (rows, columns) between pictures (H, W, 1 or 3) in [0, 1].

    It is a cross-correlation. `anchor` is (row, column); without it (size − 1) // 2 is taken, or
    OpenCV's size // 2 where that explains the pair better. Raises PlaygroundError for arrays that
    are no such pictures, or not of one size.
    """
    size = _both(kernel_size)
    before, after = _array(before, "before"), _array(after, "after")
    _check(before, after, size, anchor)
    if anchor is None:
        anchors = {
            ((size[0] - 1) // 2, (size[1] - 1) // 2): None,
            (size[0] // 2, size[1] // 2): None,
        }
    else:
        anchors = {(int(anchor[0]), int(anchor[1])): None}
    pairs = [Pair(before, after, size, one) for one in anchors]
    if 0 in pairs[0].places:
        return _too_small(pairs[0])
    limits, spacing = cut_off(after), spacing_of(after)
    tried = [_tried(pair, limits) for pair in pairs]
    pair, found, evidence = tried[0]
    for other in tried[1:]:
        squares = [float(np.mean(e.rest**2)) + 1e-18 for e in (evidence, other[2])]
        if len(evidence.rest) * np.log(squares[0] / squares[1]) > _BETTER:
            pair, found, evidence = other
    return _judged(pair, found, evidence, limits, spacing)


def _tried(pair: Pair, limits: tuple[float, float]) -> tuple[Pair, Fit, Evidence]:
    """The fit to the values that are not cut off, and what it leaves.

    Where cut off values were compressed, they no longer stand on the limits: these are told by the
    prediction, in another round.
    """
    tiles = pair.tiles(_most_places(pair.size[0] * pair.size[1] * pair.before.shape[2]))
    found = fit(pair, tiles, limits)
    evidence = look(pair, found.weights, limits)
    spacing = spacing_of(pair.after)
    for _ in range(_REFITS if found.fitted < found.seen else 0):
        rms = float(np.sqrt(np.mean(evidence.rest**2)))
        again = fit(pair, tiles, limits, found.weights, 2 * rms if rms > spacing else 0.0)
        if not found.fitted / 2 < again.fitted < found.fitted:
            break
        found = replace(again, seen=found.seen)
        evidence = replace(evidence, made=evidence.windows @ found.weights)
    return pair, found, evidence


def _most_places(weights: int) -> int:
    """From how many places a kernel of so many weights is fitted at most."""
    return int(min(_PIXELS, _PRODUCTS / (weights + 1) ** 2))


def _judged(
    pair: Pair, found: Fit, evidence: Evidence, limits: tuple[float, float], spacing: float
) -> PairFit:
    weights, few = found.weights, found.fitted < _FEW * found.weights.size
    if few and (allowed := rounded_weights(evidence, weights, max(spacing / 2, 1e-6))) is not None:
        weights, evidence = allowed, replace(evidence, made=evidence.windows @ allowed)
    left = left_over(pair, weights, limits)
    remainder, structure = remainder_of(pair, weights, evidence, left, spacing, few)
    noise = max(left.rms, spacing / np.sqrt(12), 2.0**-22)
    undetermined = max(solver.undetermined(noise, _TOLD) for solver in found.solvers)
    verdict: Verdict = "undetermined" if undetermined else "linear"
    if remainder in ("structure", "unexplained"):
        verdict = "not linear"
    return PairFit(
        weights[:-1].reshape(*pair.size, pair.before.shape[2], -1),
        weights[-1],
        verdict,
        left.rms,
        left.worst,
        pair.places[0] * pair.places[1],
        pair.anchor,
        found.clipped,
        remainder,
        structure,
        undetermined,
        _why_open(pair, few) if undetermined else "",
    )


def _why_open(pair: Pair, few: bool) -> Open:
    """Why a picture, of which `few` values came out uncut, does not tell the weights apart."""
    before = pair.before
    spans = np.ptp(before, axis=(0, 1))
    if not spans.any():
        return "flat"
    if not spans.all():
        return "constant channel"
    if before.shape[2] == 3 and np.array_equal(before.min(axis=2), before.max(axis=2)):
        return "equal channels"
    if pair.places[0] * pair.places[1] <= pair.size[0] * pair.size[1] * before.shape[2]:
        return "too small"
    return "cut off" if few else "alike"


def _too_small(pair: Pair) -> PairFit:
    """No window lies inside the picture."""
    channels = pair.before.shape[2], pair.after.shape[2]
    kernel = np.zeros((*pair.size, *channels))
    weights = kernel[..., 0].size
    return PairFit(
        kernel,
        np.zeros(channels[1]),
        "undetermined",
        *(0.0, 0.0, 0),
        pair.anchor,
        0.0,
        "nothing",
        undetermined=weights,
        open_because="too small",
    )


def _check(
    before: FloatArray,
    after: FloatArray,
    size: tuple[int, int],
    anchor: tuple[int, int] | None,
) -> None:
    for name, picture in (("before", before), ("after", after)):
        if picture.ndim != 3 or picture.shape[2] not in (1, 3) or picture.size == 0:
            raise PlaygroundError(
                f"The picture {name} the filter needs shape (height, width, 1 or 3), "
                f"not {picture.shape}."
            )
        if not np.issubdtype(picture.dtype, np.floating):
            raise PlaygroundError(
                f"The picture {name} the filter needs values from 0 to 1, not {picture.dtype}: "
                "divide by the largest."
            )
        if not np.isfinite(picture).all():
            raise PlaygroundError(f"The picture {name} the filter has values that are no numbers.")
    if before.shape[:2] != after.shape[:2]:
        raise PlaygroundError(
            f"The two pictures must be of one size: the first has {before.shape[1]} × "
            f"{before.shape[0]} pixels, the second {after.shape[1]} × {after.shape[0]}."
        )
    if anchor is not None and not _lies_in(anchor, size):
        raise PlaygroundError(
            f"The anchor {shown(anchor)} does not lie in a kernel of {size[0]} × {size[1]}."
        )


def _both(size: int | tuple[int, int]) -> tuple[int, int]:
    """Rows and columns of a kernel that may be larger than the pictures, but no monster."""
    pair = size if isinstance(size, tuple | list) else (size, size)
    if len(pair) != 2 or not all(is_whole(one, 1) and one <= _LARGEST for one in pair):
        raise PlaygroundError(
            f"A kernel has from 1 to {_LARGEST} rows and columns, not {shown(size)}."
        )
    return int(pair[0]), int(pair[1])


def _array(values: FloatArray, name: str) -> FloatArray:
    try:
        return np.asarray(values)
    except ValueError:
        text = f"The picture {name} the filter has rows of different lengths."
        raise PlaygroundError(text) from None


def _lies_in(anchor: tuple[int, int], size: tuple[int, int]) -> bool:
    given = isinstance(anchor, tuple | list) and len(anchor) == 2
    return given and all(is_whole(a, 0) and a < n for a, n in zip(anchor, size, strict=True))
