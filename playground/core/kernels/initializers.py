"""The random numbers a layer starts from, under Keras's names and with Keras's formulas.

A layer's values keep their size from layer to layer when the variance of its weights is one over
the number of terms in each sum. With fan_in = kh·kw·C_in terms forward and
fan_out = kh·kw·C_out terms backward, the variances are

    Glorot  2 / (fan_in + fan_out)      He  2 / fan_in      LeCun  1 / fan_in

drawn either evenly from ±√(3 · variance) or from a normal distribution cut off at two standard
deviations. Every initializer is called as `initializer(shape, seed)` with a shape in Keras's
layout, kernels last, and gives float32; the seed is an int, None (a fresh start) or a
`numpy.random.Generator` to draw on from.

Sources: X. Glorot and Y. Bengio 2010; K. He et al. 2015; Y. LeCun et al. 1998;
Keras `keras/src/initializers/random_initializers.py`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from playground.core.checks import is_real, is_whole, shown, weight_count
from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray

Shape: TypeAlias = Sequence[int]
Seed: TypeAlias = int | np.random.Generator | None
Initializer: TypeAlias = Callable[[Shape, Seed], FloatArray]

# The standard deviation of a standard normal distribution cut off at ±2.
TRUNCATED_DEVIATION = 0.87962566103423978


def fans(shape: Shape) -> tuple[int, int]:
    """(fan_in, fan_out): the terms of one output's sum, and the sums one input takes part in.

    (kh, kw, C_in, C_out) for a convolution, (inputs, units) for a dense layer; a vector (n,)
    counts as n and n, as in Keras.

    >>> fans((3, 3, 1, 12))
    (9, 108)
    """
    shape = _sizes(shape)
    if len(shape) == 0:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    *window, channels, kernels = shape
    area = math.prod(window)
    return area * channels, area * kernels


def seeded(seed: Seed) -> np.random.Generator:
    """The random numbers of a seed; PlaygroundError where it is neither whole nor a generator."""
    try:
        return np.random.default_rng(seed)
    except (TypeError, ValueError):
        raise PlaygroundError(f"A seed is a whole number from 0 on, not {shown(seed)}.") from None


def _sizes(shape: Shape) -> Shape:
    if not isinstance(shape, tuple | list) or not all(is_whole(size, 1) for size in shape):
        raise PlaygroundError(f"A shape is whole numbers of at least 1, not {shown(shape)}.")
    sizes = tuple(map(int, shape))
    weight_count([sizes])
    return sizes


def glorot_uniform(shape: Shape, seed: Seed = None) -> FloatArray:
    """Uniform in ±√(6 / (fan_in + fan_out)): the start that Keras gives a Conv2D."""
    fan_in, fan_out = fans(shape)
    return _uniform_of_variance(shape, seed, 2 / (fan_in + fan_out))


def glorot_normal(shape: Shape, seed: Seed = None) -> FloatArray:
    """Truncated normal of variance 2 / (fan_in + fan_out)."""
    fan_in, fan_out = fans(shape)
    return _truncated_normal_of_variance(shape, seed, 2 / (fan_in + fan_out))


def he_uniform(shape: Shape, seed: Seed = None) -> FloatArray:
    """Uniform in ±√(6 / fan_in): made for ReLU, which zeroes half of its input."""
    return _uniform_of_variance(shape, seed, 2 / fans(shape)[0])


def he_normal(shape: Shape, seed: Seed = None) -> FloatArray:
    """Truncated normal of variance 2 / fan_in: made for ReLU, which zeroes half of its input."""
    return _truncated_normal_of_variance(shape, seed, 2 / fans(shape)[0])


def lecun_uniform(shape: Shape, seed: Seed = None) -> FloatArray:
    """Uniform in ±√(3 / fan_in)."""
    return _uniform_of_variance(shape, seed, 1 / fans(shape)[0])


def lecun_normal(shape: Shape, seed: Seed = None) -> FloatArray:
    """Truncated normal of variance 1 / fan_in."""
    return _truncated_normal_of_variance(shape, seed, 1 / fans(shape)[0])


def random_uniform(
    shape: Shape, seed: Seed = None, *, minval: float = -0.05, maxval: float = 0.05
) -> FloatArray:
    """Evenly spread between `minval` and `maxval`; PlaygroundError where they are swapped."""
    minval, maxval = _usable(minval), _usable(maxval)
    if minval > maxval:
        raise PlaygroundError(
            f"The smallest random value, {minval:g}, is above the largest, {maxval:g}: swap them."
        )
    return seeded(seed).uniform(minval, maxval, _sizes(shape)).astype(np.float32)


def random_normal(shape: Shape, seed: Seed = None, *, stddev: float = 0.05) -> FloatArray:
    """Normal around 0 with standard deviation `stddev`, not cut off; PlaygroundError below 0."""
    if _usable(stddev) < 0:
        raise PlaygroundError(f"A standard deviation cannot be below zero, as {stddev:g} is.")
    return seeded(seed).normal(0, stddev, _sizes(shape)).astype(np.float32)


def zeros(shape: Shape, seed: Seed = None) -> FloatArray:
    """All zero, as biases start; kernels that start equal would stay equal for ever."""
    return np.zeros(_sizes(shape), dtype=np.float32)


def constant(shape: Shape, seed: Seed = None, *, value: float = 0.0) -> FloatArray:
    """Every weight the same `value`."""
    return np.full(_sizes(shape), _usable(value), dtype=np.float32)


@dataclass(frozen=True)
class Setting:
    """A number that an initializer asks for, by the name of its keyword."""

    key: str
    label: str
    default: float


@dataclass(frozen=True)
class Choice:
    """An initializer in a menu: Keras's name, what to call it, what it is for, what it asks."""

    name: str
    label: str
    initializer: Initializer
    tip: str
    settings: tuple[Setting, ...] = ()


CHOICES: tuple[Choice, ...] = (
    Choice(
        "glorot_uniform", "Glorot uniform", glorot_uniform, "Keras's usual start for a convolution."
    ),
    Choice("glorot_normal", "Glorot normal", glorot_normal, "Glorot's spread, as a bell curve."),
    Choice("he_uniform", "He uniform", he_uniform, "Wider, because ReLU zeroes half of it."),
    Choice("he_normal", "He normal", he_normal, "The usual start before ReLU, as a bell curve."),
    Choice("lecun_uniform", "LeCun uniform", lecun_uniform, "Keeps the variance from input on."),
    Choice("lecun_normal", "LeCun normal", lecun_normal, "LeCun's spread, as a bell curve."),
    Choice(
        "random_uniform",
        "Uniform",
        random_uniform,
        "Evenly between two numbers you choose.",
        (Setting("minval", "From", -0.05), Setting("maxval", "To", 0.05)),
    ),
    Choice(
        "random_normal",
        "Normal",
        random_normal,
        "A bell curve of the width you choose.",
        (Setting("stddev", "Standard deviation", 0.05),),
    ),
    Choice("zeros", "Zeros", zeros, "A bad start on purpose: equal kernels stay equal."),
    Choice(
        "constant",
        "Constant",
        constant,
        "Every weight the same number.",
        (Setting("value", "Value", 0.0),),
    ),
)

_BY_NAME = {choice.name: choice for choice in CHOICES}


def get(name: str | Initializer, **settings: float) -> Initializer:
    """The initializer called `name`, with settings such as `stddev`; a function is passed through.

    Raises PlaygroundError for an unknown name or setting.

    >>> get("constant", value=0.5)((2, 2), None)
    array([[0.5, 0.5],
           [0.5, 0.5]], dtype=float32)
    """
    if not isinstance(name, str) and not callable(name):
        raise PlaygroundError(f"An initializer is a name or a function, not {shown(name)}.")
    if not isinstance(name, str):
        return functools.partial(name, **settings) if settings else name
    if name not in _BY_NAME:
        raise PlaygroundError(
            f"There is no initializer called “{name}”: choose one of {', '.join(_BY_NAME)}."
        )
    choice = _BY_NAME[name]
    unknown = sorted(settings.keys() - {setting.key for setting in choice.settings})
    if unknown:
        raise PlaygroundError(f"{choice.label} has no setting called {', '.join(unknown)}.")
    return functools.partial(choice.initializer, **settings) if settings else choice.initializer


def _usable(value: float) -> float:
    """`value`, or a PlaygroundError where float32 cannot hold it."""
    if not is_real(value) or abs(value) > float(np.finfo(np.float32).max):
        raise PlaygroundError(
            f"An initializer's setting must be a number that float32 can hold, not {shown(value)}."
        )
    return value


def _uniform_of_variance(shape: Shape, seed: Seed, variance: float) -> FloatArray:
    """Uniform in ±√(3 · variance): a uniform distribution over ±a has the variance a²/3."""
    limit = math.sqrt(3 * variance)
    return seeded(seed).uniform(-limit, limit, shape).astype(np.float32)


def _truncated_normal_of_variance(shape: Shape, seed: Seed, variance: float) -> FloatArray:
    """Normal, with every value beyond two standard deviations drawn again.

    Cutting off the tails makes the distribution narrower, so the normal distribution it is cut
    from is chosen wider by that factor.
    """
    generator = seeded(seed)
    values = generator.standard_normal(math.prod(shape))
    while (beyond := np.flatnonzero(np.abs(values) > 2)).size:
        values[beyond] = generator.standard_normal(beyond.size)
    scale = math.sqrt(variance) / TRUNCATED_DEVIATION
    return (scale * values).reshape(tuple(shape)).astype(np.float32)
