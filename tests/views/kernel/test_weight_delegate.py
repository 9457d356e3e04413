"""A weight is typed in its cell, and painted in the colour of its value."""

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.workbench import Workbench
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.theme.theme import THEMES, contrast, text_on
from playground.views.theme.theming import Theming
from tests.views.colours import value_colour
from tests.views.kernel.conftest import (
    KEY,
    SHIFT,
    GridBench,
)


@pytest.fixture
def bench(qtbot):
    return GridBench(qtbot)


class TestTyping:
    @pytest.mark.parametrize(
        ("typed", "value"),
        [("1/9", 1 / 9), ("-.5", -0.5), ("1e-2", 0.01), ("0,5", 0.5), ("7", 7), ("+2", 2)],
    )
    def test_a_number_is_typed_straight_into_a_cell(self, bench, typed, value):
        bench.choose(1, 1)
        bench.type(typed)
        bench.keys(KEY.Key_Return)
        assert bench.weights[1, 1] == np.float32(value)
        assert bench.entries == ["Set weight"]

    def test_in_every_country_the_point_and_the_comma_are_the_same(self, bench, locale):
        for typed in ("1.234", "1,234"):
            bench.choose(1, 1)
            bench.type(typed)
            bench.keys(KEY.Key_Return)
            assert bench.weights[1, 1] == np.float32(1.234)
        index = bench.grid.table.index(1, 1)
        assert index.data() == f"+1{locale.decimalPoint()}23"
        assert bench.grid.itemDelegate().digits.text(0.5) == f"+0{locale.decimalPoint()}50"
        bench.type("1.234,5")
        bench.keys(KEY.Key_Return)
        assert bench.weights[1, 1] == np.float32(1.234)
        assert "not a number" in bench.problems[-1]

    def test_tab_enters_the_number_and_goes_on_to_the_next_cell(self, bench):
        bench.choose(0, 0)
        for typed in ("4", "5", "6", "7"):
            bench.type(typed)
            bench.keys(KEY.Key_Tab)
        np.testing.assert_array_equal(bench.weights, [[4, 5, 6], [7, 0, 2], [-1, 0, 1]])
        assert bench.current == (1, 1)

    def test_escape_leaves_the_old_value(self, bench):
        bench.choose(1, 1)
        bench.type("9")
        bench.keys(KEY.Key_Escape)
        assert bench.weights[1, 1] == 0
        assert bench.entries == []

    def test_what_is_no_number_leaves_the_old_value_and_is_told(self, bench):
        bench.choose(1, 2)
        bench.type("1x")
        bench.keys(KEY.Key_Return)
        assert bench.weights[1, 2] == 2
        assert "1x" in bench.problems[0]

    def test_a_double_click_edits_the_exact_value(self, bench):
        bench.edits.enter([(1, 1, 0, 0)], "1/9")
        bench.hand.double_click(bench.place(1, 1))
        assert bench.editor().text() == "0.11111111"
        bench.type("3")
        bench.keys(KEY.Key_Return)
        assert bench.weights[1, 1] == 3

    def test_looking_at_a_value_without_changing_it_is_no_entry(self, bench):
        bench.edits.enter([(1, 1, 0, 0)], "1/9")
        before = bench.document.session
        bench.hand.double_click(bench.place(1, 1))
        bench.keys(KEY.Key_Return)
        assert bench.document.session is before

    def test_a_letter_does_not_open_the_editor(self, bench):
        bench.choose(1, 1)
        bench.type("z")
        assert bench.editor() is None

    def test_a_number_typed_with_several_cells_selected_sets_them_all(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(1, 1), SHIFT)
        bench.type("3")
        bench.keys(KEY.Key_Return)
        np.testing.assert_array_equal(bench.weights, [[3, 3, 1], [3, 3, 2], [-1, 0, 1]])
        assert bench.entries == ["Set 4 weights"]


class TestLook:
    @pytest.mark.parametrize("name", THEMES)
    def test_digits_contrast_with_every_cell(self, name):
        for value in np.linspace(-1, 1, 41):
            fill = value_colour(THEMES[name], float(value), 1)
            assert contrast(text_on(fill), fill) >= 4.5

    def test_a_cell_has_the_colour_of_its_value(self, bench):
        theme = bench.theming.theme
        picture = bench.grid.viewport().grab().toImage()
        for row, column, value in ((1, 0, -2), (0, 2, 1), (1, 1, 0)):
            corner = bench.grid.visualRect(bench.grid.table.index(row, column)).topLeft()
            seen = picture.pixelColor(corner.x() + 8, corner.y() + 8)
            assert seen == value_colour(theme, value, 2)


def test_enter_in_the_field_that_is_open_asks_for_no_second_one(bench, qtlog):
    bench.choose(0, 0)
    bench.keys(KEY.Key_Return)
    QTest.keyClicks(bench.editor(), "2")
    bench.keys(KEY.Key_Return)
    assert bench.document.conv.kernel[0, 0, 0, 0] == 2
    assert [record.message for record in qtlog.records] == []


class TestFrozen:
    """A frozen weight is seen frozen, whatever froze it, in every mode."""

    @pytest.fixture
    def workbench(self, qtbot):
        workbench = Workbench()
        yield workbench
        workbench.close()

    @pytest.fixture
    def grid(self, qtbot, workbench):
        document, theming = workbench.document, Theming(workbench.settings)
        grid = WeightGrid(document, KernelEdits(document), theming, None, workbench.hints)
        qtbot.addWidget(grid)
        grid.resize(320, 240)
        grid.show()
        qtbot.waitExposed(grid)
        return grid

    @staticmethod
    def looks(grid):
        """How each cell is painted."""
        shot = grid.viewport().grab().toImage()
        rows, columns = grid.table.rowCount(), grid.table.columnCount()
        cells = [(row, column) for row in range(rows) for column in range(columns)]
        return {cell: shot.copy(grid.visualRect(grid.table.index(*cell))) for cell in cells}

    def test_only_its_own_cell_is_painted_otherwise_until_that_is_undone(self, workbench, grid):
        before, freezing = self.looks(grid), workbench.training.freezing
        freezing.set_weights(0, [(0, 2, 0, 0)], frozen=True)
        QApplication.processEvents()
        now = self.looks(grid)
        assert [cell for cell, look in now.items() if look != before[cell]] == [(0, 2)]
        assert "Frozen" in grid.tip(grid.table.index(0, 2))
        assert "Frozen" not in grid.tip(grid.table.index(0, 1))
        workbench.document.undo_stack.undo()
        QApplication.processEvents()
        assert self.looks(grid) == before

    def test_a_frozen_kernel_and_layer_show_it_in_all_their_cells(self, workbench, grid):
        before, freezing = self.looks(grid), workbench.training.freezing
        for freeze in (
            lambda frozen: freezing.set_kernel(0, 0, frozen),
            lambda frozen: freezing.set_layer(0, frozen),
        ):
            freeze(True)
            QApplication.processEvents()
            now = self.looks(grid)
            assert all(look != before[cell] for cell, look in now.items())
            freeze(False)

    def test_the_menu_freezes_all_chosen_cells_as_one_entry(self, workbench, grid):
        grid.choose([(0, 0, 0, 0), (1, 1, 0, 0), (2, 2, 0, 0)])
        stack, count = workbench.document.undo_stack, workbench.document.undo_stack.count()
        frozen = next(a for a in grid.menu().actions() if a.text() == "Freeze these 3 weights")
        frozen.trigger()
        assert stack.count() == count + 1
        assert all(workbench.training.freezing.holds(0, (n, n, 0, 0)) for n in range(3))
        grid.choose([(1, 1, 0, 0)])
        again = next(a for a in grid.menu().actions() if a.text() == "Freeze this weight")
        assert again.isChecked()
        again.trigger()
        assert not workbench.training.freezing.holds(0, (1, 1, 0, 0))
        assert stack.undoText() == "Let weight learn"
