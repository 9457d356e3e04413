"""The weight grid under real keys, wheel turns, drags and the clipboard."""

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.kernel.weight_delegate import WeightEditor
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.theme.theme import THEMES, contrast, text_on
from playground.views.theme.theming import SMALLEST_POINTS, Theming
from tests.views.colours import value_colour
from tests.views.hand import Hand

KEY, SHIFT, CTRL, ALT, NONE = (
    Qt.Key,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Bench:
    """A grid over kernel 0, Sobel x, and a hand on it."""

    def __init__(self, qtbot, channels=1, channel=None, size=(320, 240)):
        self.document = Document(Session(None, NetworkSpec((starter_bank(channels),))))
        self.settings = ViewSettings()
        self.theming = Theming(self.settings)
        self.edits = KernelEdits(self.document)
        self.grid = WeightGrid(self.document, self.edits, self.theming, channel)
        qtbot.addWidget(self.grid)
        self.grid.resize(*size)
        self.grid.show()
        qtbot.waitExposed(self.grid)
        self.hand = Hand(self.grid)
        self.problems = []
        self.document.problem.connect(self.problems.append)

    def place(self, row, column):
        return self.grid.visualRect(self.grid.table.index(row, column)).center()

    def choose(self, row, column):
        self.hand.click(self.place(row, column))

    def keys(self, *keys, modifiers=NONE):
        """Press keys on whatever of the grid has the focus."""
        for key in keys:
            editor = self.editor()
            QTest.keyClick(editor or self.grid, key, modifiers)
            settle()

    def type(self, text):
        for letter in text:
            QTest.keyClicks(self.editor() or self.grid, letter)

    def editor(self):
        return next((e for e in self.grid.findChildren(WeightEditor) if e.isVisible()), None)

    @property
    def weights(self):
        return self.document.conv.kernel[:, :, self.grid.table.channel, 0]

    @property
    def steps(self):
        stack = self.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    @property
    def chosen(self):
        return sorted(cell[:2] for cell in self.grid.chosen_cells())

    @property
    def current(self):
        index = self.grid.currentIndex()
        return index.row(), index.column()


@pytest.fixture
def bench(qtbot) -> Bench:
    return Bench(qtbot)


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
        assert bench.steps == ["Set weight"]

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
        assert bench.steps == []

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

    def test_looking_at_a_value_without_changing_it_is_no_step(self, bench):
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
        assert bench.steps == ["Set 4 weights"]


class TestMoving:
    def test_arrows_move(self, bench):
        bench.choose(0, 0)
        bench.keys(KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Left)
        assert bench.current == (2, 0)
        assert bench.steps == []

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
        assert bench.steps == []


class TestNudging:
    @pytest.mark.parametrize(("modifiers", "step"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_the_wheel_nudges_the_cell_under_it(self, bench, modifiers, step):
        bench.hand.wheel(bench.place(1, 1), 120, modifiers)
        assert bench.weights[1, 1] == np.float32(step)
        bench.hand.wheel(bench.place(1, 2), -240, modifiers)
        assert bench.weights[1, 2] == np.float32(2 - 2 * step)

    def test_turns_of_the_wheel_in_a_row_are_one_step(self, bench):
        for _ in range(5):
            bench.hand.wheel(bench.place(1, 1))
        assert bench.steps == ["Nudge weight"]
        bench.hand.wheel(bench.place(0, 1))
        assert len(bench.steps) == 2

    def test_leaving_the_cell_ends_the_step(self, bench):
        bench.hand.wheel(bench.place(1, 1))
        bench.hand.leave()
        bench.hand.wheel(bench.place(1, 1))
        assert len(bench.steps) == 2

    def test_a_touchpad_adds_up_to_a_notch(self, bench):
        for _ in range(8):
            bench.hand.wheel(bench.place(1, 1), 30)
        assert bench.weights[1, 1] == np.float32(0.2)

    def test_the_wheel_over_a_selection_nudges_all_of_it(self, bench):
        bench.choose(0, 1)
        bench.hand.click(bench.place(2, 1), SHIFT)
        bench.hand.wheel(bench.place(1, 1))
        np.testing.assert_array_equal(bench.weights[:, 1], np.float32([0.1, 0.1, 0.1]))

    @pytest.mark.parametrize(("modifiers", "step"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_arrow_keys_nudge_with_alt(self, bench, modifiers, step):
        bench.choose(1, 1)
        bench.keys(KEY.Key_Up, KEY.Key_Up, KEY.Key_Down, modifiers=ALT | modifiers)
        assert bench.weights[1, 1] == np.float32(step)
        assert bench.steps == ["Nudge weight"]
        assert bench.current == (1, 1)

    def test_page_up_and_page_down_nudge(self, bench):
        bench.choose(1, 1)
        bench.keys(KEY.Key_PageUp)
        bench.keys(KEY.Key_PageDown, modifiers=SHIFT)
        assert bench.weights[1, 1] == np.float32(-0.9)

    @pytest.mark.parametrize(("modifiers", "step"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_arrow_keys_nudge_live_while_typing(self, bench, modifiers, step):
        bench.choose(1, 1)
        bench.keys(KEY.Key_Return)
        bench.keys(KEY.Key_Up, KEY.Key_Up, modifiers=modifiers)
        assert bench.weights[1, 1] == np.float32(2 * step)
        assert bench.editor().text() == f"{2 * step:g}"
        bench.keys(KEY.Key_Return)
        assert len(bench.steps) == 1

    def test_escape_takes_back_what_was_nudged_while_typing(self, bench):
        bench.choose(1, 1)
        bench.type("3")
        bench.keys(KEY.Key_Up)
        assert bench.weights[1, 1] == np.float32(3.1)
        bench.keys(KEY.Key_Escape)
        assert bench.weights[1, 1] == 0
        assert bench.steps == []


class TestDragging:
    def test_a_drag_changes_the_value_while_it_lasts_and_is_one_step(self, bench):
        bench.hand.press(bench.place(1, 1))
        seen = []
        for _ in range(5):
            bench.hand.move(8, 0)
            seen.append(float(bench.weights[1, 1]))
        bench.hand.release()
        np.testing.assert_allclose(seen, [0.2, 0.4, 0.6, 0.8, 1.0], rtol=1e-6)
        assert bench.steps == ["Drag weight"]

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
        assert bench.steps == ["Drag weight"]

    def test_escape_puts_the_value_back(self, bench):
        before = bench.document.conv
        bench.hand.press(bench.place(1, 1))
        bench.hand.move(30, 0)
        bench.keys(KEY.Key_Escape)
        bench.hand.move(30, 0)
        bench.hand.release()
        assert bench.document.conv == before
        assert bench.steps == []

    def test_a_drag_back_to_the_start_leaves_no_step(self, bench):
        bench.hand.press(bench.place(1, 1))
        bench.hand.move(30, 0)
        bench.hand.move(-30, 0)
        bench.hand.release()
        assert bench.steps == []

    def test_a_press_that_hardly_moves_selects(self, bench):
        bench.hand.press(bench.place(1, 2))
        bench.hand.move(1, 1)
        bench.hand.release()
        assert bench.chosen == [(1, 2)]
        assert bench.steps == []

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


class TestBlocks:
    def test_delete_zeroes_the_selection(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(2, 0), SHIFT)
        bench.keys(KEY.Key_Delete)
        assert not bench.weights[:, 0].any()
        assert bench.steps == ["Zero 3 weights"]

    def test_a_block_is_copied_as_spreadsheets_copy(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(1, 2), SHIFT)
        bench.keys(KEY.Key_C, modifiers=CTRL)
        assert QGuiApplication.clipboard().text() == "-1\t0\t1\n-2\t0\t2"

    @pytest.mark.parametrize(
        "text",
        [
            "1 2 1; 0 0 0; -1 -2 -1",
            "1\t2\t1\n0\t0\t0\n-1\t-2\t-1\n",
            "1, 2, 1\n0, 0, 0\n-1, -2, -1",
            "np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])",
            "[[1.0, 2.0, 1.0], [0, 0, 0], [-1, -2, -1]]",
        ],
    )
    def test_a_block_is_pasted_from_anything_that_writes_tables(self, bench, text):
        QGuiApplication.clipboard().setText(text)
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        np.testing.assert_array_equal(bench.weights, [[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
        assert bench.steps == ["Paste weights"]
        assert len(bench.chosen) == 9

    def test_copy_and_paste_move_a_block_exactly(self, bench):
        bench.edits.enter([(0, 0, 0, 0)], "1/9")
        bench.choose(0, 0)
        bench.keys(KEY.Key_C, modifiers=CTRL)
        bench.choose(2, 2)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        assert bench.weights[2, 2] == bench.weights[0, 0]

    def test_a_spreadsheet_with_decimal_commas_is_understood_both_ways(self, bench):
        QLocale.setDefault(QLocale(QLocale.Language.German))
        try:
            bench.edits.fill([(0, 0, 0, 0)], 0.5)
            bench.choose(0, 0)
            bench.keys(KEY.Key_C, modifiers=CTRL)
            assert QGuiApplication.clipboard().text() == "0,5"
            bench.choose(1, 1)
            bench.keys(KEY.Key_V, modifiers=CTRL)
            assert bench.weights[1, 1] == 0.5
        finally:
            QLocale.setDefault(QLocale.c())

    def test_nine_numbers_without_rows_are_a_square_and_it_is_said(self, bench):
        QGuiApplication.clipboard().setText("1, 2, 1, 0, 0, 0, -1, -2, -1")
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        np.testing.assert_array_equal(bench.weights[0], [1, 2, 1])
        assert bench.problems == ["9 numbers without rows were taken as 3 × 3."]

    def test_pasted_text_that_is_no_table_is_told(self, bench):
        QGuiApplication.clipboard().setText("some words")
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        assert bench.problems
        assert bench.steps == []

    @pytest.mark.parametrize(
        ("copied", "taken"),
        [
            (["1 2; 3 4"], True),
            ([None], False),
            # A spreadsheet puts a picture of the cells beside the numbers, a browser the address.
            (["1\t2\n3\t4", None], True),
            (["https://example.org/cat.png", None], False),
        ],
    )
    def test_numbers_are_pasted_here_and_pictures_by_the_window(self, bench, qtbot, copied, taken):
        window = QWidget()
        qtbot.addWidget(window)
        bench.grid.setParent(window)
        bench.grid.show()
        window.show()
        pictures = []
        shortcut = QShortcut(QKeySequence.StandardKey.Paste, window)
        shortcut.activated.connect(lambda: pictures.append(1))
        data = QMimeData()
        for part in copied:
            if part is None:
                data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
            else:
                data.setText(part)
        QGuiApplication.clipboard().setMimeData(data)
        with qtbot.waitActive(window):
            window.activateWindow()
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        assert (bench.steps == ["Paste weights"]) is taken
        assert bool(pictures) is not taken
        bench.grid.setParent(None)

    def test_the_menu_works_on_the_selection(self, bench, qtbot):
        bench.choose(0, 0)
        bench.hand.click(bench.place(2, 0), SHIFT)
        menu = open_menu(bench, qtbot, bench.place(1, 0))
        choose_from(menu, "Negate")
        np.testing.assert_array_equal(bench.weights[:, 0], [1, 2, 1])
        assert bench.steps == ["Negate 3 weights"]

    def test_the_menu_over_another_cell_takes_that_cell(self, bench, qtbot):
        bench.choose(0, 0)
        menu = open_menu(bench, qtbot, bench.place(1, 2))
        choose_from(menu, "Zero")
        assert bench.weights[1, 2] == 0
        assert bench.weights[0, 0] == -1


def settle():
    """Enter and Tab take effect in the next turn of the event loop."""
    QApplication.processEvents()


def open_menu(bench, qtbot, place):
    viewport = bench.grid.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    return next(menu for menu in bench.grid.findChildren(QMenu) if menu.isVisible())


def choose_from(menu, word):
    action = next(a for a in menu.actions() if a.text().startswith(word))
    menu.setActiveAction(action)
    QTest.keyClick(menu, KEY.Key_Return)


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
        bench = Bench(qtbot, channels=3, channel=2)
        bench.hand.hover(bench.place(0, 0))
        assert bench.document.selection.channel == 2


class TestLook:
    @pytest.mark.parametrize("size", [1, 3, 5, 7, 11])
    @pytest.mark.parametrize("room", [(320, 110), (320, 300), (100, 90), (600, 560)])
    def test_cells_fill_the_room_and_digits_are_readable_or_absent(self, qtbot, size, room):
        bench = Bench(qtbot, size=room)
        bench.edits.resize_bank(size, size)
        grid = bench.grid
        width = sum(grid.columnWidth(c) for c in range(size))
        height = sum(grid.rowHeight(r) for r in range(size))
        assert width <= room[0]
        assert height <= room[1]
        assert width >= room[0] - size or height >= room[1] - size
        assert grid.digits.font.pointSizeF() >= SMALLEST_POINTS

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

    def test_a_resize_keeps_the_current_weight_current(self, bench):
        bench.choose(1, 1)
        bench.edits.resize_bank(7, 7)
        assert bench.current == (3, 3)

    def test_the_tip_says_how_to_change_a_weight(self, bench):
        tip = bench.grid.tip(bench.grid.table.index(0, 2))
        assert "Weight 1, row 0, column 2" in tip
        for way in ("wheel", "drag", "Alt+Up", "Tab", "Esc"):
            assert way in tip


def test_enter_in_the_field_that_is_open_asks_for_no_second_one(bench, qtlog):
    bench.choose(0, 0)
    bench.keys(KEY.Key_Return)
    QTest.keyClicks(bench.editor(), "2")
    bench.keys(KEY.Key_Return)
    assert bench.document.conv.kernel[0, 0, 0, 0] == 2
    assert [record.message for record in qtlog.records] == []


def test_kernel_channel_and_size_may_all_become_fewer_at_once(bench):
    large = np.arange(9 * 9 * 6 * 8, dtype=np.float32).reshape(9, 9, 6, 8)
    bench.document.change_conv("Large", Conv2DSpec(large, np.zeros(8), tuple("abcdefgh")))
    bench.document.selection.set_kernel(5)
    bench.document.selection.set_channel(4)
    bench.choose(0, 0)
    small = np.arange(9, dtype=np.float32).reshape(3, 3, 1, 1)
    bench.document.change_conv("Small", Conv2DSpec(small, np.zeros(1), ("one",)))
    assert np.array_equal(bench.grid.table.weights, small[:, :, 0, 0])
    assert bench.document.selection.channel == 0
