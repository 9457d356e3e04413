"""Dropout: in training, a random share of the values becomes 0, and the rest 1 / (1 − rate) larger.

The expected sum stays what it was, so nothing is done outside of training. What is forgotten is
drawn for a whole batch and then sliced (see `Layer.reseed`); `rate` is rounded to 1/65536.
Source: N. Srivastava et al., Dropout, 2014 (in the inverted form that Keras and PyTorch use).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import is_real, shown
from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape
from playground.core.specs import FloatArray

_LEVELS = 1 << 16
"""Random numbers are of 16 bits, four to a word of the generator: those of a whole batch are drawn
in half the time that float32 numbers take."""


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
        self._forgotten_below = np.uint16(min(_LEVELS - 1, round(rate * _LEVELS)))
        self.reseed((0,))
        self._dropped = False

    def output_shape(self, shape: Shape) -> Shape:
        return shape

    def reseed(self, seed: tuple[int, ...], start: int = 0, whole: int | None = None) -> None:
        self._seed, self._start, self._whole = seed, start, whole

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        self._dropped = training and self.rate > 0
        if not self._dropped:
            return inputs
        kept = self._work.get("kept", inputs.shape, inputs.dtype)
        np.greater_equal(
            self._drawn(inputs.shape), self._forgotten_below, out=kept, casting="unsafe"
        )
        kept *= inputs.dtype.type(1 / (1 - self.rate))
        out = self._work.get("out", inputs.shape, inputs.dtype)
        np.multiply(inputs, kept, out=out)
        return out

    def _drawn(self, shape: Shape) -> NDArray[np.uint16]:
        """Whole numbers from 0 to 65535 for the examples (…, N) of this pass."""
        *rest, count = shape
        whole = (*rest, count if self._whole is None else self._whole)
        size = math.prod(whole)
        words: NDArray[np.uint64] = np.random.PCG64(self._seed).random_raw(-(-size // 4))
        numbers = words.view(np.uint16)[:size].reshape(whole)
        return numbers[..., self._start : self._start + count]

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted or not self._dropped:
            return gradient if wanted else None
        kept = self._work.get("kept", gradient.shape, gradient.dtype)
        out = self.relay.get(gradient, gradient.shape, gradient.dtype)
        np.multiply(gradient, kept, out=out)
        return out
