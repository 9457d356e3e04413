"""How the window looks: mode, theme, colours, Present, its size, and what popups leave behind."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget

from tests.driver.action import KEY, SHIFT, Group, action
from tests.driver.stage import SIZE

SIZES = [SIZE, (960, 600), (1366, 768), (1100, 900)]


class Appearance(Group):
    """What changes nothing but the look."""

    @action(0.5, changes="view")
    def switch_between_explore_and_train(self):
        modes = self.window.top_bar.modes
        self.click(self.random.choice([modes.explore, modes.train]))

    @action(0.05, changes="view")
    def change_the_look(self):
        self.trigger(self.view_button().menu())

    @action(0.1, changes="view")
    def open_the_view_menu(self):
        self.open_menu(self.view_button())

    def view_button(self) -> QToolButton:
        buttons = self.window.top_bar.findChildren(QToolButton)
        return next(b for b in buttons if b.accessibleName() == "View")

    @action(0.04, changes="view")
    def present(self):
        self.press(self.window, KEY.Key_F11)

    @action(0.1, changes="view")
    def resize_the_window(self):
        self.window.resize(*self.random.choice(SIZES))

    @action(0.3, changes="")
    def open_the_list_of_a_box(self):
        boxes = [box for box in self.window.findChildren(QComboBox) if box.isVisible()]
        self.random.choice(boxes).showPopup()
        self.stage.close_what_is_open()

    @action(0.5, changes="")
    def go_on_by_tab(self):
        focus = QApplication.focusWidget()
        if isinstance(focus, QWidget) and self.window.isAncestorOf(focus):
            QTest.keyClick(focus, KEY.Key_Tab, *self.random.choice([(), (SHIFT,)]))

    @action(0.2, changes="")
    def dismiss_the_message(self):
        for made in self.window.messages.findChildren(QToolButton):
            self.click(made)
