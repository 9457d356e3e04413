"""Weight, step, gradient and trail share a cell of any size, and none stands on another."""

from dataclasses import astuple
from itertools import combinations

import pytest

from playground.views.kernel.cell_rooms import GRADIENT_LETTERS, Letters, cell_rooms

LINE, ADVANCE = 14.0, 7.2
KINDS = [
    {"hinted": hinted, "frozen": frozen, "gradients": gradients}
    for hinted in (True, False)
    for frozen in (True, False)
    for gradients in (True, False)
]


def letters(height, *, written=True):
    """As of a grid: the digits grow with the cell."""
    value = max(LINE, 0.43 * height) if written else 0.0
    return Letters(value, 3 * ADVANCE, LINE, ADVANCE)


def boxes(rooms):
    return [
        box for box in (rooms.value, rooms.step, rooms.gradient, rooms.trail, rooms.sign) if box
    ]


def overlap(one, other):
    return (
        min(one.left + one.width, other.left + other.width) - max(one.left, other.left) > 1e-6
        and min(one.top + one.height, other.top + other.height) - max(one.top, other.top) > 1e-6
    )


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(k for k in kind if kind[k]))
def test_in_cells_of_all_sizes_all_are_apart_and_inside(kind, written):
    for width in range(20, 201):
        for height in range(20, 151):
            rooms = cell_rooms(width, height, letters(height, written=written), **kind)
            shared = boxes(rooms)
            assert not any(overlap(a, b) for a, b in combinations(shared, 2)), (width, height)
            for box in shared:
                assert min(box.left, box.top) >= 0, (width, height)
                assert box.left + box.width <= width + 1e-6, (width, height)
                assert box.top + box.height <= height + 1e-6, (width, height)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(k for k in kind if kind[k]))
def test_what_has_a_room_fits_in_it(kind):
    for width in range(20, 201):
        for height in range(20, 151):
            of = letters(height)
            rooms = cell_rooms(width, height, of, **kind)
            if rooms.value.height or not kind["frozen"]:
                assert rooms.value.height >= of.value
            for box in (rooms.step, rooms.gradient):
                assert box is None or box.height >= LINE
            assert rooms.gradient is None or rooms.gradient.width >= GRADIENT_LETTERS * ADVANCE
            assert rooms.trail is None or (rooms.trail.height >= 7 and rooms.trail.width > 6)
            if not kind["hinted"]:
                assert (rooms.step, rooms.gradient, rooms.trail) == (None, None, None)
            if kind["frozen"]:
                assert rooms.step is None
                assert rooms.sign is not None
            else:
                assert rooms.sign is None


def test_the_larger_a_cell_is_the_more_it_says():
    def said(width, height, **kind):
        rooms = cell_rooms(width, height, letters(height), hinted=True, **kind)
        names = ("step", "gradient", "trail", "sign")
        return {name for name in names if getattr(rooms, name) is not None}

    assert said(90, 24) == set()
    assert said(90, 31) == {"step"}
    assert said(90, 31, gradients=True) == {"gradient"}
    assert said(116, 56) == {"step", "trail"}
    assert said(116, 90) == {"step", "gradient", "trail"}
    assert said(30, 60) == set()
    assert said(90, 31, frozen=True) == {"sign"}
    assert said(116, 90, frozen=True) == {"sign", "gradient", "trail"}


def test_the_sign_of_a_frozen_weight_goes_where_the_digits_leave_room():
    def rooms(width, height):
        return cell_rooms(width, height, Letters(14, 22, LINE, ADVANCE), hinted=True, frozen=True)

    below, above, beside, instead = (rooms(40, 34), rooms(40, 22), rooms(34, 15), rooms(24, 15))
    assert below.sign.top >= below.value.height
    assert above.value.top >= above.sign.top + above.sign.height
    assert beside.sign.left >= beside.value.width >= 22
    assert instead.value.height == 0
    assert instead.sign is not None


def test_a_grid_asks_for_the_same_rooms_again_and_again():
    first = cell_rooms(80, 60, letters(60), hinted=True)
    assert cell_rooms(80, 60, letters(60), hinted=True) is first
    assert len(astuple(first)) == 5
