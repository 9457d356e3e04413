"""Whole kernels: presets, random numbers, operations, sizes, and the list of all of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QToolButton

from playground.views.widgets.popover import Popover
from tests.driver.action import ALT, CONTROL, KEY, LEFT, Group, action
from tests.views.hand import Hand

MOST_KERNELS = 20
NAMES = ["edges", "ünïcode ✓", " ", "x" * 60, "a%d{0}\t"]


class Kernels(Group):
    """The operations under the grid, and the list."""

    @action(1)
    def press_an_operation(self):
        panel = self.window.kernel
        self.click(self.random.choice([panel.flip, panel.rotate, panel.normalise]))

    @action(1)
    def choose_a_preset(self):
        self.trigger(self.window.kernel.menus.presets)
        self.work_the_card()

    @action(1)
    def choose_random_numbers(self):
        self.trigger(self.window.kernel.menus.random)
        self.work_the_card()

    @action(1)
    def choose_an_operation(self):
        self.trigger(self.window.kernel.menus.operations)
        self.work_the_card()

    @action(0.5)
    def open_a_menu_of_kernels(self):
        panel = self.window.kernel
        self.open_menu(self.random.choice([panel.presets, panel.random, panel.more]))
        self.work_the_card()

    @action(0.7)
    def change_the_size(self):
        self.click(self.window.kernel.size_button)
        self.work_the_card()

    def work_the_card(self):
        """Change the numbers of the card that is open, and close it in one of four ways."""
        card = QApplication.activePopupWidget()
        if not isinstance(card, Popover):
            return self.stage.close_what_is_open()
        for _ in range(self.random.randrange(3)):
            controls = [*card.findChildren(QAbstractSpinBox), *card.findChildren(QToolButton)]
            control = self.random.choice(controls)
            if isinstance(control, QToolButton):
                self.click(control)
            else:
                QTest.keyClick(control, self.random.choice([KEY.Key_Up, KEY.Key_Down]))
        match self.random.randrange(4):
            case 0:
                QTest.keyClick(card, KEY.Key_Return)
            case 1:
                QTest.keyClick(card, KEY.Key_Escape)
            case 2:
                QTest.mouseClick(card, LEFT, pos=QPoint(-5, -5))
        card.close()
        return None

    @action(2, changes="selection")
    def choose_a_kernel(self):
        view = self.window.bank.view
        if not view.isVisible():
            return
        row = self.random.randrange(self.document.conv.filters)
        Hand(view).click(view.visualRect(view.model().index(row, 0)).center(), self.modifier())

    @action(2)
    def press_a_key_in_the_bank(self):
        keys = [KEY.Key_Left, KEY.Key_Right, KEY.Key_Delete, KEY.Key_Home, KEY.Key_End]
        if self.window.bank.view.isVisible():
            self.press(self.window.bank.view, self.random.choice(keys))

    @action(0.7)
    def move_a_kernel(self):
        if self.window.bank.view.isVisible():
            keys = [KEY.Key_Left, KEY.Key_Right]
            self.press(self.window.bank.view, self.random.choice(keys), ALT)

    @action(0.7)
    def drop_a_kernel_elsewhere(self):
        view = self.window.bank.view
        if not view.isVisible():
            return
        model = view.model()
        rows = range(model.rowCount())
        data = model.mimeData([model.index(self.random.choice(rows))])
        drop(view, view.visualRect(model.index(self.random.choice(rows))).center(), data)

    @action(2)
    def press_a_bank_button(self):
        bank = self.window.bank
        if self.document.conv.filters < MOST_KERNELS or self.random.random() < 0.2:
            buttons = [bank.add_button, bank.copy_button]
        else:
            buttons = [bank.remove_button]
        self.click(self.random.choice(buttons))

    @action(0.5)
    def duplicate_by_key(self):
        if self.document.conv.filters < MOST_KERNELS and self.window.bank.view.isVisible():
            self.press(self.window.bank.view, KEY.Key_D, CONTROL)

    @action(0.7)
    def rename_a_kernel(self):
        view = self.window.bank.view
        if not view.isVisible():
            return
        self.press(view, KEY.Key_F2)
        editor = QApplication.focusWidget()
        if isinstance(editor, QLineEdit) and view.isAncestorOf(editor):
            # Keys make ASCII only; what an input method makes is put in.
            editor.clear()
            editor.insert(self.random.choice(NAMES))
            editor.setModified(True)
            QTest.keyClick(editor, self.random.choice([KEY.Key_Return, KEY.Key_Escape]))
            # The list takes the name a little later.
            QApplication.processEvents()

    @action(0.7)
    def open_the_menu_of_a_kernel(self):
        view = self.window.bank.view
        if not view.isVisible():
            return
        place = view.visualRect(view.model().index(self.document.selection.kernel, 0)).center()
        self.context_menu(view, place)


def drop(view, place, data) -> None:
    """Drop `data` at a point of a view: drags of its own would wait for a real mouse."""
    port, left, move = view.viewport(), Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(port, kind(place, move, data, left, none))
    QApplication.sendEvent(port, QDropEvent(QPointF(place), move, data, left, none))
