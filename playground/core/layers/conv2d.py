"""The convolution layer: its sum forward, and both of its gradients.

With zero padding, stride s and dilation d, for N pictures at once,

    out[o, i, j] = b[o] + Σ_{y, x, c} w[y, x, c, o] · in[i·s + d·y, j·s + d·x, c]
    ∂L/∂w[y, x, c, o] = Σ_{n, i, j} ∂L/∂out[o, i, j] · in[i·s + d·y, j·s + d·x, c]
    ∂L/∂b[o] = Σ_{n, i, j} ∂L/∂out[o, i, j]
    ∂L/∂in[i·s + d·y, j·s + d·x, c] += Σ_o w[y, x, c, o] · ∂L/∂out[o, i, j]

The first is one matrix product per output row i: W (C_out, K) times the patches under that row,
P[i] (K, W'·N) with K = kh·kw·C_in (patches.py). The others are ∂L/∂out[i] · P[i]ᵀ, summed over
i, and Wᵀ · ∂L/∂out[i], added back to where the patches came from.
Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import flag, is_whole
from playground.core.convolve.geometry import output_size, resolve_padding
from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import Initializer
from playground.core.layers.base import Layer, Shape, initialize
from playground.core.layers.patches import Patches
from playground.core.specs import Conv2DSpec, FloatArray, Padding
from playground.core.specs.base import Draw
from playground.core.specs.layers import numbered

NEW_KERNELS = 8
"""Kernels of a new layer."""

_SMALL_PRODUCT = 900_000
"""Multiplications up to which OpenBLAS neither packs its matrices nor wakes its threads, which is
the faster way for kernels of few weights."""

_FEWEST_COLUMNS = 64
"""Narrower products are slower again; with so many weights the large ones are as good."""

_FEWEST_ROWS = 8
"""Products of fewer rows leave a part of the vector registers empty."""


class Conv2D(Layer):
    """A bank of `filters` kernels that are the same at every position of their input."""

    def __init__(
        self,
        filters: int,
        kernel_size: int | tuple[int, int],
        stride: int = 1,
        padding: Padding = "valid",
        dilation: int = 1,
        use_bias: bool = True,
        initializer: str | Initializer = "glorot_uniform",
    ) -> None:
        """Raises PlaygroundError for sizes below 1."""
        super().__init__()
        pair = kernel_size if isinstance(kernel_size, tuple | list) else (kernel_size,) * 2
        numbers = (filters, *pair, stride, dilation)
        if len(pair) != 2 or not all(is_whole(number, 1) for number in numbers):
            raise PlaygroundError(
                "A convolution has at least one kernel of at least 1 × 1 weights, and stride and "
                "dilation of at least 1."
            )
        filters, height, width, stride, dilation = map(int, numbers)
        self.filters, self.kernel_size = filters, (height, width)
        self.stride, self.padding, self.dilation = stride, padding, dilation
        self.use_bias = flag(use_bias, "use_bias")
        self.initializer = initializer
        self.keeps_errors = False
        """Whether there shall be `evidence` after a backward pass."""
        self._error: FloatArray = np.empty((0, 0, 0, 0))
        self._patches = Patches(self.kernel_size, stride, dilation)
        self._back = Patches(self.kernel_size, 1, dilation)

    def output_shape(self, shape: Shape) -> Shape:
        if len(shape) != 3:
            raise PlaygroundError(
                "A convolution needs pictures (height, width, channels), not a row of numbers: "
                "put it before Flatten and Dense."
            )
        size = output_size(
            (shape[0], shape[1]), self.kernel_size, self.stride, self.padding, self.dilation
        )
        return (*size, self.filters)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        kernel = (self.filters, *self.kernel_size, shape[2])
        return [kernel, (self.filters,)] if self.use_bias else [kernel]

    def initialize(self, generator: np.random.Generator) -> None:
        initialize(self.weights, self.initializer, generator)

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C_in, W, N) → output (H', C_out, W', N)."""
        height, channels, width, count = inputs.shape
        rows, columns, _ = self.output_shape((height, width, channels))
        patches = self._patches.under(inputs, (rows, columns), self._sides(height, width))
        out = self.relay.get(inputs, (rows, self.filters, columns, count), inputs.dtype)
        flat = out.reshape(rows, self.filters, columns * count)
        _multiply(self._kernel_matrix(), patches, flat)
        if self.use_bias:
            flat += self._weights[1][:, np.newaxis]
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        """∂L/∂output (H', C_out, W', N) → ∂L/∂inputs (H, C_in, W, N)."""
        rows, filters, columns, count = gradient.shape
        if self.keeps_errors:
            self._error = gradient.copy()
        flat = gradient.reshape(rows, filters, columns * count)
        self._collect_weight_gradient(flat)
        if self.use_bias:
            np.einsum("ifm->f", flat, out=self._gradients[1])
        if not wanted:
            return None
        around = self._border_of_gradient()
        if around is None:
            return self._patches.spread(self._kernel_matrix().T, flat, self.relay)
        return self._correlate_back(gradient, around)

    def evidence(self, kernel: int, tap: int | None) -> tuple[FloatArray, FloatArray]:
        """What the gradient of one weight is summed from, (N, H', W') each.

        First ∂L/∂output of the weight's `kernel`, then the input under the weight at every
        position. `tap` is (y·kw + x)·C_in + c; None stands for the bias, which has 1 under it.
        Valid after a backward pass with `keeps_errors`, until the next forward pass.
        """
        errors = self._error[:, kernel].transpose(2, 0, 1).copy()
        if tap is None:
            return errors, np.ones_like(errors)
        rows, _, columns, count = self._error.shape
        under = self._patches.last[:, tap].reshape(rows, columns, count)
        return errors, under.transpose(2, 0, 1).copy()

    def _collect_weight_gradient(self, gradient: NDArray[Any]) -> None:
        patches = self._patches.last
        (rows, filters, _), deep = gradient.shape, patches.shape[1]
        parts = _weight_parts(deep, filters * gradient.shape[2])
        shape = (rows, parts, deep // parts, filters)
        by_row = self.relay.scratch.get("by row", shape, gradient.dtype)
        # With the taller matrix in front, the product is up to half as fast again. It is parted by
        # weights: parts of its columns would have to be added up.
        apart = patches.reshape(rows, parts, deep // parts, -1)
        np.matmul(apart, gradient.transpose(0, 2, 1)[:, np.newaxis], out=by_row)
        self._gradients[0].reshape(filters, deep).T[...] = by_row.sum(axis=0).reshape(deep, -1)

    def _border_of_gradient(self) -> tuple[int, int, int, int] | None:
        """The padding with which ∂L/∂inputs is itself a correlation, where there is one.

        At stride 1 an input pixel meets the kernel's taps in reverse, so its gradient is the
        correlation of ∂L/∂output, padded by what the forward pass did not pad, with the kernel
        turned by half a turn. That needs kw copies of the gradient where adding up needs kh·kw.
        """
        if self.stride > 1:
            return None
        reach = [self.dilation * (taps - 1) for taps in self.kernel_size]
        sides = self._patches.sides
        around = tuple(reach[n // 2] - side for n, side in enumerate(sides))
        return None if min(around) < 0 else (around[0], around[1], around[2], around[3])

    def _correlate_back(
        self, gradient: FloatArray, around: tuple[int, int, int, int]
    ) -> FloatArray:
        height, channels, width, count = self._patches.input_shape
        patches = self._back.under(gradient, (height, width), around)
        turned = self._weights[0][:, ::-1, ::-1].transpose(3, 1, 2, 0)
        kernel = self._work.get("turned", (channels, patches.shape[1]), gradient.dtype)
        kernel.reshape(turned.shape)[...] = turned
        out = self.relay.get(gradient, (height, channels, width, count), gradient.dtype)
        _multiply(kernel, patches, out.reshape(height, channels, width * count))
        return out

    def _sides(self, height: int, width: int) -> tuple[int, int, int, int]:
        return resolve_padding(
            self.padding, (height, width), self.kernel_size, self.stride, self.dilation
        )

    def _kernel_matrix(self) -> NDArray[Any]:
        """W (C_out, K)."""
        return self._weights[0].reshape(self.filters, -1)

    def in_keras_layout(self, stored: FloatArray) -> FloatArray:
        return stored.transpose(1, 2, 3, 0) if stored.ndim == 4 else stored


def trainable_conv(spec: Conv2DSpec) -> Conv2D:
    """The layer of `spec`; raises PlaygroundError for an edge mode that training does not know."""
    if spec.edge != "zero" and spec.padding != "valid":
        raise PlaygroundError(
            "Training fills the outside of a picture with zeros: choose edge mode zero, "
            "or padding valid."
        )
    return Conv2D(spec.filters, spec.kernel_size, spec.stride, spec.padding, spec.dilation)


def new_conv(shape: Shape, draw: Draw) -> Conv2DSpec:
    """A fresh convolution for an input of `shape`."""
    # Where no maps come in it cannot be computed, and fits as soon as it can.
    channels = shape[2] if len(shape) == 3 else 1
    kernel = draw((3, 3, channels, NEW_KERNELS))
    return Conv2DSpec(kernel, np.zeros(NEW_KERNELS), numbered("kernel", 0, NEW_KERNELS))


def _multiply(kernel: NDArray[Any], patches: NDArray[Any], out: NDArray[Any]) -> None:
    """W · P[i] into out[i] (C_out, W'·N) for every output row i, in products of the right width.

    One call of NumPy for all of them, or two: threads side by side meet at every call.
    """
    width = patches.shape[2]
    part = _columns(kernel.size, width)
    whole = width // part * part
    np.matmul(kernel, _parted(patches[:, :, :whole], part), out=_parted(out[:, :, :whole], part))
    if whole < width:
        np.matmul(kernel, patches[:, :, whole:], out=out[:, :, whole:])


def _weight_parts(deep: int, others: int) -> int:
    """Into how many equal parts of `deep` weights a product with `others` per weight is best cut.

    A product a little below the size that is fast is not always the faster one, two thirds is.
    """
    if deep * others > _SMALL_PRODUCT:
        for parts in range(2, deep // _FEWEST_ROWS + 1):
            if deep % parts == 0 and deep // parts * others <= _SMALL_PRODUCT * 2 // 3:
                return parts
    return 1


def _parted(rows: NDArray[Any], part: int) -> NDArray[Any]:
    """Rows of matrices (H', n, parts·part) as (H', parts, n, part): a view."""
    high, deep, width = rows.shape
    return rows.reshape(high, deep, width // part, part).transpose(0, 2, 1, 3)


def _columns(weights: int, width: int) -> int:
    """How many of `width` columns make a product of a size that the library is fast at."""
    most = _SMALL_PRODUCT // weights // 16 * 16
    if most < _FEWEST_COLUMNS or width <= most:
        return width
    fewest = -(-width // most)
    for parts in range(fewest, 2 * fewest):
        if width % (16 * parts) == 0 and width // parts >= _FEWEST_COLUMNS:
            return width // parts
    return most
