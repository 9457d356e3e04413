"""Text in cells that are painted again and again: laid out once, and digits as large as fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

from playground.core.numbers.number_text import format_weight
from playground.models.words.local_numbers import localised
from playground.views.theme.theming import SMALLEST_POINTS

LARGEST_FIXED = 1000
"""From here on a number keeps both decimals: it is too long for a narrow cell without them, too."""

LARGEST_SHARE = 0.34
"""Of the cell's height, for the digits of a large cell."""

_NOTHING, _NOTHING_SHARE = 0.005, 0.005
"""What two decimals round away, and half a percent: a number below both is as good as 0."""

_MOST_TEXTS = 2000
"""Texts remembered: more than a window shows at once, so that none is laid out twice a frame."""

_FREE = 0.4
"""Of a digit's width stays free at the sides of a tight cell."""

_FAMILIES = ["SF Mono", "Cascadia Mono", "Consolas", "DejaVu Sans Mono", "Liberation Mono"]
"""What macOS, Windows and Linux come with; any other monospaced font where there is none."""


def digit_font(points: float, *, bold: bool = True) -> QFont:
    """A font in which all digits are equally wide."""
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def two_decimals(value: float) -> str:
    """+0.33."""
    return localised(format_weight(value))


def without_leading_zero(value: float) -> str:
    """+.33 and +1.5, +1 where there are no decimals; a dot for what is nearly 0."""
    size = abs(value)
    if size < 0.005:
        return "·" if size else "0"
    if size >= LARGEST_FIXED:
        return two_decimals(value)
    text = f"{value:+.2f}".rstrip("0").rstrip(".")
    return localised(text.replace("+0.", "+.").replace("-0.", "-."))


def two_digits(value: float) -> str:
    """+.3 and +12; a dot for what is nearly 0."""
    size = abs(value)
    if size < 0.05:
        return "·" if size else "0"
    sign = "+" if value > 0 else "-"
    if size < 0.95:
        return localised(f"{sign}.{int(size * 10 + 0.5)}")
    return f"{sign}{size:.0f}" if size < 99.5 else f"{sign}…"


def whole_number(value: float) -> str:
    """+1, −2 and 0, for numbers that all are whole."""
    return f"{value:+.0f}".replace("-", "−") if value else "0"


def fixed_decimals(value: float) -> str:
    """+0.33, always two decimals; 0 where there is nothing, 0.00 for hardly anything."""
    text = f"{value:+.2f}" if round(value, 2) else "0.00" if value else "0"
    return localised(text).replace("-", "−")


def plain_style(values: Iterable[float]) -> Callable[[float], str]:
    """How numbers that are read from afar are written: without decimals where none has any."""
    whole = all(float(value).is_integer() and abs(value) < 100 for value in values)
    return whole_number if whole else fixed_decimals


STYLES: tuple[Callable[[float], str], ...] = (two_decimals, without_leading_zero, two_digits)


@dataclass(frozen=True)
class Digits:
    """The font and the wording of all numbers of a grid; no wording where none fits."""

    font: QFont
    style: Callable[[float], str] | None
    zero: float = 0.0
    """Numbers up to this size, either way, read 0."""
    longest: int = 0
    """Characters of the longest number."""

    def text(self, value: float) -> str:
        """What stands in the cell of `value`."""
        return "" if self.style is None else _written(self.style, value, self.zero)


def zero_beside(level: float) -> float:
    """The size up to which a number reads 0 beside others of which the largest is `level`."""
    return min(_NOTHING, _NOTHING_SHARE * level)


def _written(style: Callable[[float], str], value: float, zero: float) -> str:
    """`value` with the typographic minus, and no digits of what is as good as 0."""
    return "0" if abs(value) <= zero else style(value).replace("-", "−")


@dataclass(frozen=True)
class DigitSizes:
    """How large the digits of cells are to be."""

    least: float = SMALLEST_POINTS
    """Points: rather a shorter wording than smaller digits."""
    share: float = LARGEST_SHARE
    """Of the cell's height, at most."""
    plain: bool = False
    """Whether whole numbers are written without decimals."""


def fitting(
    values: Iterable[float],
    width: float,
    height: float,
    level: float | None = None,
    sizes: DigitSizes | None = None,
) -> Digits:
    """The digits for cells of width × height pixels in which all `values` can be read.

    `level` is the size of the largest number that is seen with them, by default the largest here.
    """
    sizes = DigitSizes() if sizes is None else sizes
    numbers = list(values)
    zero = zero_beside(max(map(abs, numbers), default=0.0) if level is None else level)
    reference = digit_font(sizes.least)
    metrics = QFontMetricsF(reference)
    advance, line = metrics.horizontalAdvance("0"), metrics.height()
    for style in (plain_style(numbers), *STYLES[1:]) if sizes.plain else STYLES:
        texts = {_written(style, value, zero) for value in numbers}
        longest = max(map(len, texts), default=1)
        needed = (longest + _FREE) * advance
        if width >= needed and height >= line - 2 and texts - {"·"}:
            scale = min(width / needed, height * sizes.share / metrics.ascent())
            font = digit_font(sizes.least * max(1.0, scale))
            return Digits(font, style, zero, longest)
    if sizes.least > SMALLEST_POINTS:
        smaller = DigitSizes(share=sizes.share, plain=sizes.plain)
        return fitting(numbers, width, height, level, smaller)
    return Digits(reference, None, zero)


class LaidOutText:
    """Draws short texts in one font, and remembers how each is laid out."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._known: dict[str, tuple[QStaticText, float, float]] = {}

    def draw(self, painter: QPainter, room: QRectF, text: str, *, at_top: bool = False) -> None:
        """Draw `text` in the middle of `room`, or in the middle of its upper edge."""
        known = self._known.get(text)
        if known is None:
            known = self._lay_out(text)
        laid_out, width, height = known
        left = room.left() + round((room.width() - width) / 2)
        top = room.top() if at_top else room.top() + round((room.height() - height) / 2)
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, top), laid_out)

    def _lay_out(self, text: str) -> tuple[QStaticText, float, float]:
        if len(self._known) >= _MOST_TEXTS:
            self._known.clear()
        laid_out = QStaticText(text)
        laid_out.prepare(font=self.font)
        size = laid_out.size()
        self._known[text] = laid_out, size.width(), size.height()
        return self._known[text]
