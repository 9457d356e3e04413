"""Checks of what callers give to the core: whole numbers, real numbers, and arrays of them.

A NumPy integer is as whole as Python's. Arrays come in as float64 where they are that, and as
float32 otherwise, so that no integer arithmetic cuts off a mean or a slope.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError

MOST_WEIGHTS = 250_000_000
"""More than any network a laptop trains: 1 GB, and as much again for their gradients."""
# A sentence on screen stays short, whatever value it quotes.
_LONGEST = 40


def is_whole(number: object, least: int) -> bool:
    """Whether `number` is whole, of whichever type, and not below `least`."""
    return isinstance(number, Integral) and int(number) >= least


def is_real(number: object) -> bool:
    """Whether `number` is one real number that a float can hold, of whichever type."""
    return isinstance(number, Real) and math.isfinite(_as_float(number))


def is_positive(number: object) -> bool:
    """Whether `number` is one real number above 0, infinity too."""
    return isinstance(number, Real) and not number <= 0 and _as_float(number) > 0


def flag(value: object, what: str) -> bool:
    """`value` as True or False, which 1 and 0 are too; PlaygroundError for all else."""
    if not isinstance(value, bool | np.bool_) and not (is_whole(value, 0) and value in (0, 1)):
        raise PlaygroundError(f"{what} is True or False, not {shown(value)}.")
    return bool(value)


def _as_float(number: Real) -> float:
    try:
        return float(number)
    except OverflowError:  # A whole number of more than 308 digits.
        return math.inf


def weight_count(shapes: Iterable[tuple[int, ...]]) -> int:
    """How many weights arrays of these shapes have; raises PlaygroundError for too many."""
    count = sum(map(math.prod, shapes))
    if count > MOST_WEIGHTS:
        raise PlaygroundError(
            f"A network has at most {MOST_WEIGHTS // 10**6} million weights: "
            "take fewer kernels or units."
        )
    return count


def shown(value: object) -> str:
    """A value in a sentence, shortened."""
    text = " ".join(repr(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def real_array(values: object, what: str) -> NDArray[Any]:
    """`values` as float64 where they are that, else as float32; `what` names them.

    Raises PlaygroundError for what is no array of real numbers.
    """
    array = real_numbers(values, what)
    if array.dtype == np.float32 or array.dtype == np.float64:
        return array
    with np.errstate(over="ignore"):
        return array.astype(np.float32)


def real_numbers(values: object, what: str) -> NDArray[Any]:
    """`values` as an array of real numbers of their own type; `what` names them.

    Raises PlaygroundError for what is no array of real numbers.
    """
    try:
        array = np.asarray(values)
    except (TypeError, ValueError):
        raise PlaygroundError(f"{what}: rows of different lengths are no array.") from None
    if array.dtype.kind not in "biuf":
        kind = "complex ones" if array.dtype.kind == "c" else shown(values)
        raise PlaygroundError(f"{what}: real numbers are needed, not {kind}.")
    return array


def kernel_array(values: object, *dimensions: int) -> NDArray[Any]:
    """`values` as an array of weights (kh, kw, …) with one of these numbers of dimensions.

    Raises PlaygroundError for what is none, and for one without any weight.
    """
    array = real_array(values, "A kernel")
    if array.ndim not in dimensions or not array.size:
        sizes = " × ".join(map(str, array.shape)) or "one number"
        raise PlaygroundError(
            f"A kernel here has {' or '.join(map(str, dimensions))} dimensions, none of them "
            f"empty, not {sizes}."
        )
    return array


def index_below(count: int, index: object, what: str) -> int:
    """`index` as an integer from 0 to count − 1; PlaygroundError where it is none of them."""
    if not is_whole(index, 0) or int(index) >= count:  # type: ignore[call-overload]
        raise PlaygroundError(f"There is no {what} {shown(index)}: they are 0 to {count - 1}.")
    return int(index)  # type: ignore[call-overload,no-any-return]
