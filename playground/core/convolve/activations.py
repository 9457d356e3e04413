"""Elementwise activations: the value a feature map shows is f(Σ w·x + b).

none f(v) = v · relu max(v, 0) · leaky_relu v if v > 0 else slope·v · abs |v|
sigmoid 1 / (1 + e^-v) · tanh (e^v − e^-v) / (e^v + e^-v)
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import is_real, real_array, shown
from playground.core.errors import PlaygroundError
from playground.core.specs import ACTIVATIONS, ActivationSpec, FloatArray


def activate(
    values: FloatArray, activation: ActivationSpec, out: NDArray[Any] | None = None
) -> FloatArray:
    """f(values), same shape; into `out` where one is given, which may be `values` itself."""
    if not isinstance(activation, ActivationSpec):
        raise PlaygroundError(
            f"An activation is told by an ActivationSpec, not {shown(activation)}."
        )
    values, name = real_array(values, "values"), activation.name
    if not isinstance(name, str) or name not in ACTIVATIONS or not is_real(activation.slope):
        raise PlaygroundError(
            f"An activation is one of {', '.join(ACTIVATIONS)}, its slope a finite number: not "
            f"{shown(name)} with {shown(activation.slope)}."
        )
    if name == "none":
        if out is None or out is values:
            return values
        out[...] = values
        return out
    if name == "relu":
        # max(v, 0), but NumPy is twice as fast at clipping, and goes through whole arrays at once.
        return np.clip(values, 0, np.inf, out=out)
    if name == "leaky_relu":
        slope = values.dtype.type(activation.slope)
        if 0 < slope <= 1 and out is not None and out is not values:
            # The larger of v and slope·v: no array is needed that says where v > 0.
            np.multiply(values, slope, out=out)
            np.maximum(values, out, out=out)
            return out
        return np.multiply(values, np.where(values > 0, values.dtype.type(1), slope), out=out)
    if name == "abs":
        return np.abs(values, out=out)
    if name == "tanh":
        return np.tanh(values, out=out)
    # e^-|v| never overflows, and keeps the tail's digits: e^v / (1 + e^v) below 0.
    powers = np.exp(-np.abs(values))
    above = np.where(values > 0, values.dtype.type(1), powers)
    powers += 1
    return np.divide(above, powers, out=out)
