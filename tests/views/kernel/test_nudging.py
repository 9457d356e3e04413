"""The wheel, the keys and a drag change weights by notches."""

import numpy as np
import pytest

from tests.views.kernel.conftest import (
    ALT,
    CTRL,
    KEY,
    NONE,
    SHIFT,
    GridBench,
)


@pytest.fixture
def bench(qtbot):
    return GridBench(qtbot)


class TestNudging:
    @pytest.mark.parametrize(("modifiers", "change"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_the_wheel_nudges_the_cell_under_it(self, bench, modifiers, change):
        bench.hand.wheel(bench.place(1, 1), 120, modifiers)
        assert bench.weights[1, 1] == np.float32(change)
        bench.hand.wheel(bench.place(1, 2), -240, modifiers)
        assert bench.weights[1, 2] == np.float32(2 - 2 * change)

    def test_turns_of_the_wheel_in_a_row_are_one_entry(self, bench):
        for _ in range(5):
            bench.hand.wheel(bench.place(1, 1))
        assert bench.entries == ["Nudge weight"]
        bench.hand.wheel(bench.place(0, 1))
        assert len(bench.entries) == 2

    def test_leaving_the_cell_ends_the_entry(self, bench):
        bench.hand.wheel(bench.place(1, 1))
        bench.hand.leave()
        bench.hand.wheel(bench.place(1, 1))
        assert len(bench.entries) == 2

    def test_a_touchpad_adds_up_to_a_notch(self, bench):
        for _ in range(8):
            bench.hand.wheel(bench.place(1, 1), 30)
        assert bench.weights[1, 1] == np.float32(0.2)

    def test_the_wheel_over_a_selection_nudges_all_of_it(self, bench):
        bench.choose(0, 1)
        bench.hand.click(bench.place(2, 1), SHIFT)
        bench.hand.wheel(bench.place(1, 1))
        np.testing.assert_array_equal(bench.weights[:, 1], np.float32([0.1, 0.1, 0.1]))

    @pytest.mark.parametrize(("modifiers", "change"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_arrow_keys_nudge_with_alt(self, bench, modifiers, change):
        bench.choose(1, 1)
        bench.keys(KEY.Key_Up, KEY.Key_Up, KEY.Key_Down, modifiers=ALT | modifiers)
        assert bench.weights[1, 1] == np.float32(change)
        assert bench.entries == ["Nudge weight"]
        assert bench.current == (1, 1)

    def test_page_up_and_page_down_nudge(self, bench):
        bench.choose(1, 1)
        bench.keys(KEY.Key_PageUp)
        bench.keys(KEY.Key_PageDown, modifiers=SHIFT)
        assert bench.weights[1, 1] == np.float32(-0.9)

    @pytest.mark.parametrize(("modifiers", "change"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_arrow_keys_nudge_live_while_typing(self, bench, modifiers, change):
        bench.choose(1, 1)
        bench.keys(KEY.Key_Return)
        bench.keys(KEY.Key_Up, KEY.Key_Up, modifiers=modifiers)
        assert bench.weights[1, 1] == np.float32(2 * change)
        assert bench.editor().text() == f"{2 * change:g}"
        bench.keys(KEY.Key_Return)
        assert len(bench.entries) == 1

    def test_escape_takes_back_what_was_nudged_while_typing(self, bench):
        bench.choose(1, 1)
        bench.type("3")
        bench.keys(KEY.Key_Up)
        assert bench.weights[1, 1] == np.float32(3.1)
        bench.keys(KEY.Key_Escape)
        assert bench.weights[1, 1] == 0
        assert bench.entries == []


class TestDragging:
    def test_a_drag_changes_the_value_while_it_lasts_and_is_one_entry(self, bench):
        bench.hand.press(bench.place(1, 1))
        seen = []
        for _ in range(5):
            bench.hand.move(8, 0)
            seen.append(float(bench.weights[1, 1]))
        bench.hand.release()
        np.testing.assert_allclose(seen, [0.2, 0.4, 0.6, 0.8, 1.0], rtol=1e-6)
        assert bench.entries == ["Drag weight"]

    def test_upwards_is_more_and_downwards_is_less(self, bench):
        bench.hand.press(bench.place(1, 1))
        bench.hand.move(0, 20)
        assert bench.weights[1, 1] == 0.5
        bench.hand.move(0, -40)
        assert bench.weights[1, 1] == -0.5
        bench.hand.release()

    def test_shift_drags_coarsely_and_ctrl_finely_from_then_on(self, bench):
        bench.hand.press(bench.place(1, 1))
        bench.hand.move(8, 0)
        bench.hand.move(0, 0, SHIFT)
        bench.hand.move(8, 0, SHIFT)
        assert bench.weights[1, 1] == np.float32(2.2)
        bench.hand.move(0, 0, CTRL)
        bench.hand.move(-4, 0, CTRL)
        assert bench.weights[1, 1] == np.float32(2.19)
        bench.hand.release(CTRL)
        assert bench.entries == ["Drag weight"]

    def test_escape_puts_the_value_back(self, bench):
        before = bench.document.conv
        bench.hand.press(bench.place(1, 1))
        bench.hand.move(30, 0)
        bench.keys(KEY.Key_Escape)
        bench.hand.move(30, 0)
        bench.hand.release()
        assert bench.document.conv == before
        assert bench.entries == []

    def test_a_drag_back_to_the_start_leaves_no_entry(self, bench):
        bench.hand.press(bench.place(1, 1))
        bench.hand.move(30, 0)
        bench.hand.move(-30, 0)
        bench.hand.release()
        assert bench.entries == []

    def test_a_press_that_hardly_moves_selects(self, bench):
        bench.hand.press(bench.place(1, 2))
        bench.hand.move(1, 1)
        bench.hand.release()
        assert bench.chosen == [(1, 2)]
        assert bench.entries == []

    def test_dragging_one_of_the_selected_cells_drags_them_all(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(0, 2), SHIFT)
        bench.hand.press(bench.place(0, 1))
        bench.hand.move(40, 0)
        bench.hand.release()
        np.testing.assert_array_equal(bench.weights[0], [0, 1, 2])
        assert bench.chosen == [(0, 0), (0, 1), (0, 2)]

    def test_a_drag_can_be_undone_as_one(self, bench):
        before = bench.document.session
        bench.hand.press(bench.place(0, 0))
        for _ in range(10):
            bench.hand.move(5, 3)
        bench.hand.release()
        bench.document.undo_stack.undo()
        assert bench.document.session is before
