"""What can be done to one kernel, as pure functions: weights (kh, kw, C) in, new weights out.

Whole-kernel arithmetic (Σ → 1, zero mean) counts every channel, because one output value is the
sum over all of them. Turning and flipping act on every channel alike.
"""

from __future__ import annotations

import numpy as np

from playground.core.checks import is_real, is_whole, kernel_array, shown, weight_count
from playground.core.errors import PlaygroundError
from playground.core.kernels.kernel_summary import KernelSummary as KernelSummary
from playground.core.kernels.kernel_summary import separability as separability
from playground.core.kernels.kernel_summary import summary as summary
from playground.core.specs import MAX_KERNEL_SIZE, FloatArray

# Below this share of Σ|w| a sum is what rounding left of zero.
ZERO_SUM = 1e-6


def normalise(kernel: FloatArray) -> FloatArray:
    """The kernel divided by its sum, so that Σ w = 1 and a flat area keeps its brightness.

    Raises PlaygroundError when the weights cancel out.
    """
    kernel = kernel_array(kernel, 2, 3)
    total = kernel.sum(dtype=np.float64)
    if abs(total) <= ZERO_SUM * np.abs(kernel).sum(dtype=np.float64):
        raise PlaygroundError(
            "These weights add up to zero, so no factor makes their sum 1: change a weight first."
        )
    return _float32(kernel / total)


def zero_mean(kernel: FloatArray) -> FloatArray:
    """The kernel minus its mean, so that Σ w = 0 and a flat area gives 0."""
    kernel = kernel_array(kernel, 2, 3)
    return _float32(kernel - kernel.mean(dtype=np.float64))


def scale(kernel: FloatArray, factor: float) -> FloatArray:
    """Every weight times `factor`; PlaygroundError when a weight would leave float32's range."""
    kernel = kernel_array(kernel, 2, 3)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = _float32(kernel * np.float64(factor if is_real(factor) else np.nan))
    if not np.all(np.isfinite(scaled)):
        raise PlaygroundError(
            f"Times {shown(factor)}, these weights are too large to compute with."
        )
    return scaled


def negate(kernel: FloatArray) -> FloatArray:
    """Every weight with the other sign; zeros stay plain zeros."""
    kernel = kernel_array(kernel, 2, 3)
    return 0 - kernel


def flip_horizontal(kernel: FloatArray) -> FloatArray:
    """Left and right exchanged."""
    kernel = kernel_array(kernel, 2, 3)
    return kernel[:, ::-1].copy()


def flip_vertical(kernel: FloatArray) -> FloatArray:
    """Top and bottom exchanged."""
    kernel = kernel_array(kernel, 2, 3)
    return kernel[::-1].copy()


def transpose(kernel: FloatArray) -> FloatArray:
    """Rows and columns exchanged: (kh, kw, C) becomes (kw, kh, C)."""
    kernel = kernel_array(kernel, 2, 3)
    return kernel.swapaxes(0, 1).copy()


def rotate90(kernel: FloatArray) -> FloatArray:
    """A quarter turn clockwise: (kh, kw, C) becomes (kw, kh, C)."""
    kernel = kernel_array(kernel, 2, 3)
    return np.rot90(kernel, -1).copy()


def rotate45(kernel: FloatArray) -> FloatArray:
    """An eighth turn clockwise of an odd square kernel; two of them are exactly `rotate90`.

    The cells at distance r from the centre form a ring of 8r cells, and each ring moves on by r
    of them. No weight is mixed with another, so eight turns bring back every bit.
    Raises PlaygroundError for other sizes.

    >>> rotate45(np.array([[1, 2, 3], [8, 0, 4], [7, 6, 5]], dtype=np.float32))
    array([[8., 1., 2.],
           [7., 0., 3.],
           [6., 5., 4.]], dtype=float32)
    """
    kernel = kernel_array(kernel, 2, 3)
    size = kernel.shape[0]
    if kernel.shape[1] != size or size % 2 == 0:
        raise PlaygroundError(
            "Only a square kernel with an odd number of rows can be turned by 45°, "
            f"not {kernel.shape[0]} × {kernel.shape[1]}."
        )
    turned = kernel.copy()
    middle = size // 2
    for radius in range(1, middle + 1):
        rows, columns = _ring(radius)
        from_rows, from_columns = np.roll(rows, radius), np.roll(columns, radius)
        turned[middle + rows, middle + columns] = kernel[middle + from_rows, middle + from_columns]
    return turned


def _ring(radius: int) -> tuple[np.ndarray, np.ndarray]:
    """(rows, columns) of the ring's 8 · radius cells from the centre, clockwise from top left."""
    side = np.arange(-radius, radius)
    edge = np.full(2 * radius, radius)
    rows = np.concatenate([-edge, side, edge, -side])
    columns = np.concatenate([side, edge, -side, -edge])
    return rows, columns


def resize_centered(kernel: FloatArray, kh: int, kw: int) -> FloatArray:
    """The kernel cropped or padded with zeros to (kh, kw, …) around its centre.

    The centre is the cell that lies on the output's pixel under padding "same", at
    ((kh − 1) // 2, (kw − 1) // 2): so the map does not move when the kernel grows, and growing
    then shrinking gives the kernel back. Any further axes are kept.
    Raises PlaygroundError beyond 1 × 1 to 11 × 11.
    """
    kernel = kernel_array(kernel, 2, 3, 4)
    if not all(is_whole(size, 1) and size <= MAX_KERNEL_SIZE for size in (kh, kw)):
        raise PlaygroundError(
            f"A kernel is between 1 × 1 and {MAX_KERNEL_SIZE} × {MAX_KERNEL_SIZE} weights, "
            f"not {shown(kh)} × {shown(kw)}."
        )
    kh, kw = int(kh), int(kw)
    resized = np.zeros((kh, kw, *kernel.shape[2:]), dtype=kernel.dtype)
    to_rows, from_rows = _overlap(kh, kernel.shape[0])
    to_columns, from_columns = _overlap(kw, kernel.shape[1])
    resized[to_rows, to_columns] = kernel[from_rows, from_columns]
    return resized


def _overlap(new: int, old: int) -> tuple[slice, slice]:
    """Where the cells that both lengths have lie in the new and in the old one."""
    shift = (new - 1) // 2 - (old - 1) // 2
    start, stop = max(0, shift), min(new, old + shift)
    return slice(start, stop), slice(start - shift, stop - shift)


def spread(kernel2d: FloatArray, channels: int) -> FloatArray:
    """A 2-D kernel over all channels, (kh, kw) → (kh, kw, channels), as w / channels.

    It then answers to the mean of the channels, as it would to the grey picture.
    """
    kernel2d, channels = kernel_array(kernel2d, 2), _channels(channels)
    weight_count([(*kernel2d.shape, channels)])
    shared = kernel2d[..., None] / np.float64(channels)
    return _float32(np.repeat(shared, channels, axis=-1))


def to_channels(kernel4d: FloatArray, channels: int) -> FloatArray:
    """Kernels (kh, kw, C, n) for an input of another number of channels, (kh, kw, channels, n).

    From one channel to several each weight is shared out evenly, to one channel the weights are
    summed. Either way an input whose channels are all equal gives the same maps as before, but
    for rounding.
    """
    kernel4d, channels = kernel_array(kernel4d, 4), _channels(channels)
    weight_count([(*kernel4d.shape[:2], channels, kernel4d.shape[3])])
    if kernel4d.shape[2] == channels:
        return kernel4d
    total = kernel4d.sum(axis=2, keepdims=True, dtype=np.float64)
    return _float32(np.repeat(total / channels, channels, axis=2))


def _channels(channels: int) -> int:
    if not is_whole(channels, 1):
        raise PlaygroundError(f"Channels are a whole number from 1 on, not {shown(channels)}.")
    return int(channels)


def _float32(kernel: FloatArray) -> FloatArray:
    return kernel.astype(np.float32)
