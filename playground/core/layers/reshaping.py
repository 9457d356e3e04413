"""Flatten: pictures become rows of numbers, in Keras's order (height, width, channel)."""

from __future__ import annotations

import math

from playground.core.layers.base import Layer, Shape
from playground.core.specs import FloatArray


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
