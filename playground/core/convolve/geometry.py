"""Where a kernel's taps fall: sizes, padding, receptive fields and the reach of one weight.

With dilation d a kernel of k taps spans e = d·(k − 1) + 1 pixels. Over n pixels padded by a + b,
at stride s, it takes

    n' = ⌊(n + a + b − e) / s⌋ + 1

positions; output i looks at the inputs i·s − a + d·t for t = 0 … k − 1.

Through several layers, a row i of the last one's output looks at the rows i·s − a + d·t of its
input, each of these at rows of the input before, and so on; pooling over s × s is s taps with
stride s. All units' fields are alike, and the product of the strides (the jump) apart.
Source: A. Araujo, W. Norris and J. Sim, "Computing Receptive Fields of Convolutional Neural
Networks", Distill 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral

from playground.core.checks import is_whole
from playground.core.claims import Claim
from playground.core.convolve.pooling import pooled_size
from playground.core.errors import PlaygroundError
from playground.core.specs import Conv2DSpec, LayerSpec, Padding, Pool2DSpec
from playground.core.specs.base import Window

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
    if not all(is_whole(number, 1) and number <= LARGEST_AREA for number in (stride, dilation)):
        raise PlaygroundError(
            f"Stride and dilation are whole numbers, at least 1 and at most {LARGEST_AREA}."
        )
    top, bottom, left, right = resolve_padding(padding, size, kernel, stride, dilation)
    padded = size[0] + top + bottom, size[1] + left + right
    if padded[0] * padded[1] > max(LARGEST_AREA, 4 * size[0] * size[1]):
        raise PlaygroundError(
            f"With this padding the input would have {padded[0]} × {padded[1]} pixels, more "
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
    """The input pixels one output looks at: where these rows and columns cross.

    Both from low to high; below 0 or beyond the image they lie outside it.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def top(self) -> int:
        """The first row."""
        return self.rows[0]

    @property
    def left(self) -> int:
        """The first column."""
        return self.columns[0]

    @property
    def height(self) -> int:
        """Rows from the first to the last, those in gaps included."""
        return self.rows[-1] - self.rows[0] + 1

    @property
    def width(self) -> int:
        """Columns from the first to the last, those in gaps included."""
        return self.columns[-1] - self.columns[0] + 1

    @property
    def spacing(self) -> float:
        """The mean distance between neighbours, the smaller of both axes; 1 without gaps."""
        pairs = ((self.height, len(self.rows)), (self.width, len(self.columns)))
        return min(((span - 1) / (count - 1) for span, count in pairs if count > 1), default=1.0)

    def outside(self, size: Size) -> int:
        """How many of the pixels lie outside an image of `size`."""
        rows = sum(0 <= row < size[0] for row in self.rows)
        columns = sum(0 <= column < size[1] for column in self.columns)
        return len(self.rows) * len(self.columns) - rows * columns


def receptive_field(
    row: int, column: int, size: Size, conv: Conv2DSpec, pool: int = 1
) -> ReceptiveField:
    """The field of output (row, column), behind pooling over `pool` × `pool` where that is > 1."""
    layers = (conv, Pool2DSpec(size=pool)) if pool > 1 else (conv,)
    return unit_fields(size, layers).of(row, column)


@dataclass(frozen=True)
class UnitFields:
    """The receptive fields of all units of a map: equally large, `jump` pixels apart."""

    first: ReceptiveField
    """That of unit (0, 0)."""
    jump: int

    def of(self, row: int, column: int) -> ReceptiveField:
        """That of unit (row, column)."""
        down, across = row * self.jump, column * self.jump
        return ReceptiveField(
            tuple(at + down for at in self.first.rows),
            tuple(at + across for at in self.first.columns),
        )


def map_size(size: Size, layers: Sequence[LayerSpec]) -> Size:
    """(H', W') behind all of `layers`; raises PlaygroundError where there is no map."""
    for layer in layers:
        size = _size_behind(layer, size)
    return size


def unit_fields(size: Size, layers: Sequence[LayerSpec]) -> UnitFields:
    """What the units behind `layers` see of an input of `size`.

    From the last layer back to the first, each row of a layer's output becomes the rows of its
    input that it looks at. Raises PlaygroundError where no map is.
    """
    seen, jump = [], 1
    for layer in layers:
        after = _size_behind(layer, size)
        window = layer.window or Window()
        top, _, left, _ = resolve_padding(
            window.padding, size, window.taps, window.stride, window.dilation
        )
        seen.append((window, (top, left)))
        jump *= window.stride
        size = after
    axes: list[tuple[int, ...]] = [(0,), (0,)]
    for window, before in reversed(seen):
        for axis, places in enumerate(axes):
            taps, outside = window.taps[axis], before[axis]
            under = _under(places, taps, window.stride, window.dilation, outside)
            axes[axis] = tuple(sorted(under))
    rows, columns = axes
    return UnitFields(ReceptiveField(rows, columns), jump)


@dataclass(frozen=True)
class WeightReach:
    """The input pixels that one weight is multiplied with as the kernel slides."""

    rows: range
    columns: range
    """Rows and columns inside the image; their product is the set of pixels."""
    used: Claim
    """For how many of the H'·W' outputs the weight meets a pixel of the image, not its outside."""
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
    rows = _clipped(tap[0] * conv.dilation - top, conv.stride, height, size[0])
    columns = _clipped(tap[1] * conv.dilation - left, conv.stride, width, size[1])
    used, dense = len(rows) * len(columns), size[0] * size[1] * conv.channels * height * width
    return WeightReach(rows, columns, Claim("used", (used,), height * width), dense)


def _under(positions: tuple[int, ...], taps: int, stride: int, gap: int, before: int) -> set[int]:
    """The input rows, or columns, that these of the output look at, behind padding `before`."""
    return {at * stride - before + gap * tap for at in positions for tap in range(taps)}


def _size_behind(layer: LayerSpec, size: Size) -> Size:
    window = layer.window
    if window is None:
        raise PlaygroundError("Behind Flatten and Dense there are no maps to look at.")
    if window.pools:
        return pooled_size(size, window.stride)
    return output_size(size, window.taps, window.stride, window.padding, window.dilation)


def _same(size: int, span: int, stride: int) -> tuple[int, int]:
    total = max(0, (-(-size // stride) - 1) * stride + span - size)
    return total // 2, total - total // 2


def _clipped(start: int, step: int, count: int, size: int) -> range:
    """The positions start + i·step, i < count, that lie in [0, size)."""
    first = max(0, -(start // step)) if start < 0 else 0
    last = min(count, -(-(size - start) // step)) if start < size else 0
    return range(start + first * step, start + max(first, last) * step, step)
