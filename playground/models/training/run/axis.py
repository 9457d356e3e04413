"""The axis of a plot: from where to where, and which labels find room on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from playground.models.words.local_numbers import Local

_NARROWEST = 0.02
"""A linear axis spans at least this share of its values, or its labels would not differ."""

_NARROWEST_RATIO = 1.25
_MANTISSAS = ((1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 3, 5), (1, 2, 5), (1, 3), (1,))
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = range(-4, 6)
"""Powers of ten that are written out."""


@dataclass(frozen=True)
class Label:
    """Where on the axis, in its own units, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, in values, which are above 0 where it is logarithmic.

    On a logarithmic axis a place is log10 of its value; values of `zero` lie below all others, and
    stand at its lower end.
    """

    low: float
    high: float
    log: bool = False
    zero: bool = False

    @classmethod
    def over(cls, values: Iterable[NDArray[np.floating]], *, log: bool = False) -> Axis:
        """One on which all finite values of these arrays have their place; never without width."""
        every = [np.asarray(each, np.float64) for each in values]
        given = np.concatenate([each[np.isfinite(each)] for each in (*every, np.empty(0))])
        if log:
            return cls._over_powers(given)
        low, high = (float(given.min()), float(given.max())) if given.size else (0.0, 1.0)
        most = max(abs(low), abs(high))
        if most == 0:
            return cls(0.0, 1.0)
        if high - low < _NARROWEST * most:
            low, high = low - _NARROWEST * most, high + _NARROWEST * most
        return cls(low, high)

    @classmethod
    def _over_powers(cls, given: NDArray[np.float64]) -> Axis:
        above, zero = given[given > 0], bool((given <= 0).any())
        if not above.size:
            return cls(0.1, 1.0, True, zero)
        low, high = float(above.min()), float(above.max())
        if high / low < _NARROWEST_RATIO:
            low, high = low / _NARROWEST_RATIO**0.5, high * _NARROWEST_RATIO**0.5
        return cls(low / 10 if zero else low, high, True, zero)

    @property
    def span(self) -> tuple[float, float]:
        """The places of its two ends."""
        return self.place(self.low), self.place(self.high)

    def place(self, value: float) -> float:
        """Where `value` stands."""
        return math.log10(max(value, self.low)) if self.log else value

    def drawn(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """The places of these values: those that have no logarithm stand at the lower end."""
        return np.log10(np.maximum(values, self.low, dtype=np.float64)) if self.log else values

    def labels(self, apart: float) -> list[Label]:
        """As many as stand at least `apart` from each other, a share of the axis."""
        low, high = self.span
        least = apart * (high - low)
        if not self.log:
            return list(_even(self.low, self.high, least))
        bottom = [Label(low, "0")] if self.zero else []
        if self.zero and self.low == 0.1 and self.high == 1.0:
            return bottom
        alone = bottom
        for found in (*self._powers(), *self._between()):
            room = [label for label in found if not bottom or label.at - low >= least]
            if len(room) > 1 and _gap(room) >= least:
                return bottom + room
            alone = alone or room[:1]
        return alone

    def _powers(self) -> Iterator[list[Label]]:
        """Round numbers of each power of ten, ever fewer."""
        low, high = self.span
        first, last = math.floor(low), math.ceil(high)
        for mantissas in _MANTISSAS:
            yield self._inside(m * 10.0**e for e in range(first, last + 1) for m in mantissas)
        for every in (2, 3, 5, 10, 20, 50):
            start = -(-first // every) * every
            yield self._inside(10.0**e for e in range(start, last + 1, every))

    def _between(self) -> Iterator[list[Label]]:
        """Even steps, ever larger ones, for less than a power of ten."""
        for step in _steps((self.high - self.low) / 20):
            if step > min(self.low, self.high - self.low):
                return
            inside = _even(self.low, self.high, step)
            yield [Label(math.log10(label.at), label.text) for label in inside]

    def _inside(self, values: Iterable[float]) -> list[Label]:
        inside = (value for value in values if self.low <= value <= self.high)
        return [Label(math.log10(value), power_text(value)) for value in inside]


def whole_steps(last: int, apart: float) -> list[Label]:
    """Labels of an axis of steps, from 0 to `last`: whole numbers."""
    return list(_even(0.0, float(max(1, last)), max(1.0, apart * max(1, last))))


def _even(low: float, high: float, least: float) -> Iterator[Label]:
    """Multiples of the smallest round step that is at least `least`."""
    step = next(_steps(least))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    most = max(abs(low), abs(high))
    for count in range(first, last + 1):
        yield Label(count * step, _even_text(count * step, step, most))


def _steps(least: float) -> Iterator[float]:
    """1, 2 and 5 times powers of ten, from `least` on."""
    exponent = math.floor(math.log10(least))
    while True:
        for mantissa in (1, 2, 5):
            step = float(f"{mantissa}e{exponent}")
            if step >= least * (1 - 1e-9):
                yield step
        exponent += 1


def _gap(labels: Sequence[Label]) -> float:
    return min(b.at - a.at for a, b in pairwise(labels))


def _even_text(value: float, step: float, most: float) -> str:
    if value == 0:
        return "0"
    exponent, digits = math.floor(math.log10(most)), math.floor(math.log10(step) + 1e-9)
    if exponent in _PLAIN:
        text = f"{Local(value):.{max(0, -digits)}f}"
    else:
        text = f"{Local(value / 10.0**exponent):.{exponent - digits}f}·{_ten(exponent)}"
    return text.replace("-", "−", 1) if value < 0 else text


def power_text(value: float) -> str:
    """A round number, as far from 1 as a power of ten."""
    exponent = math.floor(math.log10(value) + 1e-9)
    if exponent in _PLAIN:
        return f"{Local(value):.{max(0, -exponent)}f}"
    mantissa = round(value / 10.0**exponent)
    return _ten(exponent) if mantissa == 1 else f"{mantissa}·{_ten(exponent)}"


def _ten(exponent: int) -> str:
    return f"10{str(exponent).translate(_SUPERSCRIPTS)}"
