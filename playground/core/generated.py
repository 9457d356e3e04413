"""Pictures made by formula, without end: bars in four directions, and five simple shapes.

Every picture is drawn from a signed distance d to the outline, in pixels, as
ink = clip(½ − d, 0, 1), which gives soft edges one pixel wide. Position, size, turn, contrast and
noise are random; the class alone decides what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.dataset import Dataset
from playground.core.specs import FloatArray

Values: TypeAlias = Any
"""An array; NumPy's types say no more of its arithmetic."""

LINES = ("level", "upright", "rising", "falling")
_ANGLES = (0.0, np.pi / 2, np.pi / 4, -np.pi / 4)
_NOISE = 0.06


def oriented_lines(count: int = 2000, size: int = 28, seed: int = 0) -> Dataset:
    """`count` pictures (count, size, size, 1) of one bar each, in one of four directions."""
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.arange(count) % len(LINES))
    x, y = _centred(generator, count, size, 0.22)
    angle = np.asarray(_ANGLES)[labels] + generator.uniform(-0.1, 0.1, count)
    _, across = _turned(x, y, -angle)
    thickness = generator.uniform(0.04, 0.1, count)[:, np.newaxis, np.newaxis] * size
    return _finished(generator, np.abs(across) - thickness, labels, LINES, "Lines")


def shapes(count: int = 2000, size: int = 28, seed: int = 0) -> Dataset:
    """`count` pictures (count, size, size, 1) of a disc, ring, square, triangle or cross."""
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.arange(count) % len(_SHAPES))
    x, y = _centred(generator, count, size, 0.12)
    x, y = _turned(x, y, generator.uniform(0, 2 * np.pi, count))
    radius = generator.uniform(0.2, 0.36, count)[:, np.newaxis, np.newaxis] * size
    distance = np.empty_like(x)
    for label, outline in enumerate(_SHAPES.values()):
        chosen = labels == label
        distance[chosen] = outline(x[chosen], y[chosen], radius[chosen])
    return _finished(generator, distance, labels, tuple(_SHAPES), "Shapes")


def _disc(x: Values, y: Values, radius: Values) -> Values:
    distance: Values = np.hypot(x, y) - radius
    return distance


def _ring(x: Values, y: Values, radius: Values) -> Values:
    distance: Values = np.abs(np.hypot(x, y) - 0.8 * radius) - 0.2 * radius
    return distance


def _square(x: Values, y: Values, radius: Values) -> Values:
    return np.maximum(np.abs(x), np.abs(y)) - 0.8 * radius


def _triangle(x: Values, y: Values, radius: Values) -> Values:
    slanted = np.abs(x) * np.sqrt(3) / 2 + y / 2
    return np.maximum(slanted, -y) - 0.6 * radius


def _cross(x: Values, y: Values, radius: Values) -> Values:
    near = np.minimum(np.abs(x), np.abs(y)) - 0.25 * radius
    return np.maximum(near, np.maximum(np.abs(x), np.abs(y)) - radius)


_SHAPES: dict[str, Callable[[Values, Values, Values], Values]] = {
    "disc": _disc,
    "ring": _ring,
    "square": _square,
    "triangle": _triangle,
    "cross": _cross,
}


def _centred(
    generator: np.random.Generator, count: int, size: int, spread: float
) -> tuple[Values, Values]:
    """Coordinates (count, size, size), right and up, from a centre near the middle."""
    centre = size / 2 - 0.5 + generator.uniform(-spread, spread, (2, count, 1, 1)) * size
    rows, columns = np.mgrid[:size, :size]
    return columns - centre[0], centre[1] - rows


def _turned(x: Values, y: Values, angle: Values) -> tuple[Values, Values]:
    cosine = np.cos(angle)[:, np.newaxis, np.newaxis]
    sine = np.sin(angle)[:, np.newaxis, np.newaxis]
    return x * cosine - y * sine, x * sine + y * cosine


def _finished(
    generator: np.random.Generator,
    distance: Values,
    labels: NDArray[np.intp],
    names: tuple[str, ...],
    name: str,
) -> Dataset:
    """Light ink on a dark ground, with noise, as pictures (count, size, size, 1) in [0, 1]."""
    count = len(labels)
    ink = np.clip(0.5 - distance, 0, 1)
    ground = generator.uniform(0.0, 0.25, (count, 1, 1))
    light = generator.uniform(0.6, 1.0, (count, 1, 1))
    noise = _NOISE * generator.standard_normal(distance.shape, dtype=np.float32)
    pictures: FloatArray = np.clip(ground + (light - ground) * ink + noise, 0, 1)
    inputs = pictures.astype(np.float32)[..., np.newaxis]
    inputs.flags.writeable = False
    return Dataset(inputs, labels.astype(np.int64), names, name)
