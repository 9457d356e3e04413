"""Dropout: in training, each value is zero with probability `rate` and else 1 / (1 − rate) larger.

The expected sum stays what it was, so nothing is done outside of training.
Source: N. Srivastava et al., Dropout, 2014 (in the inverted form that Keras and PyTorch use).
"""

from __future__ import annotations

import numpy as np

from playground.core.checks import is_real, shown
from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape
from playground.core.specs import FloatArray


class Dropout(Layer):
    """Forgets a random part of its input in every training step."""

    def __init__(self, rate: float = 0.5) -> None:
        """Raises PlaygroundError for a rate outside [0, 1)."""
        super().__init__()
        if not is_real(rate) or not 0 <= rate < 1:
            raise PlaygroundError(
                f"Dropout's rate is from 0 up to, not including, 1: not {shown(rate)}."
            )
        self.rate = rate
        self._generator = np.random.default_rng(0)
        self._dropped = False

    def output_shape(self, shape: Shape) -> Shape:
        return shape

    def reseed(self, seed: tuple[int, ...]) -> None:
        self._generator = np.random.default_rng(seed)

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        self._dropped = training and self.rate > 0
        if not self._dropped:
            return inputs
        kept = self._work.get("kept", inputs.shape, inputs.dtype)
        # Drawn in float32 whatever the inputs are, so that a check in float64 forgets the same.
        drawn = self._work.get("drawn", inputs.shape, np.float32)
        self._generator.random(dtype=np.float32, out=drawn)
        np.greater_equal(drawn, self.rate, out=kept, casting="unsafe")
        kept *= inputs.dtype.type(1 / (1 - self.rate))
        out = self._work.get("out", inputs.shape, inputs.dtype)
        np.multiply(inputs, kept, out=out)
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted or not self._dropped:
            return gradient if wanted else None
        kept = self._work.get("kept", gradient.shape, gradient.dtype)
        out = self.relay.get(gradient, gradient.shape, gradient.dtype)
        np.multiply(gradient, kept, out=out)
        return out
