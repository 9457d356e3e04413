"""The hidden kernel of “Copy a filter”."""

from __future__ import annotations

import numpy as np

from playground.core.kernels.initializers import glorot_uniform
from playground.core.kernels.kernel_ops import to_channels
from playground.core.presets import build_preset, find_preset
from playground.core.specs import Conv2DSpec, FloatArray


def preset_goal(key: str, channels: int) -> Conv2DSpec:
    """One kernel: the preset `key`, spread over `channels`."""
    kernel = to_channels(build_preset(key)[:, :, np.newaxis, np.newaxis], channels)
    return _alone(kernel, find_preset(key).name)


def random_goal(channels: int, seed: int, size: int = 3) -> Conv2DSpec:
    """One kernel of random weights between about −1 and 1."""
    kernel = glorot_uniform((size, size, channels, 1), seed)
    return _alone(kernel / np.abs(kernel).max(), f"random {seed}")


def kernel_goal(conv: Conv2DSpec, kernel: int) -> Conv2DSpec:
    """A kernel of the bank as it is now, with its bias."""
    one = conv.kernel[..., kernel : kernel + 1]
    turned = one[::-1, ::-1] if conv.flip else one
    bias = conv.bias[kernel : kernel + 1]
    return Conv2DSpec(turned, bias, (conv.names[kernel],))


def _alone(kernel: FloatArray, name: str) -> Conv2DSpec:
    return Conv2DSpec(kernel, np.zeros(1, np.float32), (name,))
