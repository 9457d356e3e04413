"""Which patches of the examples excite a kernel most.

The response of a kernel is its convolution's own output, before any activation:

    r[n, i, j] = b + Σ_{y, x, c} w[y, x, c] · in[n, i·s + d·y − p, j·s + d·x − p, c]

Of every example n its largest response is taken, max_{i, j} r[n, i, j], and of these the largest
positive ones. What the kernel saw there is the receptive field of (i, j), cut out of the example;
beyond the example's border it saw zeros.
Source: M. Zeiler and R. Fergus, Visualizing and Understanding Convolutional Networks, ECCV 2014.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from playground.core.convolve.geometry import ReceptiveField, map_size, unit_fields
from playground.core.kernels.bank import reorder
from playground.core.network.building import build
from playground.core.network.network import Network
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec, Padding

# As many as can be compared at a glance.
MOST = 9
# Examples between two looks at whether to stop.
_LARGEST_CHUNK = 256
_CHUNK_VALUES = 1 << 23
"""Values that the patches under one layer's kernels may have at a time: 32 MB."""


@dataclass(frozen=True, eq=False)
class StrongPatch:
    """Where in example number `example` a response is `value`, and what the kernel sees there.

    (row, column) is the place in the map of the convolution; `field` lies in the example, and
    `pixels` (h, w, C) is what is under it.
    """

    value: float
    example: int
    row: int
    column: int
    field: ReceptiveField
    pixels: FloatArray


def strongest_patches(
    spec: NetworkSpec,
    layer: int,
    kernel: int,
    examples: FloatArray,
    *,
    count: int = MOST,
    padding: Padding | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[StrongPatch, ...] | None:
    """The up to `count` strongest positive responses to examples (N, H, W, C), strongest first.

    At most one of each example; of equal ones, the first. `padding` takes the place of every
    convolution's own where it is given. None where it was stopped. Raises PlaygroundError where a
    layer up to `layer` cannot be computed.
    """
    part = up_to_kernel(spec, layer, kernel, padding)
    network = build(part, examples.shape[1:])
    width = network.shapes[-1][1]
    values = np.empty(len(examples), np.float32)
    places = np.empty(len(examples), np.intp)
    chunk = _chunk(part, network)
    for start in range(0, len(examples), chunk):
        if should_stop is not None and should_stop():
            return None
        some = slice(start, start + chunk)
        values[some], places[some] = _largest(network, examples[some])
    fields = unit_fields((examples.shape[1], examples.shape[2]), part.layers)
    found = []
    for example in np.argsort(-values, kind="stable")[:count].tolist():
        if values[example] > 0:
            row, column = divmod(int(places[example]), width)
            field = fields.of(row, column)
            pixels = cut(examples[example], field)
            value = float(values[example])
            found.append(StrongPatch(value, example, row, column, field, pixels))
    return tuple(found)


def up_to_kernel(
    spec: NetworkSpec, layer: int, kernel: int, padding: Padding | None = None
) -> NetworkSpec:
    """The layers of `spec` up to convolution `layer`, which has `kernel` alone."""
    layers = (*spec.layers[:layer], reorder(spec.conv(layer), [kernel]))
    if padding is not None:
        layers = tuple(
            replace(each, padding=padding) if isinstance(each, Conv2DSpec) else each
            for each in layers
        )
    return replace(spec, layers=layers)


def cut(picture: FloatArray, field: ReceptiveField) -> FloatArray:
    """The pixels (h, w, C) of picture (H, W, C) under `field`, with zeros beyond its border."""
    made: FloatArray = np.zeros((field.height, field.width, picture.shape[2]), picture.dtype)
    height, width = picture.shape[:2]
    top, bottom = max(0, field.top), min(height, field.top + field.height)
    left, right = max(0, field.left), min(width, field.left + field.width)
    if top < bottom and left < right:
        inside = made[top - field.top : bottom - field.top, left - field.left : right - field.left]
        inside[...] = picture[top:bottom, left:right]
    return made


def find_patch(picture: FloatArray, patch: FloatArray) -> tuple[int, int] | None:
    """(top, left) of the first place where picture (H, W, C) has exactly `patch` (h, w, C)."""
    rows, columns = picture.shape[0] - patch.shape[0] + 1, picture.shape[1] - patch.shape[1] + 1
    if rows < 1 or columns < 1 or picture.shape[2] != patch.shape[2]:
        return None
    middle = patch.shape[0] // 2, patch.shape[1] // 2
    there = picture[middle[0] : middle[0] + rows, middle[1] : middle[1] + columns]
    for top, left in np.argwhere((there == patch[middle]).all(axis=2)).tolist():
        under = picture[top : top + patch.shape[0], left : left + patch.shape[1]]
        if np.array_equal(under, patch):
            return top, left
    return None


def unit_over(
    spec: NetworkSpec, layer: int, place: tuple[int, int], size: tuple[int, int]
) -> tuple[int, int]:
    """(row, column) of the block at `layer` on a picture of `size` that sees from `place` on.

    `place` is the (top, left) of the convolution's receptive field; where pooling follows, it is
    the pooled value that the convolution's goes into. The nearest there is, at the border.
    """
    fields = unit_fields(size, spec.layers[: layer + 1])
    maps, pool = map_size(size, spec.through_block(layer)), spec.block(layer).pool
    window = 1 if pool is None else pool.size
    starts = fields.first.top, fields.first.left
    row, column = (
        min(max(0, round((at - start) / fields.jump)) // window, count - 1)
        for at, start, count in zip(place, starts, maps, strict=True)
    )
    return row, column


def _largest(network: Network, examples: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Of the one map of each example, the largest value and its place in row-major order."""
    with np.errstate(all="ignore"):  # what is not finite excites nothing
        responses = network.run(network.to_inside(examples))
    flat = responses.reshape(-1, len(examples))
    places = flat.argmax(axis=0)
    largest = flat[places, np.arange(len(examples))]
    return np.where(np.isfinite(largest), largest, -np.inf), places


def _chunk(spec: NetworkSpec, network: Network) -> int:
    """How many examples fit into memory at once, by the layer that needs most for each."""
    most = 1
    for layer, shape in zip(spec.layers, network.shapes, strict=True):
        taps = layer.kernel[..., 0].size if isinstance(layer, Conv2DSpec) else 1
        most = max(most, int(np.prod(shape)), taps * int(np.prod(shape[:2])))
    return max(1, min(_LARGEST_CHUNK, _CHUNK_VALUES // most))
