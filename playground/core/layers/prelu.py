"""PReLU: a leaky ReLU that learns its slope, one for each channel.

    out = max(x, 0) + α_c · min(x, 0)
    ∂L/∂α_c = Σ ∂L/∂out · min(x, 0)        ∂L/∂x = ∂L/∂out where x > 0, else α_c · ∂L/∂out

α has the shape (1, 1, C) for maps, as Keras stores it with shared_axes=[1, 2], and (C,) for a row
of numbers. It begins with zeros, Keras's default (PyTorch begins with 0.25). At x = 0 the slope is
the one of the negative side, as in PyTorch.
Source: K. He, X. Zhang, S. Ren and J. Sun, Delving Deep into Rectifiers, ICCV 2015.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from playground.core.convolve.activations import activate
from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape
from playground.core.specs import ActivationSpec, FloatArray, LayerSpec
from playground.core.specs.base import Draw, Order, WeightedSpec, first_of


@dataclass(frozen=True, eq=False)
class PReLUSpec(WeightedSpec):
    """The slopes: alpha (1, 1, C) for maps or (C,) for a row of numbers."""

    alpha: FloatArray

    weight_names = ("alpha",)
    key = "prelu"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.alpha.size or self.alpha.shape not in ((1, 1, self.inputs), (self.inputs,)):
            raise PlaygroundError(
                "PReLU has one slope for each channel, (1, 1, channels) or (channels,), not "
                f"{self.alpha.shape}."
            )

    @property
    def inputs(self) -> int:
        return int(self.alpha.size)

    def check_fit(self, shape: Shape) -> None:
        if self.alpha.shape != _slopes(shape):
            raise PlaygroundError(
                f"This PReLU has slopes of shape {self.alpha.shape}, but {_slopes(shape)} are "
                "needed for what comes in."
            )

    def fresh(self, shape: Shape | None, _draw: Draw) -> Self:
        return replace(self, alpha=np.zeros(self.alpha.shape if shape is None else _slopes(shape)))

    def fitted(self, shape: Shape, draw: Draw) -> Self:
        """The slopes of the first channels are kept, and new ones are zero."""
        if self.alpha.shape == _slopes(shape):
            return self
        kept = self.with_inputs(first_of(shape[-1], self.inputs), draw)
        return replace(kept, alpha=kept.alpha.reshape(_slopes(shape)))

    def with_inputs(self, order: Order, _draw: Draw) -> Self:
        """Each slope moves with its channel, and that of a new one is zero."""
        flat = self.alpha.reshape(-1)
        moved = np.array([0 if was is None else flat[was] for was in order])
        return replace(self, alpha=moved.reshape(*self.alpha.shape[:-1], -1))


class PReLU(Layer):
    """max(x, 0) + α·min(x, 0), with an α for each channel."""

    def output_shape(self, shape: Shape) -> Shape:
        return shape

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        return [_slopes(shape)]

    def initialize(self, generator: np.random.Generator) -> None:
        self._weights[0][...] = 0

    def forward(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Inputs (H, C, W, N) or (C, N) → output of the same shape."""
        above = self._work.get("above", inputs.shape, bool)
        np.greater(inputs, 0, out=above)
        below = np.minimum(inputs, 0, out=self._work.get("below", inputs.shape, inputs.dtype))
        out = self._work.get("out", inputs.shape, inputs.dtype)
        np.multiply(below, self._alpha(inputs.ndim), out=out)
        np.copyto(out, inputs, where=above)
        return out

    def backward(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        below = self._work.get("below", gradient.shape, gradient.dtype)
        axes = "hcwn,hcwn->c" if gradient.ndim == 4 else "cn,cn->c"
        np.einsum(axes, gradient, below, out=self._gradients[0].reshape(-1))
        if not wanted:
            return None
        out = self.relay.get(gradient, gradient.shape, gradient.dtype)
        np.multiply(gradient, self._alpha(gradient.ndim), out=out)
        np.copyto(out, gradient, where=self._work.get("above", gradient.shape, bool))
        return out

    def _alpha(self, axes: int) -> FloatArray:
        """α against maps (H, C, W, N) or rows (C, N)."""
        return self._weights[0].reshape((-1, 1, 1) if axes == 4 else (-1, 1))


def new_prelu(shape: Shape, _draw: Draw) -> LayerSpec:
    """A fresh PReLU for an input of `shape`."""
    return PReLUSpec(np.zeros(_slopes(shape)))


def on_map(layer: PReLUSpec, values: FloatArray, channel: int) -> FloatArray:
    """What it makes of map number `channel` (H, W)."""
    slope = float(layer.alpha.reshape(-1)[channel])
    return activate(values, ActivationSpec("leaky_relu", slope))


def _slopes(shape: Shape) -> Shape:
    """The shape of α for what comes in."""
    return (*[1] * (len(shape) - 1), shape[-1])
