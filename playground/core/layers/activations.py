"""Activation layers: each value by itself, and its slope for the way back.

    ReLU max(v, 0) · LeakyReLU v if v > 0 else slope·v · Sigmoid 1 / (1 + e^-v) · Tanh

At v = 0 the slope of ReLU and LeakyReLU is the one of the negative side, as in PyTorch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import is_real, shown
from playground.core.convolve.activations import activate
from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape
from playground.core.specs import ActivationSpec, FloatArray


class _Elementwise(Layer):
    """A function of each value; `_slope` is its derivative from its output alone."""

    spec: ActivationSpec

    def output_shape(self, shape: Shape) -> Shape:
        return shape

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        out = self._work.get("out", inputs.shape, inputs.dtype)
        self._output = activate(inputs, self.spec, out)
        return self._output

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self.relay.get(gradient, gradient.shape, gradient.dtype)
        self._times_slope(self._output, gradient, out)
        return out

    def _times_slope(self, output: FloatArray, gradient: FloatArray, out: FloatArray) -> None:
        raise NotImplementedError

    def _above(self, shape: Shape) -> NDArray[np.bool_]:
        """Where the values were above zero, for functions whose slope changes there."""
        return self._work.get("above", shape, bool)


class ReLU(_Elementwise):
    """max(v, 0)."""

    spec = ActivationSpec("relu")

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        # Of maps only the signs are kept, a quarter as many bytes. A dense layer keeps its inputs.
        if inputs.ndim == 4:
            out = self.relay.over(inputs)
        else:
            out = self._work.get("out", inputs.shape, inputs.dtype)
        activate(inputs, self.spec, out)
        np.greater(out, 0, out=self._above(out.shape))
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        if not wanted:
            return None
        out = self.relay.over(gradient)
        np.multiply(gradient, self._above(gradient.shape), out=out)
        return out


class LeakyReLU(_Elementwise):
    """v above zero, slope·v below."""

    def __init__(self, slope: float = 0.1) -> None:
        """Raises PlaygroundError for a slope that is no finite number."""
        super().__init__()
        if not is_real(slope):
            raise PlaygroundError(f"The slope is a finite number, not {shown(slope)}.")
        self.slope = slope
        self.spec = ActivationSpec("leaky_relu", slope)

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        np.greater(inputs, 0, out=self._above(inputs.shape))
        return super().forward(inputs, training)

    def _times_slope(self, output: FloatArray, gradient: FloatArray, out: FloatArray) -> None:
        np.multiply(gradient, gradient.dtype.type(self.slope), out=out)
        np.copyto(out, gradient, where=self._above(gradient.shape))


class Sigmoid(_Elementwise):
    """1 / (1 + e^-v); its slope is f·(1 − f)."""

    spec = ActivationSpec("sigmoid")

    def _times_slope(self, output: FloatArray, gradient: FloatArray, out: FloatArray) -> None:
        np.subtract(1, output, out=out)
        out *= output
        out *= gradient


class Tanh(_Elementwise):
    """tanh v; its slope is 1 − f²."""

    spec = ActivationSpec("tanh")

    def _times_slope(self, output: FloatArray, gradient: FloatArray, out: FloatArray) -> None:
        np.multiply(output, output, out=out)
        np.subtract(1, out, out=out)
        out *= gradient
