"""Twenty thousand user actions in a row: nothing breaks, and undoing all of them undoes all."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from playground.core.picture import Picture
from playground.models.workbench import Workbench
from playground.views.main_window import MainWindow
from playground.views.theming import Theming
from tests.views.hand import Hand

ACTIONS = 20_000
STEPS_A_CHUNK = 1_000
"""Fewer than the document's undo limit, so that a chunk can be undone whole."""

KEY = Qt.Key
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Walker:
    """Works the real window at random; the same seed takes the same way."""

    def __init__(self, window: MainWindow, workbench: Workbench, seed: int) -> None:
        self.window, self.bench, self.random = window, workbench, random.Random(seed)
        self.actions = [
            self.turn_wheel_over_a_weight,
            self.press_a_key_in_the_grid,
            self.type_a_number,
            self.drag_a_weight,
            self.choose_a_kernel,
            self.press_a_key_in_the_bank,
            self.press_a_bank_button,
            self.point_at_a_map,
            self.work_the_gallery,
            self.point_at_the_input,
            self.change_a_setting,
            self.undo_or_redo,
            self.draw_on_the_pad,
            self.press_play,
        ]

    def grid(self):
        return self.random.choice(self.window.kernel.grids.grids)

    def point_in(self, view) -> QPoint:
        area = view.viewport() if hasattr(view, "viewport") else view
        return QPoint(
            self.random.randrange(max(1, area.width())),
            self.random.randrange(max(1, area.height())),
        )

    def modifier(self):
        return self.random.choice([NONE, NONE, SHIFT, CONTROL])

    def turn_wheel_over_a_weight(self):
        grid = self.grid()
        Hand(grid).wheel(self.point_in(grid), self.random.choice([120, -120]), self.modifier())

    def press_a_key_in_the_grid(self):
        keys = [KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Delete, KEY.Key_Tab]
        grid = self.grid()
        QTest.keyClick(grid, self.random.choice(keys), self.random.choice([NONE, SHIFT]))

    def type_a_number(self):
        grid = self.grid()
        grid.setFocus()
        Hand(grid).click(self.point_in(grid))
        text = self.random.choice(["1/9", "-.5", "2", "1e-2", "nonsense", "1/0", ""])
        QTest.keyClick(grid, KEY.Key_F2)
        editor = QApplication.focusWidget()
        if editor is not None and editor is not grid:
            QTest.keyClicks(editor, text)
            QTest.keyClick(editor, self.random.choice([KEY.Key_Return, KEY.Key_Escape]))

    def drag_a_weight(self):
        grid = self.grid()
        hand = Hand(grid)
        hand.press(self.point_in(grid))
        for _ in range(3):
            hand.move(self.random.randrange(-9, 9), self.random.randrange(-9, 9))
        hand.release()

    def choose_a_kernel(self):
        view = self.window.bank.view
        row = self.random.randrange(self.bench.document.conv.filters)
        Hand(view).click(view.visualRect(view.model().index(row, 0)).center(), self.modifier())

    def press_a_key_in_the_bank(self):
        keys = [KEY.Key_Left, KEY.Key_Right, KEY.Key_Delete, KEY.Key_Home, KEY.Key_End]
        QTest.keyClick(self.window.bank.view, self.random.choice(keys))

    def press_a_bank_button(self):
        bank = self.window.bank
        if self.bench.document.conv.filters < 20 or self.random.random() < 0.2:
            buttons = [bank.add_button, bank.copy_button]
        else:
            buttons = [bank.remove_button]
        QTest.mouseClick(self.random.choice(buttons), Qt.MouseButton.LeftButton)

    def point_at_a_map(self):
        view = self.window.maps.view
        hand = Hand(view)
        if self.random.random() < 0.5:
            hand.hover(self.point_in(view))
        else:
            hand.click(self.point_in(view), self.modifier())

    def work_the_gallery(self):
        view = self.window.maps.view
        if self.random.random() < 0.5:
            Hand(view).wheel(self.point_in(view), self.random.choice([120, -120]), self.modifier())
        else:
            keys = [KEY.Key_Left, KEY.Key_Down, KEY.Key_0, KEY.Key_PageDown, KEY.Key_Return]
            QTest.keyClick(view, self.random.choice(keys))

    def point_at_the_input(self):
        canvas = self.window.input.view.findChildren(type(self.window.maps.view).__mro__[2])
        if canvas:
            Hand(canvas[0]).hover(self.point_in(canvas[0]))

    def change_a_setting(self):
        layer = self.window.input.layer
        names = ("stride", "dilation", "padding", "edge", "flip", "activation", "pool")
        control = getattr(layer, self.random.choice(names))
        if isinstance(control, QComboBox):
            names = {"custom"}  # opens a field and waits; its own tests work it
            choices = [i for i in range(control.count()) if control.itemData(i) not in names]
            control.setCurrentIndex(self.random.choice(choices))
            control.activated.emit(control.currentIndex())
        else:
            QTest.keyClick(control, self.random.choice([KEY.Key_Up, KEY.Key_Down, KEY.Key_Down]))

    def undo_or_redo(self):
        stack = self.bench.document.undo_stack
        self.random.choice([stack.undo, stack.undo, stack.redo])()

    def draw_on_the_pad(self):
        if self.random.random() > 0.1:
            return
        canvas = self.window.input.pad.canvas
        hand = Hand(canvas)
        hand.press(self.point_in(canvas))
        hand.move(9, -9)
        hand.release()

    def press_play(self):
        controls = self.window.arithmetic.controls
        buttons = [controls.play, controls.forward, controls.back, controls.again, controls.whole]
        QTest.mouseClick(self.random.choice(buttons), Qt.MouseButton.LeftButton)


@pytest.fixture
def bench(qtbot):
    workbench = Workbench()
    theming = Theming(workbench.settings, workbench)
    window = MainWindow(workbench, theming)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.input.pad.show()
    pixels = np.random.default_rng(0).random((40, 50, 1), np.float32)
    document = workbench.document
    document.change_picture("Noise", Picture(pixels, "noise", (50, 40)), document.conv)
    document.undo_stack.clear()
    yield workbench, window
    workbench.close()


def test_twenty_thousand_actions_break_nothing_and_are_undone_whole(qtbot, bench):
    workbench, window = bench
    walker = Walker(window, workbench, seed=1)
    stack, document = workbench.document.undo_stack, workbench.document
    first = document.session
    for number in range(ACTIONS):
        walker.random.choice(walker.actions)()
        if number % 20 == 0:
            QApplication.processEvents()
        if stack.index() >= STEPS_A_CHUNK or number == ACTIONS - 1:
            last, steps = document.session, stack.index()
            stack.setIndex(0)
            assert document.session == first
            if number == ACTIONS - 1:
                stack.setIndex(steps)
                assert document.session.network == last.network
            first = document.session
            stack.clear()
    qtbot.waitUntil(lambda: not workbench.preview.busy)
