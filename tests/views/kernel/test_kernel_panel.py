"""The kernel panel: what it says, and what its bias, size, menus and channels do."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame, QToolButton

from playground.core import presets
from playground.core.kernels import bank
from playground.core.presets import FAMILIES, PRESETS, starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.kernel.kernel_panel import KernelPanel
from playground.views.kernel.size_button import SizePopover
from playground.views.theme.theming import Theming
from playground.views.widgets.popover import ParameterPopover
from tests.views.hand import Hand

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Bench:
    def __init__(self, qtbot, channels=1, size=(330, 300)):
        self.document = Document(Session(None, NetworkSpec((starter_bank(channels),))))
        self.settings = ViewSettings()
        self.theming = Theming(self.settings)
        self.panel = KernelPanel(self.document, self.theming)
        qtbot.addWidget(self.panel)
        self.panel.resize(*size)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.problems = []
        self.document.problem.connect(self.problems.append)

    @property
    def weights(self):
        return self.document.conv.kernel[:, :, 0, 0]

    @property
    def steps(self):
        stack = self.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    def popover(self, kind=ParameterPopover):
        return next(p for p in self.panel.findChildren(kind) if p.isVisible())


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def choose(menu, *path):
    """Pick an entry by its words, through the submenus on the way."""
    for word in path[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == word)
    menu.popup(QPoint(0, 0))
    action = next(a for a in menu.actions() if a.text().rstrip("…") == path[-1])
    menu.setActiveAction(action)
    QTest.keyClick(menu, KEY.Key_Return)
    QApplication.processEvents()


def click(widget):
    QTest.mouseClick(widget, LEFT)


class TestWords:
    def test_the_header_names_the_kernel_and_counts_its_weights(self, bench):
        assert bench.panel.title.text() == "Kernel 0 · Sobel x"
        assert bench.panel.detail.text() == "9 weights + 1 bias"
        bench.document.selection.set_kernel(4)
        assert bench.panel.title.text() == "Kernel 4 · Box blur"

    def test_a_colour_kernel_has_three_times_the_weights(self, qtbot):
        assert Bench(qtbot, channels=3).panel.detail.text() == "27 weights + 1 bias"

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


class TestBias:
    def test_a_bias_is_typed(self, bench):
        Hand(bench.panel.bias).click(QPoint(8, 8))
        QTest.keyClicks(bench.panel.bias, "-1/4")
        QTest.keyClick(bench.panel.bias, KEY.Key_Return)
        assert bench.document.conv.bias[0] == -0.25
        assert bench.steps == ["Set bias"]

    def test_a_bias_that_is_no_number_is_told_and_stays(self, bench):
        Hand(bench.panel.bias).click(QPoint(8, 8))
        QTest.keyClicks(bench.panel.bias, "much")
        QTest.keyClick(bench.panel.bias, KEY.Key_Return)
        assert bench.document.conv.bias[0] == 0
        assert "much" in bench.problems[0]
        assert bench.panel.bias.text() == "0"

    def test_a_press_that_moves_scrubs_the_bias_in_one_step(self, bench):
        hand = Hand(bench.panel.bias)
        hand.press(QPoint(8, 8))
        hand.move(20, 0)
        hand.move(0, 20)
        assert bench.document.conv.bias[0] == 1
        assert bench.panel.bias.text() == "+1.00"
        hand.release()
        assert bench.steps == ["Drag bias"]

    def test_escape_during_the_drag_puts_the_bias_back(self, bench):
        hand = Hand(bench.panel.bias)
        hand.press(QPoint(8, 8))
        hand.move(20, 0)
        QTest.keyClick(bench.panel.bias, KEY.Key_Escape)
        hand.release()
        assert bench.document.conv.bias[0] == 0
        assert bench.steps == []

    @pytest.mark.parametrize(("modifiers", "step"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_wheel_and_arrow_keys_nudge_it(self, bench, modifiers, step):
        Hand(bench.panel.bias).wheel(QPoint(8, 8), 120, modifiers)
        assert bench.document.conv.bias[0] == np.float32(step)
        QTest.keyClick(bench.panel.bias, KEY.Key_Down, modifiers)
        assert bench.document.conv.bias[0] == 0

    @pytest.mark.parametrize("present", [False, True])
    def test_the_smallest_numbers_are_seen_whole(self, bench, present):
        bench.theming.set_present(present)
        field = bench.panel.bias
        for value in (-0.0049, -1.2e-12, -999.99, 0.25):
            bench.document.change_conv("x", bank.set_bias(bench.document.conv, 0, value))
            QApplication.processEvents()
            text = field.fontMetrics().horizontalAdvance(field.text())
            margins = field.textMargins().left() + field.textMargins().right()
            option = QStyleOptionFrame()
            field.initStyleOption(option)
            part = QStyle.SubElement.SE_LineEditContents
            room = field.style().subElementRect(part, option, field).width() - margins - 4
            assert text <= room, field.text()
        bench.theming.set_present(False)

    def test_the_bias_follows_the_kernel(self, bench):
        bench.document.change_conv("Bias", bank.set_bias(bench.document.conv, 3, 2))
        bench.document.selection.set_kernel(3)
        assert bench.panel.bias.text() == "+2.00"


class TestSize:
    def test_the_button_says_the_size_and_opens_a_card(self, bench):
        assert "3 × 3" in bench.panel.size_button.text()
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        click(card.squares[5])
        np.testing.assert_array_equal(bench.weights[1:4, 1:4], presets.build_preset("sobel_x"))
        assert "5 × 5" in bench.panel.size_button.text()
        assert card.squares[5].isChecked()

    def test_height_and_width_can_differ(self, bench):
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        QTest.keyClick(card.columns, KEY.Key_Up)
        QTest.keyClick(card.columns, KEY.Key_Up)
        assert bench.document.conv.kernel_size == (3, 5)
        assert bench.steps == ["Kernel size 3 × 4"]

    def test_weights_that_were_cut_off_come_back(self, bench):
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        click(card.squares[1])
        click(card.squares[3])
        np.testing.assert_array_equal(bench.weights, presets.build_preset("sobel_x"))
        assert bench.steps == []

    def test_escape_takes_the_size_back(self, bench):
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        click(card.squares[11])
        QTest.keyClick(card, KEY.Key_Escape)
        assert bench.document.conv.kernel_size == (3, 3)
        assert bench.steps == []


class TestMenus:
    def test_every_preset_is_offered_in_its_family(self, bench):
        words = []
        for action in bench.panel.menus.presets.actions():
            menu = action.menu()
            words += [a.text() for a in menu.actions()] if menu else [action.text()]
        assert [word.rstrip("…") for word in words] == [preset.name for preset in PRESETS]
        families = [a.text() for a in bench.panel.menus.presets.actions() if a.menu()]
        assert families == list(FAMILIES[1:])

    def test_a_tip_says_where_convolution_does_the_contrary(self, bench):
        menu = bench.panel.menus.presets
        for flip in (False, True, False):
            bench.document.change_conv("Flip", replace(bench.document.conv, flip=flip))
            menu.aboutToShow.emit()
            actions = [a for top in menu.actions() for a in (top.menu() or menu).actions()]
            tips = {action.text(): action.toolTip() for action in actions}
            assert ("the other way round" in tips["Sobel x"]) == flip
            assert "the other way round" not in tips["Outline"]
            assert tips["Sobel x"].startswith("Right minus left")

    def test_a_preset_without_numbers_acts_at_once(self, bench):
        choose(bench.panel.menus.presets, "Edges", "Sobel y")
        np.testing.assert_array_equal(bench.weights, presets.build_preset("sobel_y"))
        assert bench.steps == ["Sobel y"]

    def test_a_preset_with_numbers_is_seen_while_they_change(self, bench):
        choose(bench.panel.menus.presets, "Blur", "Gaussian blur")
        card = bench.popover()
        rows = card.rows
        np.testing.assert_allclose(bench.weights, presets.build_preset("gaussian_blur"))
        rows["size"].slider.setValue(4)
        QTest.keyClick(rows["sigma"].field, KEY.Key_Up)
        sigma = rows["sigma"].value
        expected = presets.build_preset("gaussian_blur", size=5, sigma=sigma)
        np.testing.assert_allclose(bench.weights, expected)
        QTest.keyClick(card, KEY.Key_Return)
        assert bench.steps == ["Gaussian blur"]

    def test_escape_takes_a_preset_back(self, bench):
        before = bench.document.conv
        choose(bench.panel.menus.presets, "Lines", "Gabor")
        QTest.keyClick(bench.popover(), KEY.Key_Escape)
        assert bench.document.conv == before
        assert bench.steps == []

    @pytest.mark.parametrize("preset", [p for p in PRESETS if p.parameters], ids=lambda p: p.key)
    def test_every_slider_of_every_preset_goes_from_end_to_end(self, bench, preset):
        path = [preset.name] if preset.family == "Identity" else [preset.family, preset.name]
        choose(bench.panel.menus.presets, *path)
        for row in bench.popover().rows.values():
            row.slider.setValue(row.slider.minimum())
            row.slider.setValue(row.slider.maximum())
            assert row.value == row.parameter.maximum
            row.set_value(row.parameter.default)
        assert bench.problems == []
        np.testing.assert_allclose(
            presets.build_preset(preset.key), bench.document.conv.kernel[..., 0, 0], atol=1e-6
        )

    def test_random_numbers_come_from_a_seed_that_can_be_changed(self, bench):
        choose(bench.panel.menus.random, "He normal")
        card = bench.popover()
        first = bench.weights.copy()
        QTest.keyClick(card.rows["seed"].field, KEY.Key_Up)
        assert not np.array_equal(bench.weights, first)
        QTest.keyClick(card.rows["seed"].field, KEY.Key_Down)
        np.testing.assert_array_equal(bench.weights, first)
        again = next(b for b in card.findChildren(QToolButton) if b.text() == "New seed")
        click(again)
        assert not np.array_equal(bench.weights, first)
        QTest.keyClick(card, KEY.Key_Return)
        assert bench.steps == ["Random: He normal"]

    def test_zeros_need_no_seed(self, bench):
        choose(bench.panel.menus.random, "Zeros")
        assert not bench.weights.any()

    @pytest.mark.parametrize(
        ("word", "step"),
        [
            ("Zero mean", None), ("Negate", "Negate"), ("Flip left to right", "Flip left to right"),
            ("Flip top to bottom", None), ("Rotate 90°", "Rotate 90°"),
            ("Rotate 45°", "Rotate 45°"), ("Transpose", "Transpose"),
        ],
    )  # fmt: skip
    def test_every_operation_is_in_the_menu(self, bench, word, step):
        choose(bench.panel.menus.operations, word)
        # Sobel x has no mean and is the same upside down.
        assert bench.steps == ([step] if step else [])

    def test_scaling_is_tried_out(self, bench):
        choose(bench.panel.menus.operations, "Scale")
        card = bench.popover()
        assert bench.steps == []
        card.rows["factor"].field.setValue(-2)
        np.testing.assert_array_equal(bench.weights, -2 * presets.build_preset("sobel_x"))
        QTest.keyClick(card, KEY.Key_Return)
        assert bench.steps == ["Scale"]

    def test_the_buttons_act_on_all_selected_kernels(self, bench):
        bench.document.selection.set_kernels({0, 1}, 0)
        click(bench.panel.rotate)
        np.testing.assert_array_equal(bench.weights, presets.build_preset("sobel_y"))
        assert bench.steps == ["Rotate 90° · 2 kernels"]

    def test_what_cannot_be_normalised_is_told(self, bench):
        click(bench.panel.normalise)
        assert "add up to zero" in bench.problems[0]


class TestChannels:
    def test_one_channel_has_no_switch(self, bench):
        assert not bench.panel.channels.isVisible()
        assert len(bench.panel.grids.grids) == 1

    def test_three_channels_stand_side_by_side(self, qtbot):
        panel = Bench(qtbot, channels=3).panel
        assert [b.text() for b in panel.channels.buttons] == ["R", "G", "B", "All"]
        assert [grid.table.channel for grid in panel.grids.grids] == [0, 1, 2]
        assert all(grid.isVisible() for grid in panel.grids.grids)

    def test_one_of_them_can_be_seen_alone(self, qtbot):
        bench = Bench(qtbot, channels=3)
        click(bench.panel.channels.buttons[1])
        (grid,) = bench.panel.grids.grids
        assert grid.isVisible()
        assert grid.table.channel == bench.document.selection.channel == 1
        click(bench.panel.channels.buttons[3])
        assert len(bench.panel.grids.grids) == 3

    def test_the_current_grid_is_that_of_the_selected_channel(self, qtbot):
        bench = Bench(qtbot, channels=3)
        bench.document.selection.set_channel(2)
        assert bench.panel.grid.table.channel == 2

    def test_many_channels_are_reached_by_number(self, qtbot):
        bench = Bench(qtbot, channels=16)
        assert bench.panel.channels.number.isVisible()
        QTest.keyClick(bench.panel.channels.number, KEY.Key_Up)
        assert bench.panel.grid.table.channel == 1

    def test_channels_come_and_go_with_the_picture(self, qtbot):
        bench = Bench(qtbot, channels=3)
        bench.document.change_conv("Grey", starter_bank(1))
        assert len(bench.panel.grids.grids) == 1
        assert not bench.panel.channels.isVisible()
        bench.document.undo_stack.undo()
        assert len(bench.panel.grids.grids) == 3


class TestRoom:
    @pytest.mark.parametrize("channels", [1, 3])
    @pytest.mark.parametrize("width", [300, 320, 420])
    @pytest.mark.parametrize("present", [False, True])
    def test_nothing_is_cut_off(self, qtbot, channels, width, present):
        bench = Bench(qtbot, channels)
        bench.theming.set_present(present)
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
        bench.theming.set_present(False)

    def test_the_grid_keeps_its_height_where_the_buttons_need_two_rows(self, qtbot):
        panel = Bench(qtbot, 1, (200, 300)).panel
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
    bench = Bench(qtbot, channels=3, size=(330, 260))
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
