"""Edits of a kernel bank as pure functions: a Conv2DSpec in, a new Conv2DSpec out.

The bank's arrays have the kernels on the last axis, so kernel i is `kernel[..., i]`,
shape (kh, kw, C_in). A kernel that stays keeps its lasting id, wherever it goes; a new one has none
yet, and neither has a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from playground.core.checks import index_below, is_real, kernel_array
from playground.core.errors import PlaygroundError
from playground.core.specs import (
    MAX_KERNEL_SIZE,
    MAX_KERNELS,
    Conv2DSpec,
    FloatArray,
    frozen_array,
)

Cell = tuple[int, int, int, int]
"""(row, column, channel, kernel) of one weight."""

# Float32 has seven digits: sums with larger weights lose all that follows the point.
LARGEST_WEIGHT = 1e6


def checked_number(value: float) -> float:
    """`value`, or a PlaygroundError where it is no finite number of usable size."""
    if not is_real(value) or abs(value) > LARGEST_WEIGHT:
        raise PlaygroundError(
            f"A weight must be a number between -{LARGEST_WEIGHT:.0f} and {LARGEST_WEIGHT:.0f}."
        )
    return float(value)


def set_weights(conv: Conv2DSpec, cells: Mapping[Cell, float]) -> Conv2DSpec:
    """A copy with the given weights replaced; a cell the bank no longer has is passed over."""
    kernel = conv.kernel.copy()
    numbers = {cell: checked_number(value) for cell, value in cells.items()}
    for cell in present(conv, numbers):
        kernel[cell] = numbers[cell]
    return replace(conv, kernel=_frozen(kernel))


def present(conv: Conv2DSpec, cells: Iterable[Cell]) -> list[Cell]:
    """The cells that the bank has: it may have shrunk while they were held."""
    shape = conv.kernel.shape
    return [c for c in cells if all(0 <= i < n for i, n in zip(c, shape, strict=True))]


def set_kernel(conv: Conv2DSpec, index: int, weights: FloatArray, name: str = "") -> Conv2DSpec:
    """A copy in which kernel `index` has `weights` (kh, kw, C_in), and `name` if one is given."""
    index, weights = _kernel(conv, index), kernel_array(weights, 3)
    if weights.shape != conv.kernel.shape[:3]:
        shape = conv.kernel.shape[:3]
        raise PlaygroundError(f"A kernel of this layer is {shape}, not {weights.shape}.")
    kernel = conv.kernel.copy()
    kernel[..., index] = _checked(weights)
    changed = replace(conv, kernel=_frozen(kernel))
    return rename(changed, index, name) if name else changed


def set_bias(conv: Conv2DSpec, index: int, value: float) -> Conv2DSpec:
    """A copy in which the bias of kernel `index` is `value`."""
    bias = conv.bias.copy()
    bias[_kernel(conv, index)] = checked_number(value)
    return replace(conv, bias=_frozen(bias))


def rename(conv: Conv2DSpec, index: int, name: str) -> Conv2DSpec:
    """A copy in which kernel `index` is called `name`."""
    index, name = _kernel(conv, index), " ".join(str(name).split())[:60]
    if not name:
        raise PlaygroundError("A kernel needs a name of at least one character.")
    return replace(conv, names=(*conv.names[:index], name, *conv.names[index + 1 :]))


def insert(
    conv: Conv2DSpec, position: int, weights: FloatArray, biases: FloatArray, names: Sequence[str]
) -> Conv2DSpec:
    """A copy with kernels `weights` (kh, kw, C_in, n) inserted before `position`."""
    if conv.filters + len(names) > MAX_KERNELS:
        raise PlaygroundError(f"A bank holds at most {MAX_KERNELS} kernels.")
    at = [position] * len(names)
    return replace(
        conv,
        kernel=_frozen(np.insert(conv.kernel, at, _checked(weights), axis=3)),
        bias=_frozen(np.insert(conv.bias, at, biases)),
        names=(*conv.names[:position], *names, *conv.names[position:]),
        ids=(*conv.ids[:position], *[0] * len(names), *conv.ids[position:]),
    )


def duplicate(conv: Conv2DSpec, indices: Iterable[int]) -> Conv2DSpec:
    """A copy in which the kernels `indices` stand once more behind the last of them."""
    chosen = sorted({_kernel(conv, index) for index in indices})
    names = [f"{conv.names[i]} copy" for i in chosen]
    return insert(conv, chosen[-1] + 1, conv.kernel[..., chosen], conv.bias[chosen], names)


def remove(conv: Conv2DSpec, indices: Iterable[int]) -> Conv2DSpec:
    """A copy without the kernels `indices`; one kernel must remain."""
    gone = {_kernel(conv, index) for index in indices}
    return reorder(conv, [i for i in range(conv.filters) if i not in gone])


def reorder(conv: Conv2DSpec, order: Sequence[int]) -> Conv2DSpec:
    """A copy whose kernel j is today's kernel `order[j]`; what comes twice is new then."""
    chosen = [_kernel(conv, index) for index in order]
    if not chosen:
        raise PlaygroundError("A layer needs at least one kernel: the last one stays.")
    return replace(
        conv,
        kernel=_frozen(conv.kernel[..., chosen]),
        bias=_frozen(conv.bias[chosen]),
        names=tuple(conv.names[i] for i in chosen),
        ids=tuple(0 if i in chosen[:at] else conv.ids[i] for at, i in enumerate(chosen)),
    )


def move_order(count: int, moved: Iterable[int], position: int) -> list[int]:
    """The order after the rows `moved` were dropped before row `position`."""
    rows = sorted(set(moved))
    before = [i for i in range(position) if i not in rows]
    after = [i for i in range(position, count) if i not in rows]
    return before + rows + after


def with_kernels(conv: Conv2DSpec, kernel: FloatArray) -> Conv2DSpec:
    """A copy with all weights replaced by `kernel` (kh', kw', C_in', C_out) of any size."""
    kernel = kernel_array(kernel, 4)
    kh, kw = kernel.shape[:2]
    if not (1 <= kh <= MAX_KERNEL_SIZE and 1 <= kw <= MAX_KERNEL_SIZE):
        raise PlaygroundError(
            f"A kernel is between 1 × 1 and {MAX_KERNEL_SIZE} × {MAX_KERNEL_SIZE} weights, "
            f"not {kh} × {kw}."
        )
    return replace(conv, kernel=frozen_array(_checked(kernel)))


def _kernel(conv: Conv2DSpec, index: object) -> int:
    return index_below(conv.filters, index, "kernel")


def _checked(weights: FloatArray) -> FloatArray:
    if not np.all(np.isfinite(weights)) or (
        weights.size and np.abs(weights).max() > LARGEST_WEIGHT
    ):
        checked_number(float("inf"))
    return weights


def _frozen(array: FloatArray) -> FloatArray:
    """`array` made contiguous and read-only in place: it was made here, nobody else has it."""
    array = np.ascontiguousarray(array, dtype=np.float32)
    array.flags.writeable = False
    return array
