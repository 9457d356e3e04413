"""conv2d against OpenCV's filter2D, where both fill the outside in the same way."""

import numpy as np
import pytest

from playground.core import conv2d

cv2 = pytest.importorskip(
    "cv2", reason="OpenCV is not installed: python3 run.py oracles installs it"
)

BORDERS = {
    "zero": cv2.BORDER_CONSTANT,
    "replicate": cv2.BORDER_REPLICATE,
    "reflect": cv2.BORDER_REFLECT_101,
    "symmetric": cv2.BORDER_REFLECT,
}


@pytest.mark.parametrize("edge", sorted(BORDERS))
@pytest.mark.parametrize("size", [1, 3, 5, 7, 9, 11])
def test_odd_kernels_agree_in_every_shared_edge_mode(edge, size):
    rng = np.random.default_rng(size)
    image = rng.random((37, 53)).astype(np.float32)
    kernel = rng.normal(size=(size, size)).astype(np.float32)
    expected = cv2.filter2D(image, cv2.CV_32F, kernel, borderType=BORDERS[edge])
    maps = conv2d(image[..., np.newaxis], kernel[..., np.newaxis, np.newaxis], edge=edge)
    assert np.abs(maps[0] - expected).max() <= 1e-5 * np.abs(expected).max()
