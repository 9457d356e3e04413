"""What one output value is made of.

    value = f(Σ_{y, x, c} weight[y, x, c] · patch[y, x, c] + bias)

and, behind pooling, the maximum or the mean of s × s such values. Computed in float64 from the
float32 numbers in use, so that it agrees with the map to every digit that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import index_below, is_whole, real_array
from playground.core.checks import shown as said
from playground.core.convolve.activations import activate
from playground.core.convolve.edges import source_index
from playground.core.convolve.geometry import ReceptiveField, output_size, receptive_field
from playground.core.convolve.pooling import pooled_size
from playground.core.errors import PlaygroundError
from playground.core.specs import BlockSpec, Conv2DSpec, FloatArray


@dataclass(frozen=True)
class PoolCandidate:
    """One value in a pooling window: where it stands in the unpooled map, and what it is."""

    row: int
    column: int
    value: float


@dataclass(frozen=True, eq=False)
class OutputExplanation:
    """One value of a feature map, taken apart; arrays are float64."""

    kernel: int
    row: int
    column: int
    """The value's place in the map as it is shown."""
    window: ReceptiveField
    """The input pixels under the kernel."""
    patch: FloatArray
    """(kh, kw, C) input values, the filled ones outside the image among them."""
    inside: NDArray[np.bool_]
    """(kh, kw) whether a tap falls on the image."""
    weights: FloatArray
    """(kh, kw, C) as they are applied: turned by half a turn for true convolution."""
    products: FloatArray
    sum: float
    bias: float
    pre_activation: float
    activated: float
    value: float
    candidates: tuple[PoolCandidate, ...] = ()
    """Behind pooling: all values of the window."""
    chosen: int = 0
    """The candidate that is taken apart: the largest one, or the first of a mean."""

    def __post_init__(self) -> None:
        shape = self.patch.shape
        if not shape == self.weights.shape == self.products.shape == (*self.inside.shape, shape[2]):
            raise ValueError("patch, weights and products are of one shape (kh, kw, C)")


def explain_output(
    image: FloatArray, block: BlockSpec, kernel: int, row: int, column: int
) -> OutputExplanation:
    """Take apart the value at (row, column) of one map of image (H, W, C).

    Raises PlaygroundError where there is no such pixel or kernel, and where the image has other
    channels than the kernels.
    """
    conv, pool = block.conv, block.pool
    image = real_array(image, "An image")
    if image.ndim != 3 or not image.size:
        raise PlaygroundError(f"An image here is (height, width, channels), not {image.shape}.")
    kernel = index_below(conv.filters, kernel, "kernel")
    conv.check_fit(image.shape)
    size = output_size(image.shape[:2], conv.kernel_size, conv.stride, conv.padding, conv.dilation)
    shown = size if pool is None else pooled_size(size, pool.size)
    if not all(is_whole(i, 0) and i < n for i, n in zip((row, column), shown, strict=True)):
        raise PlaygroundError(
            f"The map of {shown[0]} × {shown[1]} has no pixel ({said(row)}, {said(column)})."
        )
    row, column = int(row), int(column)
    window = 1 if pool is None else pool.size
    places = [(row * window + i, column * window + j) for i in range(window) for j in range(window)]
    parts = [_one(image, block, kernel, place) for place in places]
    values = [part.activated for part in parts]
    chosen = int(np.argmax(values)) if pool is not None and pool.kind == "max" else 0
    value = values[chosen]
    if pool is not None and pool.kind == "average":
        value = float(np.mean(values))
    candidates = tuple(PoolCandidate(*place, v) for place, v in zip(places, values, strict=True))
    part = parts[chosen]
    return OutputExplanation(
        kernel=kernel,
        row=row,
        column=column,
        window=part.window,
        patch=part.patch,
        inside=part.inside,
        weights=part.weights,
        products=part.products,
        sum=part.sum,
        bias=part.bias,
        pre_activation=part.pre_activation,
        activated=part.activated,
        value=value,
        candidates=candidates if pool is not None else (),
        chosen=chosen,
    )


def _one(
    image: FloatArray, block: BlockSpec, kernel: int, place: tuple[int, int]
) -> OutputExplanation:
    """One value before pooling."""
    conv = block.conv
    field = receptive_field(*place, image.shape[:2], conv)
    patch, inside = _patch(image, field, conv)
    weights = conv.kernel[..., kernel].astype(np.float64)
    if conv.flip:
        weights = weights[::-1, ::-1]
    products = weights * patch
    total, bias = float(products.sum()), float(conv.bias[kernel])
    before = np.array([total + bias])
    after = float(activate(before, block.activation)[0])
    return OutputExplanation(
        kernel, *place, field, patch, inside, weights, products, total, bias, total + bias,
        after, after,
    )  # fmt: skip


def _patch(
    image: FloatArray, field: ReceptiveField, conv: Conv2DSpec
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """The input values under the taps, and which of them are on the image."""
    height, width, _ = image.shape
    rows = source_index(field.top, field.top + field.height, height, conv.edge)[:: conv.dilation]
    columns = source_index(field.left, field.left + field.width, width, conv.edge)[:: conv.dilation]
    patch = image[np.ix_(rows, columns)].astype(np.float64)
    patch[rows < 0] = 0
    patch[:, columns < 0] = 0
    on_rows = [0 <= r < height for r in field.rows]
    on_columns = [0 <= c < width for c in field.columns]
    return patch, np.outer(on_rows, on_columns).astype(bool)
