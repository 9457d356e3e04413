"""The little grids under a real mouse: patch × weights = products, cell by cell."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea

from playground.core.kernels.initializers import he_normal
from playground.core.specs import Conv2DSpec
from tests.views.colours import value_colour


@pytest.mark.parametrize("channels", [1, 3])
def test_a_row_reads_patch_weights_products_for_each_channel(desks, channels):
    desk = desks(channels)
    desk.point(3, 7)
    met = [tap for tap, _ in desk.row_of_cells(1)]
    if met[-1] is None:
        met.pop()
    expected = []
    for channel in range(channels):
        for _ in range(3):
            expected += [(1, column, channel) for column in range(3)]
            expected.append(None)
    assert met == expected[:-1]


def test_every_cell_has_the_colour_of_its_number(desk):
    desk.point(0, 7)
    shown, theme = desk.explainer.explanation, desk.lab.theming.theme
    image = desk.equation.grab().toImage()
    cells = desk.cells()
    half = (cells[0, 1, 1, 0] - cells[0, 1, 0, 0]).x() // 2
    drawn = {cell: image.pixelColor(at - QPoint(half - 2, 0)) for cell, at in cells.items()}
    for (part, *tap), colour in drawn.items():
        value = float((shown.patch, shown.weights, shown.products)[part][tuple(tap)])
        if part == 0 and tap[0] > 0:
            assert colour.red() == pytest.approx(255 * value, abs=1)
        if part > 0:
            extent = float(np.abs((shown.weights, shown.products)[part - 1]).max())
            assert colour == value_colour(theme, value, extent)


def test_a_weight_pointed_at_elsewhere_is_marked_in_every_grid(desks):
    desk = desks(channels=3)
    desk.point(3, 7)
    assert desk.marked() == set()
    desk.selection.set_weight((0, 2))
    assert desk.marked() == {(part, 0, 2, c) for part in range(3) for c in range(3)}
    desk.selection.set_weight(None)
    assert desk.marked() == set()


@pytest.mark.parametrize("channels", [1, 3])
def test_a_tooltip_is_one_product_in_words(desks, channels):
    desk = desks(channels)
    desk.point(3, 7)
    shown = desk.explainer.explanation
    for (_, *tap), at in desk.cells().items():
        text = desk.equation.tip_at(at.toPointF())
        product, _, colour = text.partition(" · ")
        parts = re.fullmatch(r"(\S+) × (\S+) = (\S+)", product).groups()
        for part, values in zip(parts, (shown.patch, shown.weights, shown.products), strict=True):
            assert float(part) == pytest.approx(float(values[tuple(tap)]), rel=1e-3)
        assert colour == ("" if channels == 1 else ("red", "green", "blue")[tap[2]])


def test_a_tooltip_tells_what_lies_outside_the_image(desk):
    desk.point(0, 0)
    for (_, *tap), at in desk.cells().items():
        text = desk.equation.tip_at(at.toPointF())
        assert ("outside the image" in text) == (0 in tap[:2])
        assert "-0 " not in text


def test_between_the_grids_there_is_no_tooltip(desk):
    desk.point(3, 7)
    gap = next(at for tap, at in desk.row_of_cells(0) if tap is None)
    assert desk.equation.tip_at(gap.toPointF()) == ""


def test_the_largest_kernel_is_as_wide_as_its_digits_need_and_scrolls(desks):
    desk = desks(channels=3)
    kernel = he_normal((11, 11, 3, 2), seed=0)
    desk.selection.set_pixel((5, 5))
    desk.after(desk.document.change_conv, "Large", Conv2DSpec(kernel, np.zeros(2), ("a", "b")))
    area = desk.panel.findChild(QScrollArea)
    assert desk.equation.width() >= desk.equation.minimumWidth() > area.viewport().width()
    assert len(desk.cells()) == 3 * 11 * 11 * 3


def test_more_height_makes_larger_cells(desks):
    low, high = desks(width=1280, height=150), desks(width=1280, height=220)
    for desk in (low, high):
        desk.point(3, 7)
    tall, small = (
        desk.cells()[0, 1, 1, 0].y() - desk.cells()[0, 0, 1, 0].y() for desk in (high, low)
    )
    assert tall > small
