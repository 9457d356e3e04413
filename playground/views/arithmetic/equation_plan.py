"""How large the little grids of one output value are: as large, and as exact, as the room allows.

For each channel three grids stand side by side, patch × weights = products, and a sign follows
each of them. Cells grow with the room; where it is short the numbers lose digits before any
channel has to be scrolled to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

GAP = 13
CHANNEL_GAP = 14
"""Pixels between grids, and between channels: as wide as the signs × and + that stand there."""

_TALLEST_CELL = 44.0
"""Pixels; in taller cells the digits would be lost."""

_DIGITS_SHARE = 0.3
"""Of a cell's height, in points, for its digits."""

_LARGEST_DIGITS = 1.4
"""The digits of a large cell in sizes of ordinary text."""

_WIDE = 2.0
"""Width of a cell in its heights where there is room to spare."""

_SMALLEST_POINTS = 9.0
"""Smaller digits cannot be read on a projector."""


@dataclass(frozen=True)
class EquationPlan:
    """Sizes in pixels for one explanation in one room."""

    rows: int
    columns: int
    channels: int
    cell_width: float
    cell_height: float
    top: float
    """Above the grids, which stand in the middle of the room's height."""
    font: QFont
    digits: bool = True
    compact: bool = False
    """Whether numbers go without their leading zeros, so that all channels fit."""

    @property
    def grid_width(self) -> float:
        return self.columns * self.cell_width

    @property
    def grid_height(self) -> float:
        return self.rows * self.cell_height

    @property
    def channel_width(self) -> float:
        return 3 * self.grid_width + 2 * GAP

    @property
    def width(self) -> float:
        return self.channels * self.channel_width + (self.channels - 1) * CHANNEL_GAP

    def grid_left(self, channel: int, part: int) -> float:
        """Where a grid begins; part 0 is the patch, 2 the products."""
        return channel * (self.channel_width + CHANNEL_GAP) + part * (self.grid_width + GAP)

    def cell(self, place: tuple[int, int], row: int, column: int) -> QRectF:
        """The rectangle of one cell of grid (channel, part)."""
        left = self.grid_left(*place) + column * self.cell_width
        top = self.top + row * self.cell_height
        return QRectF(left, top, self.cell_width, self.cell_height)

    def tap_at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """(row, column, channel) of the tap under a point, in whichever grid."""
        row = int((y - self.top) // self.cell_height)
        if not 0 <= row < self.rows:
            return None
        for channel in range(self.channels):
            for part in range(3):
                column = int((x - self.grid_left(channel, part)) // self.cell_width)
                if 0 <= column < self.columns:
                    return row, column, channel
        return None


def plan_equation(
    shape: tuple[int, int, int], room: tuple[float, float], font: QFont
) -> EquationPlan:
    """The plan for a patch of `shape` (kh, kw, C) in `room` (width, height)."""
    plans = list(_plans(shape, room[1], font))
    plan = next((plan for plan in plans if plan.width <= room[0]), plans[-1])
    if plan is plans[0] or plan.compact:
        return plan
    # Between the sizes that are needed and wanted, cells take all the room there is.
    spare = (room[0] - plan.width) / (3 * plan.columns * plan.channels)
    return replace(plan, cell_width=min(plans[0].cell_width, plan.cell_width + spare))


def wanted_width(shape: tuple[int, int, int], height: float, font: QFont) -> int:
    """The width of grids with room to spare, in whole pixels."""
    return ceil(next(_plans(shape, height, font)).width)


def needed_width(shape: tuple[int, int, int], height: float, font: QFont) -> int:
    """The least width in which every number has all its digits, in whole pixels."""
    return ceil(min(plan.width for plan in _plans(shape, height, font) if not plan.compact))


def _plans(shape: tuple[int, int, int], height: float, font: QFont) -> Iterator[EquationPlan]:
    """From the widest plan to the narrowest."""
    rows = shape[0]
    side = min(_TALLEST_CELL, (height - 2) / rows)
    top = max(0.0, (height - rows * side) / 2)
    normal = _sized(font, min(font.pointSizeF(), side * 0.5))
    if side < QFontMetricsF(normal).ascent() + 1:
        yield EquationPlan(*shape, side, side, top, normal, digits=False)
        return
    large = _sized(
        font,
        max(normal.pointSizeF(), min(_LARGEST_DIGITS * font.pointSizeF(), side * _DIGITS_SHARE)),
    )
    for each, widest in ((large, _WIDE * side), (normal, 0.0)):
        width = max(widest, QFontMetricsF(each).horizontalAdvance("−0.00") + 8)
        yield EquationPlan(*shape, width, side, top, each)
    # All channels side by side tell more than a second digit does.
    for points in (0.8 * font.pointSizeF(), _SMALLEST_POINTS):
        small = _sized(font, min(points, side * 0.5))
        width = QFontMetricsF(small).horizontalAdvance("−.00") + 5
        yield EquationPlan(*shape, width, side, top, small, compact=True)


def _sized(font: QFont, points: float) -> QFont:
    sized = QFont(font)
    sized.setPointSizeF(max(_SMALLEST_POINTS, points))
    return sized
