"""Data sets drawn by rule: bars of four orientations, and five shapes.

With d the signed distance in pixels from a pixel's centre to the outline, below zero inside,

    coverage = clip(1/2 − d, 0, 1)              about the share of the pixel inside (antialiasing)
    value    = clip(b + c · coverage + σ · n, 0, 1),  n ~ normal(0, 1) for each pixel,

where ground b, contrast c and noise σ are drawn for each picture. A bar or shape is described in
its own coordinates (u, v), which are those of the picture (x to the right, y down) moved to its
centre m and turned counter-clockwise by θ:

    u = (x − m_x) · cos θ − (y − m_y) · sin θ,    v = (x − m_x) · sin θ + (y − m_y) · cos θ
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets.dataset import Dataset, Labels
from playground.core.errors import PlaygroundError

Field: TypeAlias = NDArray[np.float32]
Distance: TypeAlias = Callable[[Field, Field, Field], Field]

ORIENTATIONS = {"horizontal": 0, "vertical": 90, "rising": 45, "falling": -45}
"""Class names of the lines, with their angles in degrees counter-clockwise."""
SHAPES = ("disc", "ring", "square", "triangle", "cross")
# With fewer pixels a small triangle and a small disc look the same.
SMALLEST_SIZE = 16

# Degrees: lines of a class differ, and stay far from the next class, 45° away.
_JITTER = 6
# Ranges drawn from: ground and contrast add up to 1 at most, and no noise hides a shape.
_GROUND, _CONTRAST, _NOISE = (0.0, 0.25), (0.5, 0.75), (0.0, 0.08)
# Pixels drawn at a time: a few hundred pictures stay in the processor's cache.
_BLOCK_PIXELS = 1 << 18
_HALF_ROOT_3 = np.float32(np.sqrt(0.75))


def oriented_lines(count: int = 2000, size: int = 28, seed: int = 0) -> Dataset:
    """One bright bar on a dark ground in each picture (size, size, 1), its direction the class.

    Classes take equal shares of the `count` pictures, in a random order. Angle (by a few degrees),
    place, length, thickness, contrast and noise vary; the same seed gives the same pictures.
    """
    _check(count, size, len(ORIENTATIONS))
    rng = np.random.default_rng(seed)
    labels = _balanced(count, len(ORIENTATIONS), rng)
    degrees = np.array(list(ORIENTATIONS.values()))[labels] + rng.uniform(-_JITTER, _JITTER, count)
    length = _drawn(rng, count, (size * 0.5, size * 0.8))
    thickness = _drawn(rng, count, (1.5, size / 7))
    middle = rng.uniform(size * 0.25, size * 0.75, (2, count))
    frame = _Frame(size, middle, np.radians(degrees))
    coverage = np.empty((count, size, size), np.float32)
    for block in _blocks(np.arange(count), size):
        u, v = frame.coordinates(block)
        bar = np.maximum(np.abs(u) - length[block] / 2, np.abs(v) - thickness[block] / 2)
        coverage[block] = _filled(bar)
    return _painted(coverage, labels, tuple(ORIENTATIONS), "Lines", rng)


def shapes(count: int = 2000, size: int = 28, seed: int = 0) -> Dataset:
    """A disc, ring, square, triangle or cross in each picture (size, size, 1), bright on dark.

    Classes take equal shares of the `count` pictures, in a random order. Place, scale, turn,
    contrast and noise vary; every shape lies wholly inside. The same seed gives the same pictures.
    """
    _check(count, size, len(SHAPES))
    rng = np.random.default_rng(seed)
    labels = _balanced(count, len(SHAPES), rng)
    radius = _drawn(rng, count, (size * 0.25, size * 0.4))
    reach = radius[:, 0, 0]
    middle = rng.uniform(reach, size - reach, (2, count))
    frame = _Frame(size, middle, rng.uniform(0, 2 * np.pi, count))
    coverage = np.empty((count, size, size), np.float32)
    for label, name in enumerate(SHAPES):
        for block in _blocks(np.flatnonzero(labels == label), size):
            coverage[block] = _filled(_DISTANCES[name](*frame.coordinates(block), radius[block]))
    return _painted(coverage, labels, SHAPES, "Shapes", rng)


@dataclass(frozen=True)
class _Frame:
    """Where each picture's drawing lies: middles (2, N) as x and y, angles (N,) in radians."""

    size: int
    middle: NDArray[np.float64]
    angle: NDArray[np.float64]

    def coordinates(self, block: NDArray[np.intp]) -> tuple[Field, Field]:
        """(u, v) of every pixel's centre, each (n, size, size), of these pictures."""
        centres = np.arange(self.size, dtype=np.float32) + np.float32(0.5)
        x = centres[np.newaxis, np.newaxis, :] - _column(self.middle[0, block])
        y = centres[np.newaxis, :, np.newaxis] - _column(self.middle[1, block])
        cosine, sine = _column(np.cos(self.angle[block])), _column(np.sin(self.angle[block]))
        return x * cosine - y * sine, x * sine + y * cosine


def _disc(u: Field, v: Field, radius: Field) -> Field:
    distance: Field = np.hypot(u, v) - radius
    return distance


def _ring(u: Field, v: Field, radius: Field) -> Field:
    """A band from 0.5 to 1 radius."""
    distance: Field = np.abs(np.hypot(u, v) - 0.75 * radius) - 0.25 * radius
    return distance


def _square(u: Field, v: Field, radius: Field) -> Field:
    """Corners at the radius, nearly."""
    distance: Field = np.maximum(np.abs(u), np.abs(v)) - 0.7 * radius
    return distance


def _triangle(u: Field, v: Field, radius: Field) -> Field:
    """Equal sides, half a radius from the middle: the farthest outside of the three counts."""
    slanted = _HALF_ROOT_3 * np.abs(u) - 0.5 * v
    distance: Field = np.maximum(slanted, v) - 0.5 * radius
    return distance


def _cross(u: Field, v: Field, radius: Field) -> Field:
    """Two bars at right angles, a fourth as thick as they are long."""
    u, v = np.abs(u), np.abs(v)
    ends, sides = np.maximum(u, v) - 0.95 * radius, np.minimum(u, v) - 0.24 * radius
    distance: Field = np.maximum(ends, sides)
    return distance


_DISTANCES: dict[str, Distance] = {
    "disc": _disc,
    "ring": _ring,
    "square": _square,
    "triangle": _triangle,
    "cross": _cross,
}


def _filled(distance: Field) -> Field:
    coverage: Field = np.clip(0.5 - distance, 0.0, 1.0)
    return coverage


def _painted(
    coverage: Field, labels: Labels, names: tuple[str, ...], name: str, rng: np.random.Generator
) -> Dataset:
    """Pictures of these coverages (N, H, W), changed in place, with ground, contrast and noise."""
    count, size = coverage.shape[:2]
    ground, contrast, noise = (_drawn(rng, count, span) for span in (_GROUND, _CONTRAST, _NOISE))
    for block in _blocks(np.arange(count), size):
        grain = rng.standard_normal((len(block), size, size), np.float32)
        values = ground[block] + contrast[block] * coverage[block] + noise[block] * grain
        coverage[block] = np.clip(values, 0.0, 1.0)
    inputs = coverage[..., np.newaxis]
    inputs.flags.writeable = False
    return Dataset(inputs, labels, names, name, white_on_black=True)


def _balanced(count: int, classes: int, rng: np.random.Generator) -> Labels:
    """Labels (N,) in a random order, of every class as many, or one more of the first ones."""
    return rng.permutation(np.arange(count, dtype=np.int64) % classes)


def _drawn(rng: np.random.Generator, count: int, span: tuple[float, float]) -> Field:
    """One value for each picture, shaped (N, 1, 1)."""
    return _column(rng.uniform(*span, count))


def _column(values: NDArray[np.float64]) -> Field:
    return values.astype(np.float32)[:, np.newaxis, np.newaxis]


def _blocks(places: NDArray[np.intp], size: int) -> Iterator[NDArray[np.intp]]:
    count = max(1, _BLOCK_PIXELS // (size * size))
    for start in range(0, len(places), count):
        yield places[start : start + count]


def _check(count: int, size: int, classes: int) -> None:
    if count < classes:
        raise PlaygroundError(
            f"At least {classes} pictures are needed, one of each class, not {count}."
        )
    if size < SMALLEST_SIZE:
        raise PlaygroundError(
            f"Pictures must be at least {SMALLEST_SIZE} pixels wide to be told apart, not {size}."
        )
