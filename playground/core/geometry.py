"""Where a kernel's taps fall: sizes, padding, receptive fields and the reach of one weight.

With dilation d a kernel of k taps spans e = d·(k − 1) + 1 pixels. Over n pixels padded by a + b,
at stride s, it takes

    n' = ⌊(n + a + b − e) / s⌋ + 1

positions; output i looks at the inputs i·s − a + d·t for t = 0 … k − 1.

Through several layers, input first, a unit's field of r pixels, its distance j from the next
unit's (the jump) and its start grow as

    start −= a·j      r += (e − 1)·j      j *= s

from r = j = 1 and start = 0 for a pixel itself; pooling over s × s is e = s with stride s.
Source: A. Araujo, W. Norris and J. Sim, "Computing Receptive Fields of Convolutional Neural
Networks", Distill 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from numbers import Integral

from playground.core.checks import is_whole
from playground.core.errors import PlaygroundError
from playground.core.pooling import pooled_size
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DropoutSpec,
    LayerSpec,
    Padding,
    Pool2DSpec,
)

Size = tuple[int, int]
"""(height, width)."""

LARGEST_AREA = 1 << 28
"""Pixels of an input with its padding: twice the largest picture, 1 GB of one channel.

Without much padding an input may have more: whoever made it had the memory."""


def effective_size(taps: int, dilation: int) -> int:
    """Pixels that `taps` taps span: d·(k − 1) + 1."""
    return dilation * (taps - 1) + 1


def resolve_padding(
    padding: Padding, size: Size, kernel: Size, stride: int, dilation: int
) -> tuple[int, int, int, int]:
    """(top, bottom, left, right) in pixels.

    "same" is TensorFlow's rule: n' = ⌈n / s⌉, and an odd pixel of padding goes below and right.
    """
    if isinstance(padding, str) and padding == "valid":
        return 0, 0, 0, 0
    if isinstance(padding, str) and padding == "same":
        top, bottom = _same(size[0], effective_size(kernel[0], dilation), stride)
        left, right = _same(size[1], effective_size(kernel[1], dilation), stride)
        return top, bottom, left, right
    sides = (int(padding),) * 4 if isinstance(padding, int | Integral) else padding
    whole = isinstance(sides, tuple | list) and all(is_whole(side, 0) for side in sides)
    if not whole or len(sides) != 4:
        raise PlaygroundError(
            'Padding is "same", "valid", a number of pixels, or four: top, bottom, left, right.'
        )
    top, bottom, left, right = sides
    return top, bottom, left, right


def output_size(size: Size, kernel: Size, stride: int, padding: Padding, dilation: int) -> Size:
    """(H', W') of the maps; raises PlaygroundError where the kernel does not fit."""
    if not is_whole(stride, 1) or not is_whole(dilation, 1):
        raise PlaygroundError("Stride and dilation are whole numbers of at least 1.")
    top, bottom, left, right = resolve_padding(padding, size, kernel, stride, dilation)
    padded = size[0] + top + bottom, size[1] + left + right
    if padded[0] * padded[1] > max(LARGEST_AREA, 4 * size[0] * size[1]):
        raise PlaygroundError(
            f"With this padding the input would have {padded[0]:,} × {padded[1]:,} pixels, more "
            "than can be computed: choose less."
        )
    spans = effective_size(kernel[0], dilation), effective_size(kernel[1], dilation)
    if padded[0] < spans[0] or padded[1] < spans[1]:
        raise PlaygroundError(
            f"The kernel spans {spans[0]} × {spans[1]} pixels but the padded input has only "
            f"{padded[0]} × {padded[1]}: choose more padding, less dilation or a smaller kernel."
        )
    return (padded[0] - spans[0]) // stride + 1, (padded[1] - spans[1]) // stride + 1


def output_formula(size: Size, conv: Conv2DSpec) -> tuple[str, str]:
    """The formula with its numbers for height and width: "⌊(300 + 2 − 3) / 1⌋ + 1 = 300"."""
    result = output_size(size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
    sides = resolve_padding(conv.padding, size, conv.kernel_size, conv.stride, conv.dilation)
    rows, columns = (
        f"⌊({size[axis]} + {sides[2 * axis] + sides[2 * axis + 1]} − "
        f"{effective_size(conv.kernel_size[axis], conv.dilation)}) / {conv.stride}⌋ + 1 = "
        f"{result[axis]}"
        for axis in (0, 1)
    )
    return rows, columns


@dataclass(frozen=True)
class ReceptiveField:
    """The input pixels one output looks at; top and left may be negative: outside the image."""

    top: int
    left: int
    height: int
    width: int
    dilation: int

    @property
    def rows(self) -> range:
        """Input rows of the taps, top to bottom."""
        return range(self.top, self.top + self.height, self.dilation)

    @property
    def columns(self) -> range:
        """Input columns of the taps, left to right."""
        return range(self.left, self.left + self.width, self.dilation)


def receptive_field(
    row: int, column: int, size: Size, conv: Conv2DSpec, pool: int = 1
) -> ReceptiveField:
    """The field of output (row, column), behind pooling over `pool` × `pool` where that is > 1.

    A pooled output sees the union of its window's fields, and its taps have no gaps between them
    that mean anything, so its dilation is 1.
    """
    top, _, left, _ = resolve_padding(
        conv.padding, size, conv.kernel_size, conv.stride, conv.dilation
    )
    reach = conv.stride * (pool - 1)
    return ReceptiveField(
        row * pool * conv.stride - top,
        column * pool * conv.stride - left,
        effective_size(conv.kernel_size[0], conv.dilation) + reach,
        effective_size(conv.kernel_size[1], conv.dilation) + reach,
        conv.dilation if pool == 1 else 1,
    )


@dataclass(frozen=True)
class UnitFields:
    """The receptive fields of all units of a map: equally large, `jump` pixels apart."""

    first: ReceptiveField
    """That of unit (0, 0)."""
    jump: int

    def of(self, row: int, column: int) -> ReceptiveField:
        """That of unit (row, column)."""
        top, left = self.first.top + row * self.jump, self.first.left + column * self.jump
        return replace(self.first, top=top, left=left)


def map_size(size: Size, layers: Sequence[LayerSpec]) -> Size:
    """(H', W') behind all of `layers`; raises PlaygroundError where there is no map."""
    for layer in layers:
        size = _size_behind(layer, size)
    return size


def unit_fields(size: Size, layers: Sequence[LayerSpec]) -> UnitFields:
    """What the units behind `layers` see of an input of `size`.

    The taps of a lone convolution are told apart by its dilation; behind more than one layer
    there are no gaps between them that mean anything. Raises PlaygroundError where no map is.
    """
    top = left = 0
    height = width = jump = 1
    looking = [layer for layer in layers if isinstance(layer, Conv2DSpec | Pool2DSpec)]
    for layer in layers:
        spans, stride, (above, before) = _window(layer, size)
        top, left = top - above * jump, left - before * jump
        height, width = height + (spans[0] - 1) * jump, width + (spans[1] - 1) * jump
        jump *= stride
        size = _size_behind(layer, size)
    alone = looking[0] if len(looking) == 1 else None
    dilation = alone.dilation if isinstance(alone, Conv2DSpec) else 1
    return UnitFields(ReceptiveField(top, left, height, width, dilation), jump)


def deep_receptive_field(
    row: int, column: int, size: Size, layers: Sequence[LayerSpec]
) -> ReceptiveField:
    """The input pixels that unit (row, column) of the maps behind `layers` depends on."""
    return unit_fields(size, layers).of(row, column)


@dataclass(frozen=True)
class WeightReach:
    """The input pixels that one weight is multiplied with as the kernel slides."""

    rows: range
    columns: range
    """Rows and columns inside the image; their product is the set of pixels."""
    used: int
    """How often the weight is used for one map: once per output, H'·W'."""
    dense_weights: int
    """Weights that a dense layer from this input to one such map would need."""


def weight_reach(weight: Size, size: Size, conv: Conv2DSpec) -> WeightReach:
    """What the weight at (row, column) of the grid touches in an image of `size`."""
    height, width = output_size(size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
    top, _, left, _ = resolve_padding(
        conv.padding, size, conv.kernel_size, conv.stride, conv.dilation
    )
    kh, kw = conv.kernel_size
    # True convolution lays the kernel on the image turned by half a turn.
    tap = (kh - 1 - weight[0], kw - 1 - weight[1]) if conv.flip else weight
    return WeightReach(
        _clipped(tap[0] * conv.dilation - top, conv.stride, height, size[0]),
        _clipped(tap[1] * conv.dilation - left, conv.stride, width, size[1]),
        height * width,
        size[0] * size[1] * conv.channels * height * width,
    )


def _window(layer: LayerSpec, size: Size) -> tuple[Size, int, tuple[int, int]]:
    """(rows and columns of its input that a value spans, stride, padding above and before)."""
    if isinstance(layer, Conv2DSpec):
        kernel, stride, dilation = layer.kernel_size, layer.stride, layer.dilation
        top, _, left, _ = resolve_padding(layer.padding, size, kernel, stride, dilation)
        spans = effective_size(kernel[0], dilation), effective_size(kernel[1], dilation)
        return spans, stride, (top, left)
    if isinstance(layer, Pool2DSpec):
        return (layer.size, layer.size), layer.size, (0, 0)
    return (1, 1), 1, (0, 0)


def _size_behind(layer: LayerSpec, size: Size) -> Size:
    if isinstance(layer, Conv2DSpec):
        return output_size(size, layer.kernel_size, layer.stride, layer.padding, layer.dilation)
    if isinstance(layer, Pool2DSpec):
        return pooled_size(size, layer.size)
    if isinstance(layer, ActivationSpec | DropoutSpec):
        return size
    raise PlaygroundError("Behind Flatten and Dense there are no maps to look at.")


def _same(size: int, span: int, stride: int) -> tuple[int, int]:
    total = max(0, (-(-size // stride) - 1) * stride + span - size)
    return total // 2, total - total // 2


def _clipped(start: int, step: int, count: int, size: int) -> range:
    """The positions start + i·step, i < count, that lie in [0, size)."""
    first = max(0, -(start // step)) if start < 0 else 0
    last = min(count, -(-(size - start) // step)) if start < size else 0
    return range(start + first * step, start + max(first, last) * step, step)
