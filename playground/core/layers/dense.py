"""The dense layer: every unit has a weight of its own for every input.

out[u] = b[u] + Σ_i w[i, u] · in[i]         out = W · in + b for N columns at once
∂L/∂w = in · ∂L/∂outᵀ      ∂L/∂b = Σ_n ∂L/∂out      ∂L/∂in = Wᵀ · ∂L/∂out

And Flatten before it: pictures become rows of numbers, in Keras's order (height, width, channel).
"""

from __future__ import annotations

import math

import numpy as np

from playground.core.checks import flag, is_whole
from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import Initializer
from playground.core.layers.base import Layer, Shape, initialize
from playground.core.specs import DenseSpec, FloatArray
from playground.core.specs.base import Draw
from playground.core.specs.layers import check_dense, numbered

NEW_UNITS = 10
"""Units of a new layer."""


class Dense(Layer):
    """`units` weighted sums of all inputs."""

    def __init__(
        self,
        units: int,
        use_bias: bool = True,
        initializer: str | Initializer = "glorot_uniform",
    ) -> None:
        """Raises PlaygroundError for fewer than one unit."""
        super().__init__()
        if not is_whole(units, 1):
            raise PlaygroundError("A dense layer has at least one unit.")
        self.units, self.initializer = int(units), initializer
        self.use_bias = flag(use_bias, "use_bias")

    def output_shape(self, shape: Shape) -> Shape:
        if len(shape) != 1:
            raise PlaygroundError(
                f"A dense layer needs one row of numbers, not pictures of shape {shape}: put "
                "Flatten or GlobalAveragePool2D before it."
            )
        return (self.units,)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        kernel = (self.units, shape[0])
        return [kernel, (self.units,)] if self.use_bias else [kernel]

    def initialize(self, generator: np.random.Generator) -> None:
        initialize(self.weights, self.initializer, generator)

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (n, N) → output (units, N)."""
        self._input = inputs
        out = self._work.get("out", (self.units, inputs.shape[1]), inputs.dtype)
        np.matmul(self._weights[0], inputs, out=out)
        if self.use_bias:
            out += self._weights[1][:, np.newaxis]
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        """∂L/∂output (units, N) → ∂L/∂inputs (n, N)."""
        np.matmul(gradient, self._input.T, out=self._gradients[0])
        if self.use_bias:
            gradient.sum(axis=1, out=self._gradients[1])
        if not wanted:
            return None
        out = self.relay.get(gradient, self._input.shape, gradient.dtype)
        return np.matmul(self._weights[0].T, gradient, out=out)

    def in_keras_layout(self, stored: FloatArray) -> FloatArray:
        return stored.T


def new_dense(shape: Shape, draw: Draw) -> DenseSpec:
    """A fresh dense layer for an input of `shape`; raises PlaygroundError for a huge one."""
    check_dense(shape[-1], NEW_UNITS)
    kernel = draw((shape[-1], NEW_UNITS))
    return DenseSpec(kernel, np.zeros(NEW_UNITS), numbered("unit", 0, NEW_UNITS))


class Flatten(Layer):
    """(H, W, C) → (H·W·C,)."""

    def output_shape(self, shape: Shape) -> Shape:
        return (math.prod(shape),)

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) → output (H·W·C, N)."""
        if inputs.ndim == 2:
            self._moved = None
            return inputs
        height, channels, width, count = inputs.shape
        out = self._work.get("out", (height, width, channels, count), inputs.dtype)
        out[...] = inputs.transpose(0, 2, 1, 3)
        self._moved = out.shape
        return out.reshape(-1, count)

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        """∂L/∂output (H·W·C, N) → ∂L/∂inputs (H, C, W, N)."""
        if self._moved is None or not wanted:
            return gradient if wanted else None
        height, width, channels, count = self._moved
        out = self.relay.get(gradient, (height, channels, width, count), gradient.dtype)
        out[...] = gradient.reshape(self._moved).transpose(0, 2, 1, 3)
        return out
