"""What a network makes of a whole spoiled picture, whether that is better, and if not, why.

What a kernel could do at best is measured: of all kernels of one size, the same at every place of
the picture and with zeros outside, the one of least squared error is found by the normal equations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.core.claims import Claim
from playground.core.pair_fit.least_squares import fit
from playground.core.pair_fit.pair import Pair
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec
from playground.core.tasks.base import PictureTask
from playground.core.tasks.comparison import Comparison, compare, error_of

SIDE = 1024
"""Rows and columns that are restored at most, in the middle of the picture."""

_PLACES = 400_000
"""From so many places all over a larger picture, a kernel is as exact."""
_SIZE = 5
"""Of the kernel that is fitted where the network's own has no middle."""
_LARGEST = 9
"""Larger ones would take long to fit."""
_FEW, _PART = 20, 8
"""At least so many of the last losses, or an eighth, are compared with as many before them: more
would take in the steep fall of the first steps."""
_SURE = 3.0
"""Standard errors that their means must differ by."""
_TOGETHER = 64
"""Examples that are restored at once."""


@dataclass(frozen=True, eq=False)
class Restoration:
    """Before and after, and what there is to say of it."""

    comparison: Comparison
    claims: tuple[Claim, ...]
    """Better or worse; what a single kernel could do; where it is worse, why."""


@dataclass(frozen=True, eq=False)
class BestKernel:
    """The single kernel of each channel that leaves least of a task's picture."""

    conv: Conv2DSpec
    left: float
    """The root mean squared error that it leaves, where a network is compared too."""
    exact: bool
    """Whether it was fitted to every place."""


def best_kernel(task: PictureTask, size: int) -> BestKernel:
    """The size × size kernels, one for each channel of `task.after`, of least squared error.

    Outside the picture are zeros, as in training. Both pictures are of one size (H, W).
    """
    reach = size // 2
    wide = ((reach, reach), (reach, reach), (0, 0))
    pair = Pair(np.pad(task.before, wide), np.pad(task.after, wide), (size, size), (reach, reach))
    count = task.before.shape[0] * task.before.shape[1]
    weights = fit(pair, pair.tiles(_PLACES), (-np.inf, np.inf)).weights
    kernel = weights[:-1].reshape(size, size, task.before.shape[2], -1)
    names = ("best",) * kernel.shape[3]
    conv = Conv2DSpec(kernel.astype(np.float32), weights[-1].astype(np.float32), names)
    return BestKernel(conv, error_of(task, conv, SIDE), count <= _PLACES)


def restore(
    task: PictureTask,
    network: NetworkSpec,
    losses: FloatArray | None = None,
    best: Callable[[PictureTask, int], BestKernel] = best_kernel,
    should_stop: Callable[[], bool] | None = None,
) -> Restoration | None:
    """What `network` makes of `task.before`; None where it was stopped.

    `losses` (steps,) are those of the last steps up to these weights; None where they are not
    known, or the weights are others. `best` may remember what it found. Raises PlaygroundError
    where the network cannot be computed on the picture.
    """
    found = compare(task, network, should_stop, side=SIDE)
    if found is None:
        return None
    if found.rms is None or found.rms_before is None or not np.isfinite(found.rms):
        return Restoration(found, ())
    size = network.first_conv.kernel_size[0]
    size = size if size % 2 and 1 < size <= _LARGEST else _SIZE
    kernel = best(task, size)
    channels = task.after.shape[2]
    claims = [
        Claim("restored", (found.rms_before, found.rms)),
        Claim("best kernel", (kernel.left, size, found.rms_before), channels, exact=kernel.exact),
    ]
    if found.rms > found.rms_before:
        claims += _reasons(task, network, losses)
    return Restoration(found, tuple(claims))


def _reasons(task: PictureTask, network: NetworkSpec, losses: FloatArray | None) -> list[Claim]:
    """What keeps the network from doing better, as far as it is known."""
    made: list[Claim] = []
    channels, maps = task.after.shape[2], network.first_conv.filters
    if maps < channels:
        made.append(Claim("few maps", (maps,), channels))
    if losses is None:
        return made
    steps = len(losses)
    if steps < 2 * _FEW:
        return [*made, Claim("few steps", (steps,), steps)]
    trend = loss_trend(losses)
    made.append(trend)
    if trend.kind == "loss resting":
        before, after = _on_examples(task, network)
        if after < before:
            made.append(Claim("examples better", (before, after), len(task.inputs)))
    return made


def loss_trend(losses: FloatArray) -> Claim:
    """Whether the loss still falls: the mean of the last steps against that of as many before.

    There are at least 40 losses.

    "loss falling" with the share by which it fell, where that is no matter of chance; else "loss
    resting".
    """
    count = max(_FEW, len(losses) // _PART)
    last = losses[-count:].astype(np.float64)
    before = losses[-2 * count : -count].astype(np.float64)
    fall = float(before.mean() - last.mean())
    error = float(np.sqrt((before.var() + last.var()) / count))
    if fall > _SURE * error and fall > 0:
        return Claim("loss falling", (fall / float(before.mean()),), count)
    return Claim("loss resting", (), count)


def _on_examples(task: PictureTask, network: NetworkSpec) -> tuple[float, float]:
    """Root mean squared errors of the spoiled examples, and of what is made of them."""
    built = task.built(network)
    squares = 0.0
    for start in range(0, len(task.inputs), _TOGETHER):
        made = built.forward(task.inputs[start : start + _TOGETHER])
        error = made - task.targets[start : start + _TOGETHER]
        squares += float(np.square(error, dtype=np.float64).sum())
    before = np.square(task.inputs - task.targets, dtype=np.float64).mean()
    return float(np.sqrt(before)), float(np.sqrt(squares / task.targets.size))
