"""Learning one kernel from what it does: a hidden one, or the one between two pictures.

The examples are patches of the picture and what the filter makes of them, so the loss

    L(w, b) = mean (Σ w·x + b − t)²

is a bowl whose curvature is twice the second moments of the patches. The curvature differs a
thousandfold between directions, since neighbouring pixels of a photograph are alike; momentum
copes with that, at a learning rate just below what the steepest direction allows.
Source: B. Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.core.convolve.convolution import conv2d
from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import glorot_uniform
from playground.core.pair_fit import PairFit, which_filter
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec, Padding
from playground.core.tasks.base import PictureTask, cut_patches, with_input_shape
from playground.core.tasks.learning_time import pace_and_epochs
from playground.core.training.training_setup import TrainingSetup

# Leaves 4 × 4 places under the largest kernel, 11 × 11.
_PATCH = 14
# Examples, and the places that the best of them are chosen from.
_PATCHES, _PLACES = 1024, 8192
_ENOUGH = 0.05
"""Of all places, that patches of one side are taken from."""
# Polyak's best, ((√κ − 1) / (√κ + 1))², for curvatures that differ κ = 40,000-fold.
_MOMENTUM = 0.98
# Without contrast, the learning rate would be infinite.
_FLATTEST = 1e-6
_BATCH = 32
_MOMENT_EXAMPLES = 64
"""Examples whose patches are laid out at once."""
FOUND = 0.002
"""A hidden kernel is found when no weight is further off than this part of its largest one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class CopyTask(PictureTask):
    """Find the hidden kernel `goal` that leads from one picture to the other.

    Patches of a picture have no outside to fill.
    """

    goal: Conv2DSpec

    padding: ClassVar[Padding | None] = "valid"

    @property
    def hidden(self) -> Conv2DSpec | None:
        return self.goal

    def distance(self, weights: Sequence[FloatArray]) -> float | None:
        """How far weights, as in `Network.weights`, are from the hidden kernel and its bias.

        The largest difference, as a part of the hidden kernel's largest weight; None for weights
        that are not those of one kernel of its size.
        """
        goal = self.goal
        if [w.shape for w in weights] != [goal.kernel.shape, goal.bias.shape]:
            return None
        wanted = goal.kernel[::-1, ::-1] if goal.flip else goal.kernel
        off = [np.abs(weights[0] - wanted).max(), np.abs(weights[1] - goal.bias).max()]
        return float(max(off)) / (float(np.abs(wanted).max()) or 1.0)

    @property
    def finder(self) -> Callable[[Sequence[FloatArray]], bool] | None:
        return self.finds

    def finds(self, weights: Sequence[FloatArray]) -> bool:
        """Whether these weights are the hidden kernel's, but for what nobody can see."""
        distance = self.distance(weights)
        return distance is not None and distance < FOUND


@dataclass(frozen=True, eq=False, kw_only=True)
class PairTask(PictureTask):
    """Find the kernel between two pictures, if there is one; `fit` says what the best one does."""

    fit: PairFit | None = field(repr=False)
    """None where it is learned, and nobody looks."""

    padding: ClassVar[Padding | None] = "valid"

    def for_training(self) -> PairTask:
        return replace(super().for_training(), fit=None)

    @property
    def best(self) -> PairFit | None:
        return self.fit


def copy_filter(picture: FloatArray, goal: Conv2DSpec, *, seed: int = 0) -> CopyTask:
    """Find the one kernel of `goal` from what it makes of `picture` (H, W, C)."""
    height, width = goal.kernel_size
    if picture.shape[0] < height + 1 or picture.shape[1] < width + 1:
        raise PlaygroundError(
            f"The picture has only {picture.shape[1]} × {picture.shape[0]} pixels: too few to "
            f"learn a kernel of {width} × {height} from."
        )
    after = conv2d(picture, goal.kernel, goal.bias, padding="valid", flip=goal.flip)
    after = after[0][..., np.newaxis]
    seen = goal.kernel[::-1, ::-1] if goal.flip else goal.kernel
    parts = _parts(picture, after, goal, (seen, goal.bias), seed)
    return CopyTask(name="Copy a filter", goal=goal, **parts)


def filter_between(
    before: FloatArray, after: FloatArray, *, size: int = 3, seed: int = 0
) -> PairTask:
    """Find the size × size kernels that lead from `before` (H, W, C_in) to `after` (H, W, C_out).

    There is one for each channel of `after`. The task's `fit` says what the best ones do.
    """
    fit = which_filter(before, after, size)
    if min(before.shape[:2]) <= size:
        raise PlaygroundError(f"The pictures are too small for a kernel of {size} × {size}.")
    top, left = fit.anchor
    rows, columns = before.shape[0] - size + 1, before.shape[1] - size + 1
    inner = after[top : top + rows, left : left + columns]
    names = ("found",) if after.shape[2] == 1 else ("red", "green", "blue")
    empty = Conv2DSpec(np.zeros(fit.kernel.shape), np.zeros(len(names)), names)
    parts = _parts(before, inner, empty, (fit.kernel, fit.bias), seed, _cut_off(inner))
    return PairTask(name="Which filter did this?", fit=fit, **parts)


def _parts(
    before: FloatArray,
    after: FloatArray,
    like: Conv2DSpec,
    best: tuple[FloatArray, FloatArray],
    seed: int,
    cut_off: NDArray[np.bool_] | None = None,
) -> dict[str, Any]:
    """What both tasks share: kernels shaped `like` some learn from patches.

    `after` (H', W', C_out) has the "valid" positions, those `cut_off` (H', W') have no value; the
    kernel and the bias that are `best` say how long it takes.
    """
    height, width = like.kernel_size
    cut_off = np.zeros(after.shape[:2], np.bool_) if cut_off is None else cut_off
    patch = _patch_side(cut_off)
    generator = np.random.default_rng(seed)
    inputs, targets = _aligned_patches(before, after, cut_off, patch, (height, width), generator)
    names = ("learner",) if like.filters == 1 else like.names
    start = Conv2DSpec(glorot_uniform(like.kernel.shape, seed), np.zeros(like.filters), names)
    network = with_input_shape(NetworkSpec((start,)), inputs.shape[1:])
    moments = second_moments(inputs, (height, width))
    setup = TrainingSetup(
        optimizer="momentum",
        learning_rate=_steady(moments),
        momentum=_MOMENTUM,
        batch_size=_BATCH,
        seed=seed,
    )
    goal = _rows(*best)
    each = -(-len(inputs) // _BATCH)
    pace, epochs = pace_and_epochs(moments, setup, _rows(start.kernel, start.bias), goal, each)
    setup = replace(setup, epochs=epochs)
    return {
        "pace": pace,
        "inputs": inputs,
        "targets": targets,
        "loss": "mean_squared_error",
        "network": network,
        "setup": setup,
        "before": before,
        "after": after,
    }


def _rows(kernel: FloatArray, bias: FloatArray) -> FloatArray:
    """Weights as a patch's values meet them, (n + 1, filters), the biases last."""
    return np.concatenate([kernel.reshape(-1, len(bias)), bias[np.newaxis]])


def _cut_off(after: FloatArray) -> NDArray[np.bool_]:
    """Where an editor put black or white for what lies beyond (H', W'): that is no value."""
    return np.asarray(((after <= 0) | (after >= 1)).any(axis=2))


def _patch_side(cut_off: NDArray[np.bool_]) -> int:
    """The side of the largest patches, of those tried, that a good share of have nothing cut off.

    Where there are none, the largest.
    """
    largest: int = min(_PATCH, *cut_off.shape)
    for side in (largest, largest // 2, largest // 4, 1):
        if side and np.mean(_sums(cut_off, (side, side)) == 0) >= _ENOUGH:
            return side
    return largest


def _sums(values: NDArray[Any], size: tuple[int, int]) -> FloatArray:
    """Sums of `values` (H, W) over all windows of `size` (rows, columns)."""
    total = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    total[1:, 1:] = values.astype(np.float64).cumsum(axis=0).cumsum(axis=1)
    tall, wide = size
    sums: FloatArray = (
        total[tall:, wide:] - total[:-tall, wide:] - total[tall:, :-wide] + total[:-tall, :-wide]
    )
    return sums


def _aligned_patches(
    before: FloatArray,
    after: FloatArray,
    cut_off: NDArray[np.bool_],
    patch: int,
    kernel: tuple[int, int],
    generator: np.random.Generator,
) -> tuple[FloatArray, FloatArray]:
    """Patches of `before` with the outputs of `after` that lie over them.

    Of several times as many places, those where least is cut off, and of these where most is to be
    seen: flat ground teaches nothing.
    """
    view = np.lib.stride_tricks.sliding_window_view
    tall, wide = patch + kernel[0] - 1, patch + kernel[1] - 1
    tops = generator.integers(0, after.shape[0] - patch + 1, _PLACES)
    lefts = generator.integers(0, after.shape[1] - patch + 1, _PLACES)
    contrast = _sums(_contrast(before), (tall, wide))[tops, lefts]
    lost = _sums(cut_off, (patch, patch))[tops, lefts]
    chosen = np.lexsort((-contrast, lost))[:_PATCHES]
    tops, lefts = tops[chosen], lefts[chosen]
    inputs = view(before, (tall, wide), axis=(0, 1))[tops, lefts].transpose(0, 2, 3, 1)
    targets = view(after, (patch, patch), axis=(0, 1))[tops, lefts].transpose(0, 2, 3, 1)
    return (
        np.ascontiguousarray(inputs, dtype=np.float32),
        np.ascontiguousarray(targets, dtype=np.float32),
    )


def _contrast(picture: FloatArray) -> FloatArray:
    """Squared second differences (H, W): where they are zero, a kernel's weights look alike."""
    plane = picture.sum(axis=2, dtype=np.float32)
    contrast: FloatArray = np.zeros_like(plane)
    contrast[1:-1] += (plane[:-2] - 2 * plane[1:-1] + plane[2:]) ** 2
    contrast[:, 1:-1] += (plane[:, :-2] - 2 * plane[:, 1:-1] + plane[:, 2:]) ** 2
    return contrast


def second_moments(inputs: FloatArray, kernel: tuple[int, int]) -> FloatArray:
    """Mean of p·pᵀ over all patches p of `inputs` under a kernel, each with a 1 for the bias.

    (n + 1, n + 1) with n = kh·kw·C; float64.
    """
    windows = np.lib.stride_tricks.sliding_window_view(inputs, kernel, axis=(1, 2))
    count, values = windows[..., 0, 0, 0].size, kernel[0] * kernel[1] * inputs.shape[3]
    sums = np.zeros((values + 1, values + 1))
    # All patches together would take a thousand times the room of the picture.
    for start in range(0, len(inputs), _MOMENT_EXAMPLES):
        some = windows[start : start + _MOMENT_EXAMPLES].transpose(0, 1, 2, 4, 5, 3)
        flat = some.reshape(-1, values)
        rows = np.concatenate([flat, np.ones((len(flat), 1), flat.dtype)], axis=1)
        sums += rows.T @ rows
    return sums / count


def steady_rate(inputs: FloatArray, kernel: tuple[int, int]) -> float:
    """A learning rate at which momentum does not overshoot: 1 over the steepest curvature."""
    return _steady(second_moments(inputs, kernel))


def _steady(moments: FloatArray) -> float:
    steepest = 2 * float(np.linalg.eigvalsh(moments)[-1])
    return float(f"{1 / max(steepest, _FLATTEST):.2g}")


__all__ = ["copy_filter", "cut_patches", "filter_between", "steady_rate"]
