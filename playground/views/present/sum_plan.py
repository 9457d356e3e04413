"""How much of a sum is seen at once: whole grids beside each other, or one row above the other.

Digits keep their size; what does not fit is looked at part by part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

PARTS = 3
"""Patch × weights = products."""


@dataclass(frozen=True)
class SumPlan:
    """Sizes in pixels; `stacked` puts patch, weights and products below each other."""

    rows: int
    columns: int
    cell: tuple[float, float]
    sign: float
    """Room for × and = beside or before a grid."""
    stacked: bool
    top: float = 0.0

    @property
    def grid(self) -> tuple[float, float]:
        """(width, height) of one grid."""
        return self.columns * self.cell[0], self.rows * self.cell[1]

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) of all three with their signs."""
        width, height = self.grid
        if self.stacked:
            return width + self.sign, PARTS * height
        return PARTS * width + (PARTS - 1) * self.sign, height

    def fits(self, rows: int, room: tuple[float, float]) -> bool:
        """Whether so many rows are seen at once, all in `room`."""
        wide, high = self.size
        return self.rows >= rows and wide <= room[0] and high <= room[1]

    def place(self, part: int) -> QRectF:
        """Where the grid of a part lies."""
        width, height = self.grid
        if self.stacked:
            return QRectF(self.sign, self.top + part * height, width, height)
        return QRectF(part * (width + self.sign), self.top, width, height)

    def sign_place(self, part: int) -> QRectF:
        """Where the sign before a part stands: part 0 has none."""
        grid = self.place(part)
        return QRectF(grid.left() - self.sign, grid.top(), self.sign, grid.height())

    def cell_at(self, part: int, row: int, column: int) -> QRectF:
        """The rectangle of one number."""
        grid, (width, height) = self.place(part), self.cell
        return QRectF(grid.left() + column * width, grid.top() + row * height, width, height)


def plan_sum(
    size: tuple[int, int], room: tuple[float, float], cell: tuple[float, float], sign: float
) -> SumPlan:
    """The plan for a kernel of `size` (kh, kw) in `room`; `cell` is the least that digits need."""
    rows, columns = size
    whole = SumPlan(rows, columns, cell, sign, stacked=False)
    if whole.size[0] <= room[0]:
        lines = max(1, min(rows, int(room[1] // cell[1])))
        return _grown(replace(whole, rows=lines), room)
    return _grown(replace(whole, rows=1, stacked=True), room)


def _grown(plan: SumPlan, room: tuple[float, float]) -> SumPlan:
    """Cells as large as the room allows, up to twice what they need, and in the middle of it."""
    spare = room[0] - plan.size[0]
    across = plan.columns * (1 if plan.stacked else PARTS)
    lines = plan.rows * (PARTS if plan.stacked else 1)
    width = min(1.5 * plan.cell[0], plan.cell[0] + max(spare, 0.0) / across)
    height = min(1.7 * plan.cell[1], max(plan.cell[1], room[1] / lines))
    grown = replace(plan, cell=(width, height))
    return replace(grown, top=max(0.0, (room[1] - grown.size[1]) / 2))
