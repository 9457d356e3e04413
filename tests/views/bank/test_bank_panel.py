"""The bank under the hand: click, keys, rename, drag, and the selection shared with all views."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core.kernels import bank
from tests.views.bank.conftest import ALT, CTRL, SHIFT, Bench
from tests.views.laboratory import Painted


def test_a_click_selects_a_kernel_everywhere(bench):
    bench.click(4)
    assert bench.chosen == bench.marked == (4, [4])


def test_ctrl_and_shift_select_several(bench):
    bench.click(1)
    bench.click(4, CTRL)
    assert bench.chosen == bench.marked == (4, [1, 4])
    bench.click(2)
    bench.click(5, SHIFT)
    assert bench.chosen == bench.marked == (5, [2, 3, 4, 5])
    bench.click(5, CTRL)
    assert bench.chosen[1] == [2, 3, 4]
    assert bench.chosen[0] in bench.chosen[1]


def test_one_kernel_is_always_selected(bench):
    bench.click(3)
    bench.click(3, CTRL)
    assert bench.chosen == bench.marked == (3, [3])
    bench.document.change_conv("x", bank.reorder(bench.document.conv, [0, 1, 2, 3]))
    room = bench.view.viewport().rect()
    bench.hand.click(room.bottomRight() - QPoint(3, 3))
    assert bench.chosen == bench.marked == (3, [3])


def test_what_is_selected_elsewhere_is_selected_in_the_list(bench):
    bench.selection.set_kernel(7)
    assert bench.marked == (7, [7])
    bench.selection.set_kernels({2, 9}, 9)
    assert bench.marked == (9, [2, 9])


def test_the_arrow_keys_choose_the_next_kernel(bench):
    columns = bench.columns
    bench.key(Qt.Key.Key_Right)
    assert bench.chosen == bench.marked == (1, [1])
    bench.key(Qt.Key.Key_Down)
    assert bench.chosen == (1 + columns, [1 + columns])
    bench.key(Qt.Key.Key_Right, SHIFT)
    assert bench.chosen == (2 + columns, [1 + columns, 2 + columns])
    bench.key(Qt.Key.Key_End)
    assert bench.chosen == (11, [11])
    bench.key(Qt.Key.Key_A, CTRL)
    assert bench.chosen[1] == list(range(12))


def test_insert_and_the_plus_button_add_a_kernel_and_bring_it_into_sight(qtbot):
    bench = Bench(qtbot, height=110)
    bench.key(Qt.Key.Key_Insert)
    assert bench.names[12:] == ("New kernel",)
    QTest.mouseClick(bench.panel.add_button, Qt.MouseButton.LeftButton)
    assert bench.names[12:] == ("New kernel", "New kernel 2")
    assert bench.chosen == bench.marked == (13, [13])
    assert bench.view.viewport().rect().contains(bench.at(13))
    assert bench.panel.count.text() == "14 kernels"


def test_ctrl_d_and_the_button_duplicate_what_is_selected(bench):
    bench.click(0)
    bench.click(2, CTRL)
    bench.key(Qt.Key.Key_D, CTRL)
    assert bench.names[2:6] == ("Laplacian", "Sobel x copy", "Laplacian copy", "Sharpen")
    assert bench.chosen == bench.marked == (3, [3, 4])
    QTest.mouseClick(bench.panel.copy_button, Qt.MouseButton.LeftButton)
    assert len(bench.names) == 16
    assert bench.panel.count.text() == "2 of 16"


def test_delete_and_the_minus_button_remove_what_is_selected(bench):
    bench.click(1)
    bench.click(3, SHIFT)
    bench.key(Qt.Key.Key_Delete)
    assert bench.names[:2] == ("Sobel x", "Box blur")
    assert bench.chosen == bench.marked == (1, [1])
    QTest.mouseClick(bench.panel.remove_button, Qt.MouseButton.LeftButton)
    assert bench.names[:2] == ("Sobel x", "Gaussian")
    assert bench.chosen == bench.marked == (1, [1])


def test_removing_all_is_refused_with_a_sentence(bench):
    bench.key(Qt.Key.Key_A, CTRL)
    bench.key(Qt.Key.Key_Delete)
    assert len(bench.names) == 12
    assert bench.told == ["A layer needs at least one kernel: the last one stays."]


def test_undo_and_redo_are_followed_with_the_selection(bench):
    bench.click(1)
    bench.click(3, SHIFT)
    before = bench.document.conv
    bench.key(Qt.Key.Key_Delete)
    bench.document.undo_stack.undo()
    assert bench.document.conv is before
    assert bench.panel.model.rowCount() == 12
    assert bench.marked == bench.chosen
    bench.document.undo_stack.redo()
    assert bench.panel.model.rowCount() == 9
    assert bench.marked == bench.chosen


def test_typing_a_name_touches_no_kernel(bench):
    bench.click(2)
    bench.key(Qt.Key.Key_F2)
    QTest.keyClick(bench.editor(), Qt.Key.Key_Delete)
    bench.finish(Qt.Key.Key_Return)
    assert len(bench.names) == 12
    assert bench.names[2] == "Laplacian"
    assert bench.told == ["A kernel needs a name of at least one character."]


def test_a_kernel_is_dragged_between_two_others_in_one_entry(bench):
    assert bench.drag([0], bench.edge(3))
    assert bench.names[:4] == ("Sobel y", "Laplacian", "Sobel x", "Sharpen")
    assert bench.chosen == bench.marked == (2, [2])
    assert bench.document.undo_stack.undoText() == "Move Sobel x"
    bench.document.undo_stack.undo()
    assert bench.names[:4] == ("Sobel x", "Sobel y", "Laplacian", "Sharpen")
    assert bench.marked == bench.chosen


def test_several_kernels_are_dragged_together(bench):
    bench.click(1)
    bench.click(5, CTRL)
    assert bench.drag([1, 5], bench.edge(0))
    assert bench.names[:3] == ("Sobel y", "Gaussian", "Sobel x")
    assert bench.chosen == bench.marked == (1, [0, 1])
    assert bench.document.undo_stack.count() == 1


def test_a_kernel_dropped_behind_the_last_becomes_the_last(bench):
    bench.document.change_conv("x", bank.reorder(bench.document.conv, [0, 1, 2]))
    assert bench.drag([0], bench.view.viewport().rect().bottomRight() - QPoint(3, 3))
    assert bench.names == ("Sobel y", "Laplacian", "Sobel x")


def test_kernels_of_another_window_are_not_taken(qtbot, bench):
    assert not bench.drag([0], bench.edge(3), Bench(qtbot).panel.model)
    assert bench.document.undo_stack.count() == 0


def test_alt_and_an_arrow_move_the_selected_kernel(bench):
    bench.click(1)
    bench.key(Qt.Key.Key_Right, ALT)
    bench.key(Qt.Key.Key_Right, ALT)
    assert bench.names[:4] == ("Sobel x", "Laplacian", "Sharpen", "Sobel y")
    assert bench.chosen == bench.marked == (3, [3])
    bench.key(Qt.Key.Key_Left, ALT)
    assert bench.chosen == (2, [2])


def test_every_key_is_in_the_context_menu(bench):
    place = bench.at(0)
    at = bench.view.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, at)
    QApplication.sendEvent(bench.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    found = {action.text(): action.shortcut().toString() for action in menu.actions()}
    menu.close()
    assert found["Rename"] == "F2"
    assert {"Ins", "Ctrl+D", "Del", "Alt+Left", "Alt+Right", "Ctrl+A"} < set(found.values())


@pytest.mark.parametrize("count", [1, 5, 64])
@pytest.mark.parametrize("size", [(320, 110), (200, 120), (700, 400)])
def test_any_number_of_kernels_is_reached_in_whole_rows(qtbot, count, size):
    bench = Bench(qtbot, width=size[0], height=size[1])
    rows = [row % 12 for row in range(count)]
    bench.document.change_conv("x", bank.reorder(bench.document.conv, rows))
    cell, view = bench.view.gridSize(), bench.view
    for row in range(count):
        bench.selection.set_kernel(row)
        rect = view.visualRect(bench.panel.model.index(row))
        assert view.viewport().rect().contains(rect), row
    columns = view.width() // cell.width()
    if -(-count // columns) * cell.height() > view.height() >= cell.height():
        assert view.viewport().height() % cell.height() == 0


@pytest.mark.parametrize("size", [(324, 150), (324, 110), (400, 400), (700, 300), (260, 200)])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_all_kernels_are_seen_at_once_where_there_is_room(qtbot, count, size):
    bench = Bench(qtbot, width=size[0], height=size[1])
    bench.document.change_conv("x", bank.reorder(bench.document.conv, range(count)))
    QApplication.processEvents()
    port = bench.view.viewport().rect()
    for row in range(count):
        assert port.contains(bench.view.visualRect(bench.panel.model.index(row))), row


def test_thumbnails_grow_with_the_room(qtbot):
    sides = [Bench(qtbot, width=380, height=height).view.plan.side for height in (120, 200, 400)]
    assert sides == sorted(set(sides))
    bench = Bench(qtbot, width=380, height=400)
    used = bench.view.plan.cell_height * -(-12 // bench.view.plan.columns)
    assert used > 0.75 * bench.view.height()


def test_names_go_before_the_weights_are_too_small_to_see(qtbot):
    high, low = Bench(qtbot, width=324, height=180).view, Bench(qtbot, width=324, height=100).view
    assert high.plan.named
    assert not low.plan.named
    assert low.plan.side >= 20
    assert not low.plan.scrolled


def test_a_changed_weight_paints_its_thumbnail_and_no_other(qtbot, bench):
    QApplication.processEvents()
    painted = Painted(bench.view.viewport())
    bench.document.change_conv("x", bank.set_weights(bench.document.conv, {(0, 0, 0, 5): 9.0}))
    qtbot.waitUntil(lambda: not painted.region.isEmpty())
    model = bench.panel.model
    assert painted.region.intersects(bench.view.visualRect(model.index(5)))
    for row in (0, 4, 6, 11):
        assert not painted.region.intersects(bench.view.visualRect(model.index(row)))


def test_every_control_says_what_it_does(bench):
    panel = bench.panel
    for control in (panel.add_button, panel.copy_button, panel.remove_button):
        assert control.toolTip()
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert panel.view.accessibleName() == "Kernels of this layer"
