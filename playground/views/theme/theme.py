"""Every colour: a light and a dark theme, and the diverging map that all values are drawn with.

The map runs from blue (negative) over the theme's neutral (zero) to orange (positive), a pair that
stays apart for every common kind of colour blindness.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

ColourMapName = Literal["diverging", "grey"]

ZERO_INDEX = 127
"""Entry of every look-up table that stands for the value 0; -level is 0, +level is 254."""


_COLOURS = {
    "window": ("#f2f3f5", "#1b1c20"),
    "panel": ("#ffffff", "#212327"),
    "raised": ("#e9eaee", "#2d3036"),
    "border": ("#d9dce1", "#3a3e46"),
    "text": ("#16181c", "#eceef2"),
    "muted": ("#5a6170", "#a3a9b5"),
    "accent": ("#1765d8", "#5aa2ff"),
    "on_accent": ("#ffffff", "#0c1420"),
    "error": ("#b3261e", "#ff8a80"),
    "neutral": ("#fafafa", "#17181b"),
    "negative": ("#2166ac", "#58a6ff"),
    "positive": ("#d95f02", "#ffa040"),
}
"""Every colour in the light theme and in the dark one; all text has a contrast of 4.5 (WCAG AA)."""


@dataclass(frozen=True)
class Theme:
    """One set of colours, as #rrggbb."""

    name: Literal["light", "dark"]
    window: str
    panel: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    error: str
    neutral: str
    negative: str
    positive: str


LIGHT = Theme("light", **{role: light for role, (light, _) in _COLOURS.items()})
DARK = Theme("dark", **{role: dark for role, (_, dark) in _COLOURS.items()})
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@lru_cache(maxsize=8)
def value_table(theme: Theme, colour_map: ColourMapName = "diverging") -> NDArray[np.uint8]:
    """The look-up table (255, 3) uint8 RGB for values from -level (0) over 0 (127) to +level."""
    if colour_map == "grey":
        low, middle, high = ((v, v, v) for v in (0.0, 127.0, 255.0))
    else:
        low, middle, high = (_rgb(c) for c in (theme.negative, theme.neutral, theme.positive))
    position = np.array([-1.0, 0.0, 1.0])
    at = np.linspace(-1.0, 1.0, 2 * ZERO_INDEX + 1)
    anchors = np.array([low, middle, high])  # (3 anchors, RGB)
    channels = [np.interp(at, position, anchors[:, c]) for c in range(3)]
    return np.round(np.stack(channels, axis=1)).astype(np.uint8)


@lru_cache(maxsize=8)
def value_pixels(theme: Theme, colour_map: ColourMapName = "diverging") -> NDArray[np.uint32]:
    """The same table as 32-bit pixels, 0xffRRGGBB: ten times faster to draw than a colour table."""
    red, green, blue = value_table(theme, colour_map).astype(np.uint32).T
    return np.uint32(0xFF000000) | red << 16 | green << 8 | blue


@lru_cache(maxsize=8)
def _looks(theme: Theme, colour_map: ColourMapName) -> list[tuple[QColor, QColor]]:
    fills = [QColor(*map(int, entry)) for entry in value_table(theme, colour_map)]
    return [(fill, text_on(fill)) for fill in fills]


def value_look(
    theme: Theme, value: float, level: float, colour_map: ColourMapName = "diverging"
) -> tuple[QColor, QColor]:
    """The colour of `value` where ±`level` are the ends of the map, and of digits on it."""
    share = 0.0 if level <= 0 else max(-1.0, min(1.0, value / level))
    return _looks(theme, colour_map)[ZERO_INDEX + round(share * ZERO_INDEX)]


def text_on(background: QColor) -> QColor:
    """Black or white, whichever has the higher WCAG contrast with `background`."""
    # Pure black and white: any other dark would fall below 4.5 on the colours half way.
    dark, light = QColor("#000000"), QColor("#ffffff")
    return dark if contrast(dark, background) >= contrast(light, background) else light


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2 contrast ratio of two colours, from 1 to 21."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(c: float) -> float:
        return float(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)

    return (
        0.2126 * linear(colour.redF())
        + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF())
    )


def _rgb(text: str) -> tuple[float, float, float]:
    return tuple(float(int(text[i : i + 2], 16)) for i in (1, 3, 5))  # type: ignore[return-value]
