"""Compares what a network makes of a task's whole picture with what it should make of it.

The network is the task's: with the task's padding in place of its own where it is learned so. Of a
large picture the middle is computed, from all of the input that it depends on, so that each value
is the one that the whole picture would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from playground.core.convolve.geometry import unit_fields
from playground.core.network.building import shape_behind
from playground.core.network.layer_input import LayerInput
from playground.core.pair_fit.pair import cut_off
from playground.core.specs import Conv2DSpec, FloatArray, LayerSpec, NetworkSpec
from playground.core.tasks.base import PictureTask

SIDE = 512
"""Rows and columns that are compared at most, in the middle of the target."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Target and output, at the same places; both (H, W, C), `made` None where shapes differ.

    `made_shape` and `target_shape` are those for the whole picture. The kernels (kh, kw, C_in,
    C_out) are as they are applied, cross-correlation; None for a task without.
    """

    target: FloatArray
    made: FloatArray | None
    before: FloatArray | None
    """The spoiled picture there, (H, W, C), where one is to be restored; None for other tasks."""
    target_shape: tuple[int, ...]
    made_shape: tuple[int, ...]
    error: FloatArray | None
    """Output − target."""
    rms: float | None
    """Root mean squared error of the output; NaN where a value of it is not finite.

    Of a pair of pictures, what the network makes is cut off as the second one is: as in `PairFit`.
    """
    rms_before: float | None
    """The same of the picture that is to be restored; None for other tasks."""
    rms_fitted: float | None
    """The same of the kernel that was fitted to the pair; None for other tasks."""
    hidden: FloatArray | None
    learner: FloatArray | None

    @property
    def whole(self) -> bool:
        """Whether that is all of the target."""
        return self.target.shape == self.target_shape

    @property
    def distance(self) -> float | None:
        """The largest difference of two weights; None where the kernels are not of one shape."""
        if self.hidden is None or self.learner is None or self.hidden.shape != self.learner.shape:
            return None
        return float(np.abs(self.hidden - self.learner).max())


def compare(
    task: PictureTask,
    network: NetworkSpec,
    should_stop: Callable[[], bool] | None = None,
    *,
    side: int | None = None,
) -> Comparison | None:
    """Compare what `network` makes of `task.before` with `task.after`; None where it was stopped.

    At most `side` rows and columns are compared, or SIDE. Raises PlaygroundError where the network
    cannot be computed on the picture.
    """
    picture, target = task.before, task.after
    layers = _as_learned(task, network)
    shape: tuple[int, ...] = picture.shape
    for layer in layers:
        shape = shape_behind(layer, shape)
    rows, columns = (_middle(size, side or SIDE) for size in target.shape[:2])
    made = None
    if shape == target.shape:
        made = _output(picture, layers, rows, columns, should_stop)
        if made is None:
            return None
    wanted, restoring = target[rows, columns], task.restores
    error = None if made is None else made - wanted
    fit, fitted = task.best, None
    limits = (-np.inf, np.inf) if fit is None else cut_off(target)
    if fit is not None:
        best = Conv2DSpec(fit.kernel, fit.bias, ("",) * fit.kernel.shape[3], padding="valid")
        fitted = _output(picture, (best,), rows, columns, should_stop)
        if fitted is None:
            return None
    spoiled = restoring and picture.shape == target.shape
    return Comparison(
        wanted,
        made,
        picture[rows, columns] if spoiled else None,
        target.shape,
        shape,
        error,
        None if made is None else _rms(made, wanted, limits),
        _rms(picture[rows, columns], wanted) if spoiled else None,
        None if fitted is None else _rms(fitted, wanted, limits),
        None if task.hidden is None else _applied(task.hidden),
        None if restoring else _applied(network.first_conv),
    )


def error_of(task: PictureTask, conv: Conv2DSpec, side: int = SIDE) -> float:
    """The root mean squared error that `conv` alone leaves of `task.before`, at the same places."""
    rows, columns = (_middle(size, side) for size in task.after.shape[:2])
    made = _output(task.before, (conv,), rows, columns, None)
    assert made is not None
    return _rms(made, task.after[rows, columns])


def _as_learned(task: PictureTask, network: NetworkSpec) -> list[LayerSpec]:
    if task.padding is None:
        return list(network.layers)
    return [
        replace(layer, padding=task.padding) if isinstance(layer, Conv2DSpec) else layer
        for layer in network.layers
    ]


def _applied(conv: Conv2DSpec) -> FloatArray:
    return conv.kernel[::-1, ::-1] if conv.flip else conv.kernel


def _middle(size: int, side: int) -> slice:
    start = max(0, (size - side) // 2)
    return slice(start, min(size, start + side))


def _output(
    picture: FloatArray,
    layers: Sequence[LayerSpec],
    rows: slice,
    columns: slice,
    should_stop: Callable[[], bool] | None,
) -> FloatArray | None:
    """What `layers` make of `picture`, at these rows and columns of their output."""
    height, width = picture.shape[:2]
    fields = unit_fields((height, width), layers)
    first, last = fields.of(rows.start, columns.start), fields.of(rows.stop - 1, columns.stop - 1)
    used = [
        _used(first.top, last.top + last.height, height, fields.jump),
        _used(first.left, last.left + last.width, width, fields.jump),
    ]
    part = np.ascontiguousarray(picture[used[0], used[1]])
    values = LayerInput().update(part, layers, should_stop)
    if values is None:
        return None
    top, left = rows.start - used[0].start, columns.start - used[1].start
    tall, wide = rows.stop - rows.start, columns.stop - columns.start
    return values[top : top + tall, left : left + wide]


def _used(start: int, stop: int, size: int, jump: int) -> slice:
    """The part of an axis that is computed from: all of it where an edge, or a stride, matters."""
    inside = start >= 0 and stop <= size and jump == 1
    return slice(start, stop) if inside else slice(0, size)


def _rms(
    made: FloatArray, wanted: FloatArray, limits: tuple[float, float] = (-np.inf, np.inf)
) -> float:
    """Of values that are cut off at `limits`; NaN where one is not finite."""
    if not np.isfinite(made).all():
        return np.nan
    error = np.clip(made, *limits) - wanted
    return float(np.sqrt(np.mean(np.square(error, dtype=np.float64))))
