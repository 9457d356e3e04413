"""Where in a cell its weight, next step, gradient and trail stand: never on each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

STEP_LETTERS, GRADIENT_LETTERS = 6, 7
"""Characters of "▲ .013" and of "g −.013", as narrow cells write them."""
_TRAIL_SHARE, _LEAST_TRAIL = 0.16, 7.0
"""Of the cell's height, and pixels at least: lower, a line that rises looks like one that does
not."""
_BESIDE = 3.0
"""Pixels free beside the trail, and twice as many as below the lowest row."""
_LEAST_SIGN = 5.0
"""Pixels of the smallest sign that can be told from dust."""
_SIGN_BESIDE = 9.0
"""Pixels of a sign beside the digits: no more than these leave."""
_MOST_SIZES = 64
"""Sizes remembered: a grid has a few, those of a window that is being dragged come and go."""


class Box(NamedTuple):
    """A rectangle, in pixels from the cell's top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Letters:
    """What the texts of a grid need, in pixels.

    `value` is the height of the weights' digits, 0 where none are written, and `width` that of
    the longest; `line` and `advance` are the height of a line, and the width of a character, of
    what stands below it.
    """

    value: float
    width: float
    line: float
    advance: float


@dataclass(frozen=True)
class CellRooms:
    """The room of each; None for what has no room, or is not asked for."""

    value: Box
    """Of no height where a sign stands in place of the weight: its colour says what it is."""
    step: Box | None = None
    gradient: Box | None = None
    trail: Box | None = None
    sign: Box | None = None
    """Of what says that the weight is frozen: in place of the step, or else in a corner."""


@lru_cache(maxsize=_MOST_SIZES)
def cell_rooms(
    width: float,
    height: float,
    letters: Letters,
    *,
    hinted: bool,
    frozen: bool = False,
    gradients: bool = False,
) -> CellRooms:
    """Share out a cell of width × height pixels, from its lower edge on.

    The first of step and gradient comes first, then the trail, then the second of them; with
    `gradients` the gradient is the first. Without `hinted` there are none. A frozen weight has no
    next step, and its sign comes before all.
    """
    if not letters.value:
        return _without_digits(width, height, letters, frozen=frozen)
    names = _in_order(width, letters, hinted=hinted, frozen=frozen, gradients=gradients)
    free = height - letters.value - _BESIDE / 2
    rows = names[: 1 if free >= letters.line else 0]
    free -= len(rows) * letters.line
    trail = max(_LEAST_TRAIL, _TRAIL_SHARE * height) if hinted else 0.0
    if not rows or free < trail or width < 4 * _BESIDE:
        trail = 0.0
    if len(names) > 1 and rows and free - trail >= letters.line:
        rows = names
    if frozen and not rows:
        return _signed(width, height, letters)
    return _stacked(width, height, letters, rows, trail)


def _in_order(
    width: float, letters: Letters, *, hinted: bool, frozen: bool, gradients: bool
) -> list[str]:
    """What stands below the weight, most important first; without what is too wide."""
    widths = {"sign": letters.line}
    if hinted:
        widths["step"] = STEP_LETTERS * letters.advance
        widths["gradient"] = GRADIENT_LETTERS * letters.advance
    names = ["gradient", "step"] if gradients else ["step", "gradient"]
    if frozen:
        names = ["sign", "gradient"]
    return [name for name in names if name in widths and widths[name] <= width]


def _stacked(
    width: float, height: float, letters: Letters, rows: list[str], trail: float
) -> CellRooms:
    """The rows one below the other along the lower edge, the trail last, the weight above."""
    bottom = height - _BESIDE / 2 if rows else height
    boxes: dict[str, Box] = {}
    if trail:
        bottom -= trail
        boxes["trail"] = Box(_BESIDE, bottom, width - 2 * _BESIDE, trail)
    for name in reversed(rows):
        bottom -= letters.line
        boxes[name] = Box(0, bottom, width, letters.line)
    return CellRooms(Box(0, 0, width, bottom), **boxes)


def _signed(width: float, height: float, letters: Letters) -> CellRooms:
    """The sign above the weight at the right, else beside it, else in its place."""
    side = min(letters.line, width - 2, height - letters.value - 1)
    if side >= _LEAST_SIGN:
        sign = Box(width - side - 1, 1, side, side)
        return CellRooms(Box(0, side + 1, width, height - side - 1), sign=sign)
    side = min(_SIGN_BESIDE, height - 2, width - letters.width - 1)
    if side >= _LEAST_SIGN and height >= letters.value:
        sign = Box(width - side - 1, (height - side) / 2, side, side)
        return CellRooms(Box(0, 0, width - side - 1, height), sign=sign)
    return _without_digits(width, height, letters, frozen=True)


def _without_digits(width: float, height: float, letters: Letters, *, frozen: bool) -> CellRooms:
    """Only colour; the sign in the middle."""
    side = min(letters.line, width, height)
    whole = Box(0, 0, width, height)
    if not frozen or side < _LEAST_SIGN:
        return CellRooms(whole)
    sign = Box((width - side) / 2, (height - side) / 2, side, side)
    return CellRooms(Box(0, 0, width, 0), sign=sign)
