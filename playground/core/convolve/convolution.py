"""The convolution layer's sum, as in Keras and PyTorch (cross-correlation).

    maps[o, i, j] = bias[o] + Σ_{y, x, c} kernel[y, x, c, o] · padded[i·s + d·y, j·s + d·x, c]

With flip=True the kernel is turned by half a turn first, which is true convolution. It is computed
in strips of output rows, each many matrix products over bands of shifted rows (bands.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.core.checks import flag, real_array, real_numbers, shown
from playground.core.convolve.bands import Bands
from playground.core.convolve.geometry import output_size, resolve_padding
from playground.core.errors import PlaygroundError
from playground.core.specs import EDGE_MODES, EdgeMode, FloatArray, Padding


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
    kernel that does not fit and for sizes of zero or values that are not finite. Whole numbers,
    a camera's bytes among them, become floats strip by strip: the image is not copied whole.
    """
    image, kernel, bias = _checked(image, kernel, bias, edge)
    flip = flag(flip, "flip")
    size = output_size(image.shape[:2], kernel.shape[:2], stride, padding, dilation)
    maps = np.empty((kernel.shape[3], *size), kernel.dtype)
    for _ in conv2d_strips(image, kernel, bias, maps, stride, padding, dilation, edge, flip):
        pass
    return maps


def conv2d_strips(
    image: FloatArray,
    kernel: FloatArray,
    bias: FloatArray,
    out: FloatArray,
    stride: int,
    padding: Padding,
    dilation: int,
    edge: EdgeMode,
    flip: bool,
) -> Iterator[int]:
    """Fill `out` (C_out, H', W') strip by strip; yields the number of rows done after each.

    Arguments as those of `conv2d`, already checked; the image of any type of number, all others of
    that of the maps.
    """
    top, _, left, _ = resolve_padding(padding, image.shape[:2], kernel.shape[:2], stride, dilation)
    if flip:
        kernel = kernel[::-1, ::-1]
    _, height, width = out.shape
    bands = Bands(image, kernel, (-top, -left), (height, width), stride, dilation, edge)
    shift = bias[:, np.newaxis, np.newaxis]
    biased = bool(bias.any())
    for start in range(0, height, bands.strip_rows):
        stop = min(start + bands.strip_rows, height)
        strip = out[:, start:stop]
        bands.correlate(start, stop, strip)
        if biased:
            strip += shift
        yield stop


def _checked(
    image: FloatArray, kernel: FloatArray, bias: FloatArray | None, edge: EdgeMode
) -> tuple[FloatArray, FloatArray, FloatArray]:
    image, kernel = real_numbers(image, "image"), real_array(kernel, "kernel")
    if image.ndim != 3 or kernel.ndim != 4 or image.shape[2] != kernel.shape[2]:
        raise PlaygroundError(
            f"An image (H, W, C) and a kernel (kh, kw, C, kernels) need the same number of "
            f"channels C; these have shapes {image.shape} and {kernel.shape}."
        )
    if image.size == 0 or kernel.size == 0:
        raise PlaygroundError("Image and kernel need at least one value each.")
    if not isinstance(edge, str) or edge not in EDGE_MODES:
        raise PlaygroundError(
            f"The edge mode is one of {', '.join(EDGE_MODES)}, not {shown(edge)}."
        )
    double = image.dtype == np.float64 and kernel.dtype == np.float64
    kind = np.float64 if double else np.float32
    bias = np.zeros(kernel.shape[3], kind) if bias is None else real_array(bias, "bias")
    if bias.shape != (kernel.shape[3],):
        raise PlaygroundError(f"{kernel.shape[3]} kernels need as many biases.")
    with np.errstate(over="ignore"):
        # What is finite in float64 may not be in float32.
        kernel, bias = kernel.astype(kind, copy=False), bias.astype(kind, copy=False)
        if image.dtype.kind == "f":
            image = image.astype(kind, copy=False)
    for name, values in (("image", image), ("kernel", kernel), ("bias", bias)):
        if values.dtype.kind != "f":
            continue  # Whole numbers are finite.
        # A sum is finite only where every value is, and takes half the time of looking at each;
        # each is looked at where it overflows. einsum adds up any view without copying it.
        total = np.einsum("abcd"[: values.ndim] + "->", values)
        if not np.isfinite(total) and not np.isfinite(values).all():
            raise PlaygroundError(f"The {name} has values that are not finite numbers.")
    return image, kernel, bias
