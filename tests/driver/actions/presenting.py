"""Before a class: views chosen by digits, weights typed, the pen, and back again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.driver.action import KEY, LEFT, Group, action

NONE = Qt.KeyboardModifier.NoModifier


class Presenting(Group):
    """Everything that is done while presenting."""

    @property
    def view(self):
        return self.window.presentation.view

    def key(self, key) -> None:
        """Press a key where the focus is."""
        at = QApplication.focusWidget()
        QTest.keyClick(at if at is not None and self.view.isAncestorOf(at) else self.view, key)

    @action(4, changes="view", mode="present")
    def choose_a_view(self):
        self.view.setFocus()
        self.key(KEY(KEY.Key_1 + self.random.randrange(7)))

    @action(1, changes="view", mode="present")
    def show_both(self):
        self.view.setFocus()
        self.key(KEY.Key_B)

    @action(1, changes="selection", mode="present")
    def go_to_a_kernel_or_a_part(self):
        self.view.setFocus()
        self.key(self.random.choice([KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down]))

    @action(1, mode="present")
    def type_a_large_weight(self):
        pane = self.view.panes.get("equation")
        if pane is None or not pane.isVisible():
            return
        grid = self.random.choice(pane.kernel.grids)
        index = grid.model().index(0, self.random.randrange(grid.model().columnCount()))
        QTest.mouseClick(grid.viewport(), LEFT, NONE, grid.visualRect(index).center())
        QTest.keyClicks(grid, self.random.choice(["0.5", "-1", "2"]))
        at = QApplication.focusWidget()
        if at is not None and grid.isAncestorOf(at):
            QTest.keyClick(at, KEY.Key_Return)

    @action(1, changes="view", mode="present")
    def draw_with_the_pen(self):
        self.bench.presenting.toggle_pen()
        pen = self.view.pen
        if pen.isVisible():
            QTest.mousePress(pen, LEFT, NONE, self.point_in(pen))
            QTest.mouseMove(pen, self.point_in(pen))
            QTest.mouseRelease(pen, LEFT, NONE, self.point_in(pen))

    @action(1, changes="view", mode="present")
    def press_a_letter(self):
        self.view.setFocus()
        self.key(self.random.choice([KEY.Key_T, KEY.Key_H, KEY.Key_C]))

    @action(0.5, changes="training", mode="present")
    def play_or_train(self):
        self.view.setFocus()
        self.key(KEY.Key_Space)

    @action(2, changes="view", mode="present")
    def go_back(self):
        for _ in range(3):
            if self.window.presentation.active:
                self.key(KEY.Key_Escape)
