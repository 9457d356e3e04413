"""The plan of the gallery: as large as possible, inside the room, and never too small to see."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.views.maps.gallery_layout import GAP, PAD, SMALLEST, plan_caption, plan_grid


def test_a_square_room_holds_four_square_maps_two_by_two():
    plan = plan_grid(4, (600, 640), 1.0, 20)
    assert plan.columns == 2
    assert plan.picture_width == (600 - GAP) // 2 - 2 * PAD


def test_a_wide_room_puts_maps_side_by_side_and_a_tall_one_above_each_other():
    assert plan_grid(3, (900, 200), 1.0, 20).columns == 3
    assert plan_grid(3, (200, 900), 1.0, 20).columns == 1


def test_no_other_number_of_columns_would_make_the_maps_larger():
    count, (width, height), aspect, caption = 12, (650, 530), 0.667, 37
    best = plan_grid(count, (width, height), aspect, caption)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        across = (width - (columns - 1) * GAP) / columns - 2 * PAD
        down = ((height - (rows - 1) * GAP) / rows - 2 * PAD - caption) / aspect
        assert min(across, down) <= best.picture_width + 1


def test_more_maps_than_fit_are_scrolled_at_the_smallest_width():
    plan = plan_grid(64, (560, 340), 0.667, 37)
    assert plan.height > 340
    assert plan.picture_width >= SMALLEST


@pytest.mark.parametrize("aspect", [0.6, 1.0, 1.5, 2.0])
def test_twelve_maps_of_any_usual_shape_are_seen_at_once_on_a_projector(aspect):
    _, plan = plan_caption(12, (496, 395), aspect, (20, 35, 50))
    assert plan.height <= 395


def test_captions_grow_where_there_is_room_and_shrink_before_the_gallery_scrolls():
    heights = (20, 35, 50)
    assert plan_caption(12, (660, 540), 0.667, heights)[0] == 3
    assert plan_caption(12, (760, 250), 0.667, heights)[0] == 2
    assert plan_caption(12, (560, 300), 0.667, heights)[0] == 1
    assert plan_caption(64, (560, 345), 0.667, heights)[0] == 2


@settings(max_examples=200)
@given(
    st.integers(1, 64),
    st.integers(60, 2000),
    st.integers(60, 1400),
    st.floats(0.001, 1000),
)
def test_cells_lie_inside_the_width_and_never_overlap(count, width, height, aspect):
    plan = plan_grid(count, (width, height), aspect, 35)
    places = [plan.cell(i) for i in range(count)]
    assert len(set(places)) == count
    for x, y in places:
        assert x >= 0
        assert x + plan.cell_width <= width
        assert y + plan.cell_height <= plan.height
        assert plan.cell_width >= min(plan.picture_width + 2 * PAD, width)
    rights = sorted({x for x, _ in places})
    assert all(b - a >= plan.cell_width for a, b in pairwise(rights))
