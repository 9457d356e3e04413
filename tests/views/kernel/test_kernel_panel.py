"""What the kernel panel says, its buttons, and that nothing in it is cut off."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from playground.core import presets
from playground.core.kernels import bank
from tests.views.hand import Hand
from tests.views.kernel.conftest import CTRL, KEY, NONE, SHIFT, PanelBench, click


class TestWords:
    def test_the_header_names_the_kernel_and_counts_its_weights(self, bench):
        assert bench.panel.title.text() == "Kernel 0 · Sobel x"
        assert bench.panel.detail.text() == "9 weights + 1 bias"
        bench.document.selection.set_kernel(4)
        assert bench.panel.title.text() == "Kernel 4 · Box blur"

    def test_a_colour_kernel_has_three_times_the_weights(self, qtbot):
        assert PanelBench(qtbot, channels=3).panel.detail.text() == "27 weights + 1 bias"

    def test_a_lone_weight_is_no_plural(self, bench):
        bench.panel.edits.resize_bank(1, 1)
        assert bench.panel.detail.text() == "1 weight + 1 bias"

    def test_the_header_says_how_many_kernels_an_operation_changes(self, bench):
        bench.document.selection.set_kernels({0, 1, 2}, 1)
        assert bench.panel.detail.text() == "3 kernels selected"

    def test_a_renamed_kernel_is_named_anew(self, bench):
        bench.document.change_conv("Rename", bank.rename(bench.document.conv, 0, "Mine"))
        assert bench.panel.title.text() == "Kernel 0 · Mine"

    @pytest.mark.parametrize(
        ("kernel", "words"),
        [
            (0, "Σ = 0.00 · Σ|w| = 8.00\nseparable: [1 2 1]ᵀ × [-1 0 1]"),
            (2, "Σ = 0.00 · Σ|w| = 8.00\nnot separable (rank 2)"),
            (4, "Σ = 1.00 · Σ|w| = 1.00\nseparable: 1/3 · [1 1 1]ᵀ × 1/3 · [1 1 1]"),
        ],
    )
    def test_the_figures_are_the_sums_and_the_two_vectors(self, bench, kernel, words):
        bench.document.selection.set_kernel(kernel)
        assert bench.panel.figures.text() == words

    def test_the_figures_follow_every_edit_and_undo(self, bench):
        bench.panel.edits.fill([(1, 1, 0, 0)], 3)
        assert bench.panel.figures.text() == "Σ = 3.00 · Σ|w| = 11.00\nnot separable (rank 2)"
        bench.document.undo_stack.undo()
        assert "separable: [1 2 1]" in bench.panel.figures.text()

    def test_an_empty_kernel_is_said_to_be_empty(self, bench):
        bench.panel.edits.randomise("zeros", 0)
        assert bench.panel.figures.text().endswith("all weights are zero")


class TestMenus:
    def test_the_buttons_act_on_all_selected_kernels(self, bench):
        bench.document.selection.set_kernels({0, 1}, 0)
        click(bench.panel.rotate)
        np.testing.assert_array_equal(bench.weights, presets.build_preset("sobel_y"))
        assert bench.entries == ["Rotate 90° · 2 kernels"]

    def test_what_cannot_be_normalised_is_told(self, bench):
        click(bench.panel.normalise)
        assert "add up to zero" in bench.problems[0]


class TestRoom:
    @pytest.mark.parametrize("channels", [1, 3])
    @pytest.mark.parametrize("width", [300, 320, 420])
    @pytest.mark.parametrize("larger", [0, 4])
    def test_nothing_is_cut_off(self, qtbot, channels, width, larger):
        bench = PanelBench(qtbot, channels)
        bench.settings.change_text(larger)
        panel = bench.panel
        panel.resize(width, panel.minimumSizeHint().height() + 80)
        QApplication.processEvents()
        parts = [*panel.flow_buttons, panel.bias, panel.size_button, panel.figures]
        parts += [b for b in panel.channels.buttons if b.isVisible()]
        for part in parts:
            place = part.rect().translated(part.mapTo(panel, QPoint(0, 0)))
            assert panel.rect().contains(place), part
            if isinstance(part, QToolButton):
                assert part.width() >= part.sizeHint().width()
        bench.settings.change_text(0)

    def test_the_grid_keeps_its_height_where_the_buttons_need_two_rows(self, qtbot):
        panel = PanelBench(qtbot, 1, (200, 300)).panel
        rows = {b.mapTo(panel, QPoint(0, 0)).y() for b in panel.flow_buttons}
        assert len(rows) > 1
        assert panel.grid.height() >= panel.grid.minimumSizeHint().height()

    def test_every_control_has_a_tip_a_name_and_is_reached_by_keyboard(self, bench):
        panel = bench.panel
        for control in [*panel.flow_buttons, panel.bias, panel.size_button]:
            assert control.toolTip()
            assert control.accessibleName()
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        for menu in (panel.menus.presets, panel.menus.random, panel.menus.operations):
            for action in menu.actions():
                if not action.isSeparator() and not action.menu():
                    assert action.toolTip() != action.text()


def test_whatever_hands_do_can_be_undone(qtbot):
    """Three hundred clicks, drags, wheel turns and keys on the grids, then undo to the start."""
    bench = PanelBench(qtbot, channels=3, size=(330, 260))
    start = bench.document.session
    rng = np.random.default_rng(4)
    keys = (KEY.Key_Up, KEY.Key_Right, KEY.Key_Delete, KEY.Key_PageUp, KEY.Key_Return, KEY.Key_Tab)
    modifiers = (NONE, SHIFT, CTRL)
    for _ in range(300):
        grid = bench.panel.grid
        hand, room = Hand(grid), grid.viewport().size()
        x, y = int(rng.integers(room.width())), int(rng.integers(room.height()))
        modifier = modifiers[rng.integers(3)]
        match rng.integers(7):
            case 0:
                hand.click(QPoint(x, y), modifier)
            case 1:
                hand.press(QPoint(x, y), modifier)
                hand.move(int(rng.integers(-40, 40)), int(rng.integers(-40, 40)), modifier)
                hand.release(modifier)
            case 2:
                hand.wheel(QPoint(x, y), int(rng.integers(-240, 240)), modifier)
            case 3:
                QTest.keyClick(grid.focusWidget() or grid, keys[rng.integers(len(keys))], modifier)
                QApplication.processEvents()
            case 4:
                bench.panel.edits.resize_bank(*(int(n) for n in rng.integers(1, 6, 2)))
            case 5:
                bench.document.selection.set_channel(int(rng.integers(3)))
                bench.document.selection.set_kernel(int(rng.integers(12)))
            case 6:
                click(bench.panel.channels.buttons[rng.integers(4)])
        kernel = bench.document.conv.kernel[..., bench.document.selection.kernel]
        for grid in bench.panel.grids.grids:
            np.testing.assert_array_equal(grid.table.weights, kernel[..., grid.table.channel])
    stack = bench.document.undo_stack
    assert stack.count() > 50
    while stack.canUndo():
        stack.undo()
    assert bench.document.session is start
