"""Thumbnails show weights and names, and are renamed in place."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from playground.core.kernels import bank
from playground.views.theme.theming import smaller
from tests.views.bank.conftest import Bench
from tests.views.colours import value_colour


def test_f2_and_a_double_click_rename_in_place(bench):
    bench.click(2)
    bench.key(Qt.Key.Key_F2)
    assert bench.editor().text() == "Laplacian"
    QTest.keyClicks(bench.editor(), "edges")
    bench.finish(Qt.Key.Key_Return)
    assert bench.names[2] == "edges"
    assert bench.document.undo_stack.undoText() == "Rename Laplacian"
    bench.hand.click(bench.at(3))
    bench.hand.double_click(bench.at(3))
    assert bench.editor().text() == "Sharpen"
    QTest.keyClicks(bench.editor(), "crisp")
    bench.finish(Qt.Key.Key_Escape)
    assert bench.names[3] == "Sharpen"


def test_a_name_that_is_typed_while_its_kernel_goes_is_dropped(bench):
    bench.click(11)
    bench.key(Qt.Key.Key_F2)
    QTest.keyClicks(bench.editor(), "edges")
    bench.document.change_conv("Fewer", bank.remove(bench.document.conv, [11]))
    QApplication.processEvents()
    assert "edges" not in bench.names
    assert bench.panel.model.rowCount() == 11


def test_the_field_for_a_name_stays_inside_the_list(qtbot):
    bench = Bench(qtbot, width=200, height=110)
    for row in range(12):
        bench.selection.set_kernel(row)
        bench.key(Qt.Key.Key_F2)
        assert bench.view.viewport().rect().contains(bench.editor().geometry())
        bench.finish(Qt.Key.Key_Escape)


def test_a_thumbnail_shows_the_weights_in_the_colours_of_all_values(bench):
    box = bench.picture_of(0)
    for row in range(3):
        for column in range(3):
            value = float(bench.document.conv.kernel[row, column, 0, 0])
            expected = value_colour(bench.theming.theme, value, 2.0)
            x = box.left() + (column + 0.5) * box.width() / 3
            y = box.top() + (row + 0.5) * box.height() / 3
            wanted = (expected.red(), expected.green(), expected.blue())
            assert bench.colour(x, y) == pytest.approx(wanted, abs=3)


@pytest.mark.parametrize("height", [150, 400])
def test_channels_that_differ_stand_side_by_side(qtbot, height):
    bench = Bench(qtbot, channels=3, width=380, height=height)
    kernel = bench.document.conv.kernel.copy()
    kernel[..., 0] = np.array([1.0, -1.0, 0.5])  # red, green and blue, each all the same
    bench.document.change_conv("x", bank.with_kernels(bench.document.conv, kernel))
    box = bench.view.visualRect(bench.panel.model.index(0))
    drawn = bench.view.viewport().grab(box).toImage()
    places = []
    for value in (1.0, -1.0, 0.5):
        wanted = value_colour(bench.theming.theme, value, 1.0)
        seen = [
            (y, x)
            for y in range(5, box.height() - 5)
            for x in range(5, box.width() - 5)
            if drawn.pixelColor(x, y) == wanted
        ]
        # As large as two of them beside each other, or above each other, where that is larger.
        assert len(seen) >= 0.8 * min(bench.view.plan.side / 2, box.width() / 2 - 6) ** 2 - 100
        places.append(tuple(np.median(seen, axis=0)))
    # In reading order, whether they stand in one line or in two.
    assert places == sorted(places)


def test_names_are_never_smaller_than_nine_points(bench):
    option = QStyleOptionViewItem()
    bench.view.initViewItemOption(option)
    option.font.setPointSizeF(8.0)
    assert smaller(option.font).pointSizeF() == 9.0
    option.font.setPointSizeF(15.0)
    assert smaller(option.font).pointSizeF() == 14.0
