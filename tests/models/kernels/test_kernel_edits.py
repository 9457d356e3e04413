"""Everything a user can do to weights is a named entry, and every entry can be undone."""

import numpy as np
import pytest

from playground.core import presets
from playground.core.kernels import kernel_ops
from playground.core.presets import starter_bank
from playground.models.kernels.kernel_edits import KernelEdits
from tests.models.kernels.conftest import CENTRE, CORNER, SOBEL_X, document_with, entries, kernel


class TestCells:
    def test_a_typed_number_is_an_entry(self, document, edits):
        assert edits.enter([CORNER], "1/9")
        assert kernel(document)[0, 0] == np.float32(1 / 9)
        assert entries(document) == ["Set weight"]

    def test_a_number_typed_for_many_weights_is_one_entry(self, document, edits):
        edits.enter([CORNER, CENTRE], "0,5")
        assert kernel(document)[0, 0] == kernel(document)[1, 1] == 0.5
        assert entries(document) == ["Set 2 weights"]

    @pytest.mark.parametrize("text", ["", "x", "1/0", "1e99", "2e6"])
    def test_what_is_no_weight_is_told_and_changes_nothing(self, document, edits, problems, text):
        before = document.session
        assert not edits.enter([CORNER], text)
        assert document.session is before
        assert len(problems) == 1
        assert problems[0].endswith(".")

    def test_ten_nudges_of_a_tenth_are_one(self, document, edits):
        for _ in range(10):
            edits.nudge([CENTRE], 1)
        assert kernel(document)[1, 1] == 1
        for _ in range(10):
            edits.nudge([CENTRE], -1)
        assert kernel(document)[1, 1] == 0

    def test_nudges_of_one_gesture_are_one_entry(self, document, edits):
        gesture = edits.new_gesture()
        for _ in range(3):
            edits.nudge([CENTRE], 1, gesture)
        assert kernel(document)[1, 1] == np.float32(0.3)
        assert entries(document) == ["Nudge weight"]

    def test_selected_cells_are_scaled_negated_and_zeroed(self, document, edits):
        cells = [(0, 0, 0, 0), (1, 0, 0, 0)]
        edits.scale_cells(cells, 3)
        np.testing.assert_array_equal(kernel(document)[:, 0], [-3, -6, -1])
        edits.negate_cells(cells)
        np.testing.assert_array_equal(kernel(document)[:, 0], [3, 6, -1])
        edits.zero(cells)
        np.testing.assert_array_equal(kernel(document)[:, 0], [0, 0, -1])
        assert entries(document) == ["Scale 2 weights", "Negate 2 weights", "Zero 2 weights"]


class TestBias:
    def test_the_bias_of_all_selected_kernels_is_set(self, document, edits):
        document.selection.set_kernels({1, 3}, 3)
        edits.enter_bias("-.5")
        np.testing.assert_array_equal(document.conv.bias[:4], [0, -0.5, 0, -0.5])
        assert entries(document) == ["Set bias · 2 kernels"]

    def test_a_drag_of_the_bias_is_one_entry(self, document, edits):
        gesture = edits.new_gesture()
        edits.add_to_bias(0.1, gesture)
        edits.add_to_bias(0.3, gesture)
        assert document.conv.bias[0] == np.float32(0.3)
        assert entries(document) == ["Drag bias"]


class TestPresets:
    def test_a_preset_brings_its_name(self, document, edits):
        document.selection.set_kernel(1)
        edits.apply_preset("sobel_x")
        np.testing.assert_array_equal(kernel(document, 1), SOBEL_X)
        assert document.conv.names[1] == "Sobel x"
        assert entries(document) == ["Sobel x"]

    def test_a_preset_fills_all_selected_kernels(self, document, edits):
        document.selection.set_kernels({1, 2}, 2)
        edits.apply_preset("sobel_x")
        np.testing.assert_array_equal(kernel(document, 1), kernel(document, 2))
        assert entries(document) == ["Sobel x · 2 kernels"]

    def test_a_smaller_preset_goes_to_the_middle(self, document, edits):
        edits.resize_bank(5, 5)
        edits.apply_preset("scharr_x")
        assert document.conv.kernel_size == (5, 5)
        np.testing.assert_array_equal(kernel(document)[1:4, 1:4], presets.build_preset("scharr_x"))
        assert not kernel(document)[0].any()

    def test_a_larger_preset_makes_the_bank_grow(self, document, edits):
        edits.apply_preset("box_blur", size=5)
        assert document.conv.kernel_size == (5, 5)
        np.testing.assert_array_equal(
            kernel(document, 1)[1:4, 1:4], presets.build_preset("sobel_y")
        )

    def test_trying_sizes_in_one_gesture_goes_there_and_back(self, document, edits):
        gesture = edits.new_gesture()
        for size in (3, 7, 11, 3):
            edits.apply_preset("box_blur", gesture, size=size)
        assert document.conv.kernel_size == (3, 3)
        assert entries(document) == ["Box blur"]

    def test_over_colour_a_preset_answers_to_the_mean_of_the_channels(self, qtbot):
        document = document_with(starter_bank(3))
        KernelEdits(document).apply_preset("sobel_y")
        for channel in range(3):
            np.testing.assert_allclose(
                kernel(document, 0, channel), presets.build_preset("sobel_y") / 3, rtol=1e-6
            )

    def test_a_value_out_of_range_is_told(self, document, edits, problems):
        assert not edits.apply_preset("box_blur", size=12)
        assert problems


class TestRandom:
    def test_a_seed_gives_the_same_kernel_again(self, document, edits):
        edits.randomise("he_normal", 7)
        first = kernel(document).copy()
        edits.randomise("zeros", 0)
        edits.randomise("he_normal", 7)
        np.testing.assert_array_equal(kernel(document), first)
        assert entries(document)[0] == "Random: He normal"
        assert document.conv.names[0] == "Random"

    def test_a_kernel_drawn_alone_is_what_it_is_among_others(self, document, edits):
        edits.randomise("glorot_uniform", 3)
        alone = kernel(document).copy()
        document.selection.set_kernels(range(12), 0)
        edits.randomise("glorot_uniform", 3)
        np.testing.assert_array_equal(kernel(document), alone)
        assert not np.array_equal(kernel(document, 1), alone)

    def test_settings_are_handed_on(self, document, edits):
        edits.randomise("constant", 0, value=0.25)
        assert (kernel(document) == 0.25).all()


OPERATIONS = {
    "normalise": (kernel_ops.normalise, "Sum to 1"),
    "zero_mean": (kernel_ops.zero_mean, "Zero mean"),
    "negate": (kernel_ops.negate, "Negate"),
    "flip_horizontal": (kernel_ops.flip_horizontal, "Flip left to right"),
    "flip_vertical": (kernel_ops.flip_vertical, "Flip top to bottom"),
    "transpose": (kernel_ops.transpose, "Transpose"),
    "rotate90": (kernel_ops.rotate90, "Rotate 90°"),
    "rotate45": (kernel_ops.rotate45, "Rotate 45°"),
}


class TestOperations:
    @pytest.mark.parametrize("name", OPERATIONS)
    def test_an_operation_is_that_of_the_core_and_is_undone(self, document, edits, name):
        operation, text = OPERATIONS[name]
        document.selection.set_kernel(6)
        before = document.session
        expected = operation(document.conv.kernel[..., 6])
        assert getattr(edits, name)()
        np.testing.assert_array_equal(document.conv.kernel[..., 6], expected)
        assert entries(document) in ([text], [])  # a symmetric kernel may stay as it is
        document.undo_stack.undo()
        assert document.session == before

    def test_scaling_tells_the_factor(self, document, edits):
        edits.scale(0.5)
        np.testing.assert_array_equal(kernel(document), SOBEL_X / 2)
        assert entries(document) == ["Scale by 0.5"]

    def test_an_operation_changes_every_selected_kernel_in_one_entry(self, document, edits):
        document.selection.set_kernels({0, 1}, 0)
        edits.negate()
        np.testing.assert_array_equal(kernel(document), -SOBEL_X)
        np.testing.assert_array_equal(kernel(document, 1), -presets.build_preset("sobel_y"))
        assert entries(document) == ["Negate · 2 kernels"]

    def test_what_cannot_be_normalised_is_told(self, document, edits, problems):
        assert not edits.normalise()
        assert "zero" in problems[0]
        assert not document.undo_stack.canUndo()

    def test_the_others_are_normalised_where_one_cannot_be(self, document, edits, problems):
        document.selection.set_kernels({0, 3, 6}, 0)
        edits.scale(3)
        assert edits.normalise()
        np.testing.assert_array_equal(kernel(document), SOBEL_X * 3)
        assert document.conv.kernel[..., 3].sum() == pytest.approx(1)
        assert "Sobel x" in problems[0]
        assert "Sharpen" not in problems[0]


class TestSize:
    def test_resizing_keeps_the_centre(self, document, edits):
        edits.resize_bank(5, 3)
        np.testing.assert_array_equal(kernel(document)[1:4], SOBEL_X)
        assert entries(document) == ["Kernel size 5 × 3"]

    def test_cut_off_weights_come_back_within_a_gesture(self, document, edits):
        gesture = edits.new_gesture()
        for size in (1, 11, 3):
            edits.resize_bank(size, size, gesture)
        np.testing.assert_array_equal(kernel(document), SOBEL_X)
        assert not document.undo_stack.canUndo()

    def test_no_size_beyond_1_to_11(self, document, edits, problems):
        assert not edits.resize_bank(12, 3)
        assert not edits.resize_bank(0, 3)
        assert len(problems) == 2


def test_undoing_everything_gives_back_the_very_same_state(document, edits):
    before = document.session
    edits.apply_preset("gabor", size=7)
    edits.paste("1 2; 3 4", [CORNER])
    edits.resize_bank(2, 9)
    edits.randomise("he_uniform", 1)
    edits.transpose()
    edits.set_bias(2)
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.session is before
