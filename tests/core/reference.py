"""The convolution layer written as its formula, for tests to hold the fast one against."""

from __future__ import annotations

import numpy as np

PAD_MODES = {
    "zero": "constant",
    "replicate": "edge",
    "reflect": "reflect",
    "symmetric": "symmetric",
    "wrap": "wrap",
}


def sides_of(padding, size, kernel, stride, dilation) -> tuple[int, int, int, int]:
    """(top, bottom, left, right), "same" by TensorFlow's published rule."""
    if padding == "valid":
        return (0,) * 4
    if isinstance(padding, int):
        return (padding,) * 4
    if padding != "same":
        return padding
    sides = []
    for n, k in zip(size, kernel, strict=True):
        span = (k - 1) * dilation + 1
        total = max((int(np.ceil(n / stride)) - 1) * stride + span - n, 0)
        sides += [total // 2, total - total // 2]
    return tuple(sides)


def pad(image: np.ndarray, sides, edge: str) -> np.ndarray:
    """NumPy's own padding of the first two axes."""
    top, bottom, left, right = sides
    return np.pad(image, ((top, bottom), (left, right), (0, 0)), mode=PAD_MODES[edge])


def reference(image, kernel, bias, stride=1, padding="same", dilation=1, edge="zero", flip=False):
    """maps[o, i, j] = bias[o] + Σ kernel[y, x, c, o] · padded[i·s + d·y, j·s + d·x, c]."""
    kh, kw = kernel.shape[:2]
    padded = pad(image, sides_of(padding, image.shape[:2], (kh, kw), stride, dilation), edge)
    height = (padded.shape[0] - (kh - 1) * dilation - 1) // stride + 1
    width = (padded.shape[1] - (kw - 1) * dilation - 1) // stride + 1
    maps = np.zeros((kernel.shape[3], height, width)) + np.reshape(bias, (-1, 1, 1))
    for y in range(kh):
        for x in range(kw):
            at = padded[y * dilation :, x * dilation :]
            at = at[: (height - 1) * stride + 1 : stride, : (width - 1) * stride + 1 : stride]
            weights = kernel[kh - 1 - y, kw - 1 - x] if flip else kernel[y, x]
            maps += np.einsum("hwc,co->ohw", at, weights)
    return maps
