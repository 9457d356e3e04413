"""The weights under the hand: the grid, the bias, and the popovers that act on them."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.driver.action import ALT, CONTROL, KEY, NONE, SHIFT, Group, action
from tests.views.hand import Hand

NUMBERS = ["1/9", "-.5", "2", "1e-2", "nonsense", "1/0", "1e99", ""]
TABLES = ["1\t2\n3\t4", "0.5", "-1 0 1\n-2 0 2\n-1 0 1", "words", "1\t2\n3", "nan\tinf"]


class Weights(Group):
    """Everything a hand does to single numbers."""

    def grid(self):
        return self.random.choice(self.window.kernel.grids.grids)

    @action(3)
    def turn_wheel_over_a_weight(self):
        grid = self.grid()
        Hand(grid).wheel(self.point_in(grid), self.random.choice([120, -120]), self.modifier())

    @action(3)
    def press_a_key_in_the_grid(self):
        keys = [KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Delete, KEY.Key_Tab]
        self.press(self.grid(), self.random.choice(keys), self.random.choice([NONE, SHIFT]))

    @action(1)
    def nudge_weights_by_keys(self):
        keys = [(KEY.Key_Up, ALT), (KEY.Key_Down, ALT), (KEY.Key_PageUp, NONE)]
        self.press(self.grid(), *self.random.choice(keys))

    @action(2)
    def type_a_number(self):
        grid = self.grid()
        Hand(grid).click(self.point_in(grid))
        self.press(grid, self.random.choice([KEY.Key_F2, KEY.Key_Return, KEY.Key_1]))
        editor = QApplication.focusWidget()
        if editor is not None and editor is not grid:
            QTest.keyClicks(editor, self.random.choice(NUMBERS))
            if self.random.random() < 0.2:
                QTest.keyClick(editor, KEY.Key_Up)
            QTest.keyClick(editor, self.random.choice([KEY.Key_Return, KEY.Key_Escape]))
            # The grid takes the number a little later.
            QApplication.processEvents()

    @action(3)
    def drag_a_weight(self):
        grid = self.grid()
        hand = Hand(grid)
        hand.press(self.point_in(grid))
        for _ in range(3):
            hand.move(self.random.randrange(-9, 9), self.random.randrange(-9, 9))
        if self.random.random() < 0.1:
            self.press(grid, KEY.Key_Escape)
        hand.release()

    @action(1, changes="selection")
    def point_at_a_weight(self):
        grid = self.grid()
        hand = Hand(grid)
        hand.hover(self.point_in(grid))
        if self.random.random() < 0.3:
            hand.leave()

    @action(1)
    def copy_and_paste_weights(self):
        grid = self.grid()
        if self.random.random() < 0.5:
            self.press(grid, KEY.Key_A, CONTROL)
        if self.random.random() < 0.5:
            grid.copy()
        else:
            QGuiApplication.clipboard().setText(self.random.choice(TABLES))
        grid.paste()

    @action(1)
    def use_the_menu_of_weights(self):
        grid = self.grid()
        self.context_menu(grid, self.point_in(grid))

    @action(1)
    def change_the_bias(self):
        field = self.window.kernel.bias
        match self.random.randrange(3):
            case 0:
                Hand(field).wheel(self.point_in(field), self.random.choice([120, -120]))
            case 1:
                self.type_into(field, self.random.choice(NUMBERS))
            case _:
                hand = Hand(field)
                hand.press(self.point_in(field))
                hand.move(0, self.random.randrange(-30, 30))
                hand.release()

    @action(0.5, changes="selection")
    def choose_a_channel(self):
        switch = self.window.kernel.channels
        if switch.buttons:
            self.click(self.random.choice(switch.buttons))
        elif switch.number.isVisible():
            switch.number.setValue(self.random.randrange(int(switch.number.maximum()) + 1))

    @action(0.3, changes="selection")
    def choose_in_the_overview(self):
        overview = self.window.kernel.overview
        if overview.isVisible():
            Hand(overview).click(self.point_in(overview))
