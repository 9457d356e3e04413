"""How n maps of one shape share an area: the number of columns that makes the pictures largest.

With c columns and r = ⌈n / c⌉ rows a picture may be (W − gaps) / c wide and (H − gaps) / r minus
its caption high; the smaller of the two, seen through the map's shape, decides its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

SMALLEST = 84
"""A picture is at least this wide, or as large as a square of that width where it is high.

More maps than fit at that size are scrolled.
"""

BESIDE_OTHERS = 44
"""The same where the gallery shares its column with the kernels: all maps are seen at once.

Eight square ones on the smallest screen have a little more than that.
"""

GAP = 8
"""Screen pixels between cells: enough to tell their captions apart."""

PAD = 3
"""Between a cell's edge and its picture, where the frame of the current one is drawn."""

FLATTEST, TALLEST = 0.08, 3.0
"""Bounds for height / width of the room that a picture is given."""

_HARDLY = 0.93
"""Share of a picture's width that is kept for the sake of a third line of numbers."""


@dataclass(frozen=True)
class GridPlan:
    """The plan of a gallery, in whole screen pixels."""

    columns: int
    cell_width: int
    cell_height: int
    picture_width: int
    picture_height: int
    left: int
    height: int
    """Of all rows together; more than the area's where the gallery scrolls."""

    def cell(self, index: int) -> tuple[int, int]:
        """(x, y) of cell `index`'s top left corner."""
        row, column = divmod(index, self.columns)
        return (
            self.left + column * (self.cell_width + GAP),
            row * (self.cell_height + GAP),
        )


def plan_caption(
    count: int,
    area: tuple[int, int],
    aspect: float,
    heights: Sequence[int],
    *,
    smallest: int = SMALLEST,
) -> tuple[int, GridPlan]:
    """The number of caption lines and the plan: `heights` are those of 1, 2 and 3 lines.

    Two lines are the rule. A third is for room that is left over or hardly missed, and a single
    one keeps the gallery from scrolling.
    """
    plans = [plan_grid(count, area, aspect, height, smallest=smallest) for height in heights]
    one, two, three = (plan.height <= area[1] for plan in plans)
    if three and plans[2].picture_width >= _HARDLY * plans[1].picture_width:
        return 3, plans[2]
    return (1, plans[0]) if one and not two else (2, plans[1])


def plan_grid(
    count: int, area: tuple[int, int], aspect: float, caption: int, *, smallest: int = SMALLEST
) -> GridPlan:
    """The plan for `count` maps in `area` (width, height); `aspect` is a map's height / width."""
    aspect = min(max(aspect, FLATTEST), TALLEST)
    smallest = round(smallest / sqrt(max(aspect, 1.0)))
    fits = [_fit(count, columns, area, aspect, caption) for columns in range(1, count + 1)]
    best = max(range(count), key=lambda at: fits[at])
    if fits[best] >= min(smallest, area[0] - 2 * PAD):
        return _plan(count, best + 1, area, aspect, caption, fits[best])
    columns = max(1, min(count, (area[0] + GAP) // (smallest + 2 * PAD + GAP)))
    width = (area[0] - (columns - 1) * GAP) // columns - 2 * PAD
    return _plan(count, columns, area, aspect, caption, max(width, 1))


def _fit(count: int, columns: int, area: tuple[int, int], aspect: float, caption: int) -> int:
    """The widest picture that `columns` columns allow without scrolling."""
    rows = -(-count // columns)
    across = (area[0] - (columns - 1) * GAP) // columns - 2 * PAD
    down = (area[1] - (rows - 1) * GAP) // rows - 2 * PAD - caption
    return max(0, min(across, int(down / aspect)))


def _plan(
    count: int, columns: int, area: tuple[int, int], aspect: float, caption: int, width: int
) -> GridPlan:
    rows = -(-count // columns)
    height = max(1, round(width * aspect))
    cell_height = height + caption + 2 * PAD
    # Cells take up the room that is left beside the pictures, up to half as wide again.
    room = (area[0] - (columns - 1) * GAP) // columns
    cell_width = min(room, max(width + 2 * PAD, round(1.5 * width)))
    used = columns * cell_width + (columns - 1) * GAP
    return GridPlan(
        columns,
        cell_width,
        cell_height,
        width,
        height,
        max(0, (area[0] - used) // 2),
        rows * (cell_height + GAP) - GAP,
    )
