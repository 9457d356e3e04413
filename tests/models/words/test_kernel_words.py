"""What stands below a kernel is true of every channel of it."""

import re

import numpy as np
import pytest

from playground.core.kernels.kernel_ops import spread
from playground.core.kernels.kernel_summary import summary
from playground.core.presets import build_preset
from playground.models.words.kernel_words import separability

SOBEL = build_preset("sobel_x")


def said(*channels):
    return separability(summary(np.stack(channels, axis=-1).astype(np.float32)))


def product_in(words):
    """The kernel that the printed vectors make."""
    column, row = re.search(r": (.*)ᵀ × (.*)$|of (.*)ᵀ × (.*)$", words).groups()[:2]
    vectors = []
    for text in (column, row):
        *factor, numbers = text.split(" · ")
        values = np.array(numbers.strip("[]").split(), float)
        vectors.append(eval(factor[0]) * values if factor else values)
    return np.outer(*vectors)


def test_channels_that_cancel_are_multiples_of_one_kernel_and_not_of_different_vectors():
    words = said(SOBEL, -SOBEL, 0 * SOBEL)
    assert words == "separable, each channel a multiple of [1 2 1]ᵀ × [-1 0 1]"


@pytest.mark.parametrize("name", ["sobel_x", "prewitt_y", "box_blur", "gaussian_blur"])
@pytest.mark.parametrize("channels", [1, 3])
def test_the_printed_vectors_make_each_channel(name, channels):
    kernel = spread(build_preset(name), channels)
    product = product_in(separability(summary(kernel)))
    for channel in np.moveaxis(kernel, -1, 0):
        assert product == pytest.approx(channel, abs=1e-3)


def test_different_vectors_are_said_where_they_are_different():
    assert said(SOBEL, SOBEL.T) == "separable in each channel, by different vectors"
    assert said(SOBEL, build_preset("laplacian_4")) == "not separable (rank 2)"
    assert said(0 * SOBEL, 0 * SOBEL) == "all weights are zero"
