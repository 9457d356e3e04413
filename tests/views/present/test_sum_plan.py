"""Sizes of a sum's grids: whole where that fits, else a row at a time, never outside the room."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from playground.views.present.sum_plan import PARTS, plan_sum

CELL, SIGN = (64.0, 32.0), 26.0
SIDES = st.integers(1, 9)
ROOMS = st.tuples(st.floats(600, 2000), st.floats(100, 900))


@given(SIDES, SIDES, ROOMS)
def test_cells_have_the_room_their_digits_need_and_never_overlap(rows, columns, room):
    plan = plan_sum((rows, columns), room, CELL, SIGN)
    assert plan.cell[0] >= CELL[0]
    assert plan.cell[1] >= CELL[1]
    places = [plan.place(part) for part in range(PARTS)]
    for one, other in pairwise(places):
        assert not one.adjusted(0.01, 0.01, -0.01, -0.01).intersects(other)
    if plan.fits(1, room):
        assert max(place.right() for place in places) <= room[0] + 1e-6
        assert max(place.bottom() for place in places) <= room[1] + 1e-6


@given(SIDES, SIDES, ROOMS)
def test_grids_stand_beside_each_other_where_they_have_room(rows, columns, room):
    plan = plan_sum((rows, columns), room, CELL, SIGN)
    beside = PARTS * columns * CELL[0] + (PARTS - 1) * SIGN <= room[0]
    assert plan.stacked is not beside
    assert plan.rows <= rows
    assert plan.stacked or plan.rows == max(1, min(rows, int(room[1] // CELL[1])))


@given(SIDES, SIDES, ROOMS)
def test_every_cell_lies_in_its_grid(rows, columns, room):
    plan = plan_sum((rows, columns), room, CELL, SIGN)
    for part in range(PARTS):
        grid = plan.place(part).adjusted(-1e-6, -1e-6, 1e-6, 1e-6)
        assert grid.contains(plan.cell_at(part, 0, 0))
        assert grid.contains(plan.cell_at(part, plan.rows - 1, columns - 1))
        assert plan.sign_place(part).right() <= plan.place(part).left() + 1e-6
