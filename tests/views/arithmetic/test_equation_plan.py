"""How large the grids of one output value are in a given room."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from playground.views.arithmetic.equation_plan import needed_width, plan_equation, wanted_width

SHAPES = [(1, 1, 1), (3, 3, 1), (3, 3, 3), (2, 5, 1), (5, 5, 3)]


def font(points):
    made = QFont()
    made.setPointSizeF(points)
    return made


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("points", [9.0, 10.0, 12.5, 15.0])
@pytest.mark.parametrize("height", [84, 102, 133, 260])
def test_in_the_width_that_is_asked_for_every_number_has_its_digits(qtbot, shape, points, height):
    for width in (
        needed_width(shape, height, font(points)),
        wanted_width(shape, height, font(points)),
    ):
        plan = plan_equation(shape, (width, height), font(points))
        assert plan.width <= width + 0.01
        assert not plan.compact
        if plan.digits:
            assert QFontMetricsF(plan.font).horizontalAdvance("−0.00") < plan.cell_width


@pytest.mark.parametrize("points", [10.0, 15.0])
def test_no_number_is_smaller_than_nine_points_and_large_text_stays_large(qtbot, points):
    shape, height = (3, 3, 3), 102
    enough = needed_width(shape, height, font(points))
    for width in range(300, 2000, 100):
        plan = plan_equation(shape, (width, height), font(points))
        assert plan.font.pointSizeF() >= 9.0
        if width >= 0.85 * enough:
            assert plan.font.pointSizeF() >= 0.79 * points


@pytest.mark.parametrize("shape", SHAPES)
def test_a_point_finds_the_cell_that_is_drawn_there(qtbot, shape):
    plan = plan_equation(shape, (900, 120), font(10))
    for channel in range(shape[2]):
        for part in range(3):
            for row in range(shape[0]):
                for column in range(shape[1]):
                    middle = plan.cell((channel, part), row, column).center()
                    assert plan.tap_at(middle.x(), middle.y()) == (row, column, channel)
    assert plan.tap_at(1, plan.top - 1) is None
    assert plan.tap_at(plan.width + 1, 60) is None
