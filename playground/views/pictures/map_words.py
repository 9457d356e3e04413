"""Numbers about a map in the words and digits that the gallery shows."""

from __future__ import annotations

from math import floor, log10

from PySide6.QtCore import QCoreApplication

from playground.core.claims import percent
from playground.core.pictures.rendering import MapStats
from playground.models.words.local_numbers import Local, localised

_MOST_DECIMALS = 6
"""More decimals of a float32 number are hardly ever right."""


def tr(text: str) -> str:
    """The translation of `text`."""
    return QCoreApplication.translate("maps", text)


def decimals(largest: float, digits: int) -> int:
    """Decimals that show `digits` significant digits of the largest of some numbers."""
    if not 0 < largest < 1e6:
        return 1
    return min(max(digits - 1 - floor(log10(1.05 * largest)), 0), _MOST_DECIMALS)


def signed(value: float, places: int) -> str:
    """`value` with its sign, a true minus, and `places` decimals; what rounds to 0 is +0."""
    if abs(value) >= 1e6:
        return f"{Local(value):+.1e}".replace("-", "−")
    if places == _MOST_DECIMALS and 0 < abs(value) < 1e-5:
        # Only rounding noise is left, but six zeros would say that there is nothing.
        return f"{value:+.0e}".replace("-", "−")
    # Adding zero turns a -0.0 that rounding has left into 0.0.
    return f"{Local(round(value, places) + 0.0):+.{places}f}".replace("-", "−")


def level_text(level: float) -> tuple[str, str]:
    """("−1.2", "+1.2"): the ends of a colour scale."""
    places = max(decimals(level, 2), 0)
    return signed(-level, places), signed(level, places)


def extent(stats: MapStats) -> str:
    """Minimum and maximum: "−1.7 … +1.6"."""
    return extents(stats)[0]


def extents(stats: MapStats) -> tuple[str, ...]:
    """The same in less and less room: "−1.7 … +1.6", "−1.7…+1.6", "−2…+2"."""
    largest = max(abs(stats.minimum), abs(stats.maximum))
    two, one = (
        [signed(value, decimals(largest, digits)) for value in (stats.minimum, stats.maximum)]
        for digits in (2, 1)
    )
    return " … ".join(two), "…".join(two), "…".join(one)


def zeros(share: float) -> str:
    """The share of zeros: "43 % zeros", "< 1 % zeros"."""
    return tr("{} zeros").format(localised(percent(share, most=0)))


def middle(stats: MapStats) -> str:
    """Mean and zeros: "mean +0.01 · 43 % zeros"."""
    places = decimals(max(abs(stats.minimum), abs(stats.maximum)), 3)
    return tr("mean {} · {}").format(signed(stats.mean, places), zeros(stats.zeros))


def summary(stats: MapStats) -> str:
    """All of it: "min −1.70 · mean +0.01 · max +1.63 · 43 % zeros"."""
    places = decimals(max(abs(stats.minimum), abs(stats.maximum)), 3)
    return tr("min {} · mean {} · max {} · {}").format(
        signed(stats.minimum, places),
        signed(stats.mean, places),
        signed(stats.maximum, places),
        zeros(stats.zeros),
    )


def short_summary(stats: MapStats) -> str:
    """The same in less room: "−1.70 … +1.63 · mean +0.01 · 43 % zeros"."""
    places = decimals(max(abs(stats.minimum), abs(stats.maximum)), 3)
    low, high = signed(stats.minimum, places), signed(stats.maximum, places)
    return f"{low} … {high} · {middle(stats)}"


def many(count: int) -> str:
    """A large number as people say it: "30 billion"."""
    for size, word in (
        (10**12, tr("trillion")),
        (10**9, tr("billion")),
        (10**6, tr("million")),
    ):
        if count >= size:
            number = count / size
            return f"{Local(number):.1f} {word}" if number < 9.95 else f"{number:.0f} {word}"
    return str(count)
