"""The bank that a new document opens with: eleven classic 3 × 3 kernels and a random one."""

from __future__ import annotations

import math

import numpy as np

from playground.core.kernels import initializers
from playground.core.kernels.kernel_ops import spread
from playground.core.presets import derivatives, details, smoothing
from playground.core.specs import Conv2DSpec, FloatArray, frozen_array

STARTER_SEED = 12

# The width at which a Gaussian's neighbour is exactly half its centre: 1/16 · [1, 2, 1]ᵀ[1, 2, 1].
HALVING_SIGMA = 1 / math.sqrt(2 * math.log(2))


def starter_bank(channels: int) -> Conv2DSpec:
    """The starter kernels over `channels` input channels, (3, 3, channels, 12), all biases 0."""
    classics: dict[str, FloatArray] = {
        "Sobel x": derivatives.sobel_x(),
        "Sobel y": derivatives.sobel_y(),
        "Laplacian": derivatives.laplacian_4(),
        "Sharpen": details.sharpen(),
        "Box blur": smoothing.box_blur(3),
        "Gaussian": smoothing.gaussian_blur(3, HALVING_SIGMA),
        "Emboss": details.emboss(),
        "Outline": details.outline(),
        "Diagonal ↘": derivatives.diagonal_down(),
        "Diagonal ↗": derivatives.diagonal_up(),
        "Identity": smoothing.identity(3),
    }
    random = initializers.glorot_uniform((3, 3, channels, 1), STARTER_SEED)[..., 0]
    kernels = [*(spread(kernel, channels) for kernel in classics.values()), random]
    return Conv2DSpec(
        kernel=frozen_array(np.stack(kernels, axis=-1)),
        bias=frozen_array(np.zeros(len(kernels))),
        names=(*classics, "Random"),
    )
