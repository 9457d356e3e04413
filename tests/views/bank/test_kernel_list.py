"""How large the kernels of a bank are drawn in a given room."""

import pytest

from playground.views.bank.kernel_list import plan_thumbnails, usual_cell

LINE, NAME, BAR = 15, 46, 10


def planned(count, width, height):
    return plan_thumbnails(count, (width, height), LINE, NAME, BAR)


@pytest.mark.parametrize("count", [1, 2, 5, 12, 17, 40, 64])
@pytest.mark.parametrize("room", [(120, 68), (324, 68), (324, 140), (400, 400), (900, 300)])
def test_cells_fit_into_the_room_or_are_scrolled(count, room):
    plan = planned(count, *room)
    assert plan.columns * plan.cell_width <= room[0]
    rows = -(-count // plan.columns)
    assert plan.scrolled or rows * plan.cell_height <= room[1]
    assert plan.side + (LINE if plan.named else 0) < plan.cell_height
    assert plan.side < plan.cell_width


def test_no_other_number_of_columns_makes_the_pictures_larger():
    assert (planned(12, 324, 140).columns, planned(12, 384, 340).columns) == (6, 4)


def test_what_is_scrolled_has_its_usual_size():
    plan = planned(64, 324, 68)
    width, height = usual_cell(LINE, NAME)
    assert plan.scrolled
    assert plan.named
    assert (plan.cell_height, plan.columns) == (height, (324 - BAR) // width)


def test_a_single_kernel_does_not_grow_beyond_measure():
    assert planned(1, 900, 900).side == 9 * LINE
