"""The convolution layer's sum, as in Keras and PyTorch (cross-correlation).

    maps[o, i, j] = bias[o] + Σ_{y, x, c} kernel[y, x, c, o] · padded[i·s + d·y, j·s + d·x, c]

With flip=True the kernel is turned by half a turn first, which is true convolution. Strips of
output rows are unfolded (im2col) into (kh·kw·C_in, rows·W') and multiplied by the kernel as one
(C_out, kh·kw·C_in) matrix.
"""

from __future__ import annotations

import numpy as np

from playground.core.edges import padded_window
from playground.core.errors import PlaygroundError
from playground.core.geometry import effective_size, output_size, resolve_padding
from playground.core.specs import EDGE_MODES, EdgeMode, FloatArray, Padding

_STRIP_BYTES = 4 << 20


def conv2d(
    image: FloatArray,
    kernel: FloatArray,
    bias: FloatArray | None = None,
    *,
    stride: int = 1,
    padding: Padding = "same",
    dilation: int = 1,
    edge: EdgeMode = "zero",
    flip: bool = False,
) -> FloatArray:
    """Feature maps (C_out, H', W') of image (H, W, C_in) under kernel (kh, kw, C_in, C_out).

    bias (C_out,). float64 where image and kernel are, else float32. Raises PlaygroundError for a
    kernel that does not fit and for sizes of zero or values that are not finite.
    """
    image, kernel, bias = _checked(image, kernel, bias, edge)
    size = output_size(image.shape[:2], kernel.shape[:2], stride, padding, dilation)
    maps = np.empty((kernel.shape[3], *size), image.dtype)
    step = strip_rows(kernel.shape, size[1], image.dtype.itemsize)
    for start in range(0, size[0], step):
        stop = min(start + step, size[0])
        conv2d_rows(
            image,
            kernel,
            bias,
            (start, stop),
            maps[:, start:stop],
            stride=stride,
            padding=padding,
            dilation=dilation,
            edge=edge,
            flip=flip,
        )
    return maps


def strip_rows(kernel_shape: tuple[int, ...], width: int, itemsize: int = 4) -> int:
    """Output rows whose unfolded inputs take about _STRIP_BYTES."""
    kh, kw, channels, _ = kernel_shape
    return max(1, _STRIP_BYTES // (kh * kw * channels * width * itemsize))


def conv2d_rows(
    image: FloatArray,
    kernel: FloatArray,
    bias: FloatArray,
    rows: tuple[int, int],
    out: FloatArray,
    *,
    stride: int,
    padding: Padding,
    dilation: int,
    edge: EdgeMode,
    flip: bool,
) -> None:
    """Write output rows [rows) of all maps into `out` (C_out, rows, W')."""
    kh, kw, channels, filters = kernel.shape
    top, _, left, _ = resolve_padding(padding, image.shape[:2], kernel.shape[:2], stride, dilation)
    count, width = rows[1] - rows[0], out.shape[2]
    first = rows[0] * stride - top
    tall = (count - 1) * stride + effective_size(kh, dilation)
    wide = (width - 1) * stride + effective_size(kw, dilation)
    padded = padded_window(image, (first, first + tall), (-left, wide - left), edge)
    unfolded = np.empty((kh, kw, channels, count, width), image.dtype)
    for y in range(kh):
        for x in range(kw):
            at = padded[:, y * dilation :, x * dilation :]
            unfolded[y, x] = at[
                :, : (count - 1) * stride + 1 : stride, : (width - 1) * stride + 1 : stride
            ]
    if flip:
        kernel = kernel[::-1, ::-1]
    weights = np.ascontiguousarray(kernel.reshape(kh * kw * channels, filters).T)
    values = weights @ unfolded.reshape(kh * kw * channels, count * width)
    values += bias[:, np.newaxis]
    out[...] = values.reshape(filters, count, width)


def _checked(
    image: FloatArray, kernel: FloatArray, bias: FloatArray | None, edge: EdgeMode
) -> tuple[FloatArray, FloatArray, FloatArray]:
    image, kernel = np.asarray(image), np.asarray(kernel)
    if image.ndim != 3 or kernel.ndim != 4 or image.shape[2] != kernel.shape[2]:
        raise PlaygroundError(
            f"An image (H, W, C) and a kernel (kh, kw, C, kernels) need the same number of "
            f"channels C; these have shapes {image.shape} and {kernel.shape}."
        )
    if image.size == 0 or kernel.size == 0:
        raise PlaygroundError("Image and kernel need at least one value each.")
    if edge not in EDGE_MODES:
        raise PlaygroundError(f"The edge mode is one of {', '.join(EDGE_MODES)}, not {edge}.")
    double = image.dtype == np.float64 and kernel.dtype == np.float64
    kind = np.float64 if double else np.float32
    bias = np.zeros(kernel.shape[3], kind) if bias is None else np.asarray(bias, kind)
    if bias.shape != (kernel.shape[3],):
        raise PlaygroundError(f"{kernel.shape[3]} kernels need as many biases.")
    for name, values in (("image", image), ("kernel", kernel), ("bias", bias)):
        if not np.isfinite(values).all():
            raise PlaygroundError(f"The {name} has values that are not finite numbers.")
    return image.astype(kind, copy=False), kernel.astype(kind, copy=False), bias
