"""Edits merge by gesture, a pasted block loses no number, and all kernels keep one size."""

import numpy as np
import pytest

from playground.core import presets
from playground.models.kernels.bank_changes import writes_numbers
from tests.models.kernels.conftest import CENTRE, CORNER, SOBEL_X, entries, kernel


class TestGestures:
    def test_a_drag_adds_to_where_it_began(self, document, edits):
        gesture = edits.new_gesture()
        for delta in (0.1, 0.2, 0.7, 0.4):
            edits.add([CORNER, CENTRE], delta, gesture)
        assert kernel(document)[0, 0] == np.float32(-0.6)
        assert kernel(document)[1, 1] == np.float32(0.4)
        assert entries(document) == ["Drag 2 weights"]

    def test_a_cancelled_drag_leaves_nothing_behind(self, document, edits):
        before = document.conv
        gesture = edits.new_gesture()
        edits.add([CENTRE], 0.7, gesture)
        edits.cancel(gesture)
        assert document.conv == before
        assert not document.undo_stack.canUndo()

    def test_cancelling_late_does_not_take_back_what_came_after(self, document, edits):
        gesture = edits.new_gesture()
        edits.add([CENTRE], 0.7, gesture)
        edits.fill([CORNER], 5)
        edits.cancel(gesture)
        assert kernel(document)[0, 0] == 5
        assert kernel(document)[1, 1] == np.float32(0.7)

    def test_a_drag_goes_on_from_what_an_undo_left(self, document, edits):
        gesture = edits.new_gesture()
        edits.add([CENTRE], 0.7, gesture)
        document.undo_stack.undo()
        edits.add([CENTRE], 0.2, gesture)
        assert kernel(document)[1, 1] == np.float32(0.2)


class TestPasting:
    def test_a_block_goes_to_the_cell_it_is_pasted_at(self, document, edits):
        where = edits.paste("7 8; 9 10", [CENTRE])
        np.testing.assert_array_equal(kernel(document)[1:, 1:], [[7, 8], [9, 10]])
        np.testing.assert_array_equal(kernel(document)[0], SOBEL_X[0])
        assert set(where) == {(r, c, 0, 0) for r in (1, 2) for c in (1, 2)}

    def test_a_block_that_would_stick_out_is_moved_in(self, document, edits):
        edits.paste("1 2 3\n4 5 6\n7 8 9", [(2, 2, 0, 0)])
        np.testing.assert_array_equal(kernel(document), np.arange(1, 10).reshape(3, 3))

    def test_a_larger_block_makes_the_bank_grow_around_its_centre(self, document, edits):
        block = np.arange(25).reshape(5, 5)
        assert edits.paste(str(block.tolist()), [CENTRE])
        np.testing.assert_array_equal(kernel(document), block)
        np.testing.assert_array_equal(
            kernel(document, 1)[1:4, 1:4], presets.build_preset("sobel_y")
        )
        assert entries(document) == ["Paste weights"]

    def test_a_lone_number_fills_the_selection(self, document, edits):
        edits.paste("0,5", [CORNER, CENTRE])
        assert kernel(document)[0, 0] == kernel(document)[1, 1] == 0.5

    def test_a_block_larger_than_a_kernel_can_be_is_told(self, document, edits, problems):
        assert edits.paste("\t".join("1" * 12), [CORNER]) == []
        assert "11 × 11" in problems[0]

    def test_text_that_is_no_table_is_told(self, document, edits, problems):
        assert edits.paste("hello", [CORNER]) == []
        assert problems
        assert not document.undo_stack.canUndo()

    @pytest.mark.parametrize(
        ("text", "is_table"), [("1 2; 3 4", True), ("0,5", True), ("hello", False), ("", False)]
    )
    def test_only_a_table_of_numbers_is_offered_for_pasting(self, text, is_table):
        assert writes_numbers(text) is is_table


class TestTurning:
    def test_turning_one_kernel_of_an_oblong_bank_makes_the_bank_square(self, document, edits):
        edits.resize_bank(1, 3)
        edits.rotate90()
        assert document.conv.kernel_size == (3, 3)
        np.testing.assert_array_equal(kernel(document), [[0, -2, 0], [0, 0, 0], [0, 2, 0]])

    def test_turning_every_kernel_turns_the_bank(self, document, edits):
        edits.resize_bank(1, 3)
        document.selection.set_kernels(range(12), 0)
        edits.rotate90()
        assert document.conv.kernel_size == (3, 1)
        np.testing.assert_array_equal(kernel(document)[:, 0], [-2, 0, 2])

    def test_an_oblong_kernel_is_made_square_before_an_eighth_turn(self, document, edits):
        edits.resize_bank(1, 3)
        edits.rotate45()
        np.testing.assert_array_equal(kernel(document), [[-2, 0, 0], [0, 0, 0], [0, 0, 2]])

    def test_an_even_kernel_cannot_be_turned_by_an_eighth(self, document, edits, problems):
        edits.resize_bank(2, 2)
        assert not edits.rotate45()
        assert "45°" in problems[0]
