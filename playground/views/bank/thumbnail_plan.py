"""How the kernels of a bank share its room: as large as lets all of them be seen.

With c columns and r = ⌈n / c⌉ rows a thumbnail may be W / c wide and H / r, less its name, high.
Where the names leave too little for the weights they go first, and only then is scrolled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PADDING = 4

_LARGEST, _USUAL, _SMALLEST, _BARE = 9.0, 2.9, 1.9, 1.4
"""Sides of a picture in lines of text: at most, where it is scrolled, least with and without name.

They grow with the text, for the back row.
"""


@dataclass(frozen=True)
class ThumbnailPlan:
    """The plan of a bank, in whole pixels."""

    columns: int
    cell_width: int
    cell_height: int
    side: int
    """Of the square that a kernel's weights are drawn in."""
    named: bool = True
    scrolled: bool = False


def plan_thumbnails(
    count: int, room: tuple[int, int], line: int, name: int, bar: int
) -> ThumbnailPlan:
    """The plan for `count` kernels in `room` (width, height).

    `line` is the height of a name and `name` the width that a short one needs; `bar` is what a
    scroll bar takes of the width.
    """
    named = max(_seen_at_once(count, room, line, name), key=_size, default=None)
    if named is not None and named.side >= _SMALLEST * line:
        return named
    bare = max(_seen_at_once(count, room, 0, 0, line), key=_size, default=None)
    if bare is not None and bare.side >= _BARE * line:
        return bare
    least = usual_cell(line, name)
    width = max(room[0] - bar, least[0])
    columns = width // least[0]
    return ThumbnailPlan(columns, width // columns, least[1], round(_USUAL * line), scrolled=True)


def usual_cell(line: int, name: int) -> tuple[int, int]:
    """(width, height) of one kernel in a bank that is scrolled."""
    side = round(_USUAL * line)
    return max(side, name) + 2 * PADDING, side + line + 3 * PADDING


def _seen_at_once(
    count: int, room: tuple[int, int], line: int, name: int, unit: int = 0
) -> Iterator[ThumbnailPlan]:
    """The plans for any number of columns that need no scrolling; without names, line is 0."""
    largest = round(_LARGEST * (line or unit))
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        width, height = room[0] // columns, room[1] // rows
        below = line + PADDING if line else 0
        side = min(width - 2 * PADDING, height - below - 2 * PADDING, largest)
        if side > 0 and width >= name + 2 * PADDING:
            # A low cell beside a wide one would leave its row half empty.
            height = min(height, side + below + 2 * PADDING)
            yield ThumbnailPlan(columns, width, height, side, named=bool(line))


def _size(plan: ThumbnailPlan) -> tuple[int, int]:
    """What makes one plan better than another: larger pictures, then room for their names."""
    return plan.side, plan.cell_width
