"""How the window looks: mode, theme, colours, Present, its size, and what popups leave behind."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget

from playground.views.window.menu_bar import ChoiceMenu
from tests.driver.action import CONTROL, KEY, SHIFT, Group, action
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
        settings = self.window.menuBar().findChildren(ChoiceMenu)
        self.trigger(self.random.choice(settings))

    @action(0.05, changes="view")
    def change_the_size_of_text(self):
        self.press(
            self.window, self.random.choice([KEY.Key_Plus, KEY.Key_Minus, KEY.Key_0]), CONTROL
        )

    @action(0.1)
    def walk_in_the_menu_bar(self):
        menus = [
            entry.menu() for entry in self.window.menuBar().actions()[1:]
        ]  # The first can quit.
        if self.window.menuBar().isVisible():
            place = self.window.rect().center()
            menu = self.random.choice(menus)
            self.with_popups(lambda: menu.popup(self.window.mapToGlobal(place)))
            self.settle()

    @action(0.1, changes="")
    def look_at_the_sheet_of_keys(self):
        self.press(self.window, KEY.Key_F1)
        self.stage.close_what_is_open()

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
