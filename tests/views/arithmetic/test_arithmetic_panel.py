"""One output value, taken apart: the sum, the bias, the activation, and what is pointed at."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from playground.core.numbers.number_text import format_weight
from playground.core.specs import ACTIVATIONS, ActivationSpec, BlockSpec, Conv2DSpec, Pool2DSpec

POOLS = (None, Pool2DSpec("max", 2), Pool2DSpec("average", 2), Pool2DSpec("max", 3))


def numbers_in(text):
    """The signed numbers of a line, as they are written."""
    return re.findall(r"[+-]\d+(?:\.\d+)?(?:e-?\d+)?", text)


def agrees(text, value) -> bool:
    """Whether a written number is `value` to the last digit it shows."""
    return text == format_weight(value) or abs(float(text) - value) <= _last_digit(text) / 2 + 1e-5


def _last_digit(text):
    mantissa, _, exponent = text.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def test_before_anything_is_pointed_at_it_says_what_to_do(desk):
    assert desk.panel.hint.isVisible()
    assert "Point at a feature map" in desk.panel.hint.text()
    assert not desk.equation.isVisible()
    assert not desk.panel.value.isVisible()


def test_pointing_at_a_pixel_shows_its_sum_and_pointing_away_ends_it(desk):
    desk.point(3, 7)
    assert desk.equation.isVisible()
    assert not desk.panel.hint.isVisible()
    name = desk.document.conv.names[0]
    assert desk.panel.header.detail.text() == f"row 3, column 7 of map 0 · {name}"
    desk.after(desk.selection.set_pixel, None)
    assert not desk.equation.isVisible()
    assert desk.panel.hint.isVisible()
    assert desk.panel.header.detail.text() == ""
    assert desk.equation.accessibleDescription() == ""


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_numbers_shown_are_the_map_s_to_the_last_digit(desks, activation, pool, flip):
    desk = desks(channels=3)
    conv = desk.document.conv
    bias = np.linspace(-1, 1, conv.filters)
    conv = replace(conv, bias=bias, stride=2, edge="reflect", flip=flip)
    block = BlockSpec(conv, ActivationSpec(activation), pool)
    desk.document.change_block("Set", block)
    desk.point(2, 3)
    for kernel in (0, 5, 11):
        if kernel:
            desk.after(desk.selection.set_kernel, kernel)
        shown, panel = desk.explainer.explanation, desk.panel
        value = float(desk.lab.map_values(kernel)[2, 3])
        last = panel.value.text() if pool is None else panel.pooled.text()
        assert agrees(numbers_in(last)[-1], value)
        assert agrees(numbers_in(panel.sum.text())[0], float(shown.products.sum()))
        added, *total = numbers_in(panel.bias.text())
        assert agrees(added, float(np.float32(bias[kernel])))
        for number in total or numbers_in(panel.value.text()):
            assert agrees(number, shown.sum + shown.bias)


@pytest.mark.parametrize(
    ("activation", "expected"),
    [("none", "= +0.00"), ("relu", "→ ReLU → +0.00"), ("sigmoid", "→ sigmoid → +0.50")],
)
def test_the_activation_stands_between_sum_and_value(desk, activation, expected):
    nothing = replace(desk.document.conv, kernel=np.zeros((3, 3, 1, 12)))
    desk.document.change_block("Set", BlockSpec(nothing, ActivationSpec(activation)))
    desk.point(3, 3)
    assert desk.panel.value.text() == expected


def test_pooling_names_the_values_of_its_window(desk):
    desk.point(1, 1)
    assert not desk.panel.pooled.isVisible()
    desk.change_block(pool=Pool2DSpec("max", 2))
    values = [format_weight(c.value) for c in desk.explainer.explanation.candidates]
    largest = format_weight(desk.explainer.explanation.value)
    assert desk.panel.pooled.isVisible()
    assert desk.panel.pooled.text() == f"max of 4 ({', '.join(values)}) = {largest}"
    desk.change_block(pool=Pool2DSpec("average", 3))
    assert desk.panel.pooled.text().startswith("mean of 9 (")


@pytest.mark.parametrize("pool", [None, Pool2DSpec("average", 2)])
def test_a_screen_reader_is_told_the_whole_equation(desk, pool):
    desk.point(3, 7)
    desk.change_block(activation=ActivationSpec("relu"), pool=pool)
    panel = desk.panel
    lines = [panel.sum.text(), panel.bias.text(), panel.value.text()]
    if pool is not None:
        lines.append(panel.pooled.text())
    assert desk.equation.accessibleName() == "The sum under the kernel"
    assert desk.equation.accessibleDescription() == " ".join(lines)


@pytest.mark.parametrize("flip", [False, True])
def test_pointing_at_a_cell_points_at_its_weight(desks, flip):
    desk = desks(channels=3)
    desk.selection.set_pixel((3, 7))
    desk.change_conv(flip=flip)
    kernel = desk.document.conv.kernel[..., 0]
    for (_, *tap), at in desk.cells().items():
        desk.hand.hover(at)
        row, column, channel = tap
        assert desk.selection.weight == ((2 - row, 2 - column) if flip else (row, column))
        # The weight pointed at is the one that is written in the cell.
        applied = desk.explainer.explanation.weights[row, column, channel]
        assert kernel[(*desk.selection.weight, channel)] == applied


def test_between_the_grids_and_beside_them_no_weight_is_pointed_at(desk):
    desk.point(3, 7)
    cells, row = desk.cells(), desk.row_of_cells(0)
    gap = next(at for tap, at in row if tap is None)
    for nowhere in (gap, QPoint(gap.x(), desk.equation.height() - 1)):
        desk.hand.hover(cells[1, 1, 1, 0])
        assert desk.selection.weight == (1, 1)
        desk.hand.hover(nowhere)
        assert desk.selection.weight is None
    desk.hand.hover(cells[1, 1, 1, 0])
    desk.hand.leave()
    assert desk.selection.weight is None


def test_the_mark_stays_with_its_weight_when_the_kernel_is_turned(desk):
    desk.point(3, 7)
    desk.selection.set_weight((0, 1))
    desk.change_conv(flip=True)
    assert desk.marked() == {(part, 2, 1, 0) for part in range(3)}
    desk.after(desk.document.undo_stack.undo)
    assert desk.marked() == {(part, 0, 1, 0) for part in range(3)}


@pytest.mark.parametrize("flip", [False, True])
def test_a_tap_that_smaller_kernels_no_longer_have_points_at_no_weight(desk, flip):
    desk.point(3, 7)
    if flip:
        desk.change_conv(flip=True)
    corner = desk.cells()[(0, 2, 2, 0)]
    conv = desk.document.conv
    desk.document.change_conv("Small", replace(conv, kernel=conv.kernel[:1, :1]))
    # The arithmetic of the larger kernel is on screen until the event loop turns.
    desk.hand.hover(corner)
    assert desk.selection.weight is None
    desk.equation.grab()


def test_the_value_follows_the_grids_in_their_line(desks):
    desk = desks(width=1280, height=150)
    desk.point(3, 7)
    desk.change_block(activation=ActivationSpec("leaky_relu"))
    panel, middle = desk.panel, {}
    products = max(at.x() for at in desk.cells().values())
    end = desk.equation.mapTo(panel, QPoint(products, 0)).x()
    for part in (panel.sum, panel.bias, panel.value):
        box = part.rect()
        start = part.mapTo(panel, box.topLeft()).x()
        assert end < start < end + 100
        end = part.mapTo(panel, box.topRight()).x()
        middle[part] = part.mapTo(panel, box.center()).y()
    assert end < panel.width() - 14
    grids = desk.equation.mapTo(panel, desk.cells()[0, 1, 1, 0]).y()
    assert all(abs(height - grids) <= 2 for height in middle.values())


@pytest.mark.parametrize("width", [960, 1280])
def test_beside_the_grids_of_three_channels_the_value_stands_in_a_block(desks, width):
    desk = desks(channels=3, width=width, height=150)
    desk.point(3, 7)
    desk.change_block(activation=ActivationSpec("leaky_relu"), pool=Pool2DSpec("max", 2))
    panel = desk.panel
    left = {part.mapTo(panel, QPoint()).x() for part in (panel.sum, panel.bias, panel.value)}
    assert len(left) == 1
    for part in (panel.sum, panel.bias, panel.value, panel.pooled):
        assert part.width() >= part.sizeHint().width()
        assert part.mapTo(panel, part.rect().bottomRight()).y() < panel.height()
        assert part.mapTo(panel, part.rect().bottomRight()).x() < panel.width()


def test_grids_of_another_shape_take_the_width_they_need(desks):
    desk = desks(width=1280, height=150)
    desk.point(3, 7)
    for size in (1, 3, 2):
        kernel = np.full((size, size, 1, 2), 0.5)
        desk.after(desk.document.change_conv, "x", Conv2DSpec(kernel, np.zeros(2), ("a", "b")))
        desk.qtbot.waitUntil(lambda: desk.equation.width() == desk.equation.sizeHint().width())
        beside = desk.panel.sum.mapTo(desk.equation, QPoint()).x()
        last = max(at.x() for at in desk.cells().values())
        assert last < beside < last + 90


def test_the_values_of_a_window_are_left_out_before_a_channel_is_cut_off(desks):
    desk = desks(channels=3, width=1280, height=150)
    desk.point(1, 1)
    desk.change_block(pool=Pool2DSpec("max", 2))
    assert desk.panel.pooled.text().startswith("max of 4 = ")
    assert desk.panel.pooled.toolTip().startswith("max of 4 (")
    assert desk.equation.width() == desk.equation.parentWidget().width()
