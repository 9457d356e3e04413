"""How keys and pointer move over the weights, and what is pointed at."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.views.kernel.conftest import CTRL, KEY, SHIFT, GridBench


@pytest.fixture
def bench(qtbot):
    return GridBench(qtbot)


class TestMoving:
    def test_arrows_move(self, bench):
        bench.choose(0, 0)
        bench.keys(KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Left)
        assert bench.current == (2, 0)
        assert bench.entries == []

    def test_tab_goes_through_all_cells_and_then_leaves(self, bench, qtbot):
        bench.choose(0, 0)
        for _ in range(8):
            bench.keys(KEY.Key_Tab)
        assert bench.current == (2, 2)
        assert not bench.grid.focusNextPrevChild(True) or bench.current == (2, 2)
        bench.choose(0, 1)
        bench.keys(KEY.Key_Backtab, modifiers=SHIFT)
        assert bench.current == (0, 0)

    def test_shift_and_arrows_select(self, bench):
        bench.choose(0, 0)
        bench.keys(KEY.Key_Right, KEY.Key_Down, modifiers=SHIFT)
        assert bench.chosen == [(0, 0), (0, 1), (1, 0), (1, 1)]

    def test_ctrl_a_selects_all(self, bench):
        bench.choose(0, 0)
        bench.keys(KEY.Key_A, modifiers=CTRL)
        assert len(bench.chosen) == 9

    def test_shift_and_ctrl_clicks_select(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(0, 2), SHIFT)
        assert bench.chosen == [(0, 0), (0, 1), (0, 2)]
        bench.hand.click(bench.place(2, 2), CTRL)
        bench.hand.click(bench.place(0, 1), CTRL)
        assert bench.chosen == [(0, 0), (0, 2), (2, 2)]

    def test_a_click_into_a_selection_selects_that_cell_alone(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(2, 2), SHIFT)
        bench.choose(1, 1)
        assert bench.chosen == [(1, 1)]
        assert bench.entries == []


class TestPointing:
    def test_hovering_points_at_the_weight(self, bench):
        bench.hand.hover(bench.place(2, 1))
        assert bench.document.selection.weight == (2, 1)

    def test_a_pointer_that_leaves_points_at_nothing_without_the_focus(self, bench, qtbot):
        other = QLineEdit(bench.grid)
        other.show()
        other.setFocus()
        bench.hand.hover(bench.place(2, 1))
        bench.hand.leave()
        assert bench.document.selection.weight is None

    def test_a_pointer_that_leaves_points_back_at_the_current_cell(self, bench):
        bench.choose(0, 1)
        bench.hand.hover(bench.place(2, 1))
        bench.hand.leave()
        assert bench.document.selection.weight == (0, 1)

    def test_the_current_cell_is_pointed_at(self, bench):
        bench.choose(0, 0)
        bench.keys(KEY.Key_Down)
        assert bench.document.selection.weight == (1, 0)

    def test_pointing_at_a_channels_grid_selects_the_channel(self, qtbot):
        bench = GridBench(qtbot, channels=3, channel=2)
        bench.hand.hover(bench.place(0, 0))
        assert bench.document.selection.channel == 2


class TestLook:
    def test_the_tip_says_how_to_change_a_weight(self, bench):
        tip = bench.grid.tip(bench.grid.table.index(0, 2))
        assert "Weight 1, row 0, column 2" in tip
        for way in ("wheel", "drag", "Alt+Up", "Tab", "Esc"):
            assert way in tip
