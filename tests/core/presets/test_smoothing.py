"""Kernels that average: none is negative, and a flat picture stays what it is."""

import numpy as np
import pytest

from playground.core.presets import smoothing


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_averages_add_up_to_one(size):
    for kernel in (smoothing.box_blur(size), smoothing.gaussian_blur(size, 1.2)):
        assert kernel.shape == (size, size)
        assert (kernel >= 0).all()
        assert kernel.sum() == pytest.approx(1, abs=1e-6)


def test_a_gaussian_is_a_product_and_falls_with_the_distance():
    kernel = smoothing.gaussian(7, 1.5)
    assert np.linalg.matrix_rank(kernel) == 1
    expected = np.exp(-(np.array([9, 4, 1, 0]) / (2 * 1.5**2)))
    np.testing.assert_allclose(kernel[3, :4] / kernel[3, 3], expected, rtol=1e-6)


def test_the_identity_is_one_in_the_middle():
    assert smoothing.identity(5).sum() == smoothing.identity(5)[2, 2] == 1


def test_coordinates_count_from_the_middle_between_two_pixels_of_an_even_size():
    down, across = smoothing.coordinates(4)
    assert down.ravel().tolist() == across.ravel().tolist() == [-1.5, -0.5, 0.5, 1.5]
