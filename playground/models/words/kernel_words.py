"""What is said about the current kernel: its title, its count of weights, its figures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.core.kernels.kernel_summary import KernelSummary, summary, vector_text
from playground.core.numbers.number_text import format_number
from playground.core.specs import Conv2DSpec, FloatArray
from playground.models.words.claim_words import claim_text
from playground.models.words.local_numbers import localised

_LONGEST_NAME = 24
"""Characters: a longer name would widen the panel."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("KernelWords", text)


def title(conv: Conv2DSpec, kernel: int) -> str:
    """The number and the name: Kernel 0 · Sobel x."""
    name = conv.names[kernel]
    if name == f"kernel {kernel}":  # It says no more than the number.
        return _tr("Kernel {}").format(kernel)
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
    return _tr("Kernel {} · {}").format(kernel, short)


def count(conv: Conv2DSpec, selected: int) -> str:
    """What a kernel is made of, 9 weights + 1 bias, or how many kernels the operations change."""
    if selected > 1:
        return _tr("{} kernels selected").format(selected)
    weights = conv.kernel[..., 0].size
    if weights == 1:
        return _tr("1 weight + 1 bias")
    return _tr("{} weights + 1 bias").format(weights)


def short_count(conv: Conv2DSpec, selected: int) -> str:
    """The same in less room: 9 + 1, or the number of kernels."""
    return str(selected) if selected > 1 else f"{conv.kernel[..., 0].size} + 1"


def figures(kernel: FloatArray) -> str:
    """Σ and Σ|w| of (kh, kw, C), and below them whether it is a column times a row."""
    found = summary(kernel)
    sums = f"Σ = {_figure(found.sum)} · Σ|w| = {_figure(found.abs_sum)}"
    return f"{sums}\n{separability(found)}"


def separability(found: KernelSummary) -> str:
    """The two vectors of a separable kernel, or what there is in their place."""
    if found.column is not None and found.row is not None and found.factors is not None:
        return _product(found.column, found.row, found.factors)
    return claim_text(found.separable)


def _product(column: FloatArray, row: FloatArray, factors: FloatArray) -> str:
    if len(factors) == 1:
        words, factor = _tr("separable: {}ᵀ × {}"), 1.0
    elif np.allclose(factors, factors[0], rtol=1e-4):
        words, factor = _tr("separable in each channel: {}ᵀ × {}"), float(factors[0])
    else:
        words, factor = _tr("separable, each channel a multiple of {}ᵀ × {}"), 1.0
    return words.format(_vector(column), _vector(factor * row))


def _vector(values: FloatArray) -> str:
    return localised(vector_text(values).replace(", ", " "))


def _figure(value: float) -> str:
    """Two decimals; more for a number that two would show as zero."""
    if value == 0 or abs(value) >= 0.005:
        return localised(f"{value + 0.0:.2f}".replace("-0.00", "0.00"))
    return (
        localised(format_number(float(f"{value:.1g}"))) if abs(value) >= 1e-6 else localised("0.00")
    )
