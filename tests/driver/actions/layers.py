"""Layers: the strip on which they are added, moved and removed, and the settings of one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from tests.driver.action import CONTROL, KEY, LEFT, Group, action, entries_of
from tests.views.hand import Hand

MOST_LAYERS = 9
PADDINGS = ["1", "0, 1, 2, 3", "-1", "words", "99999", "2 2 2 2"]


class Layers(Group):
    """The network as a whole."""

    def chip(self):
        """The middle of any chip that is in sight."""
        strip = self.window.strip
        row = self.random.randrange(strip.model().rowCount())
        return strip.visualRect(strip.model().index(row, 0)).center()

    @action(1.5, changes="selection")
    def choose_a_layer(self):
        strip = self.window.strip
        if self.random.random() < 0.5:
            Hand(strip).click(self.chip())
        else:
            keys = [KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Home]
            QTest.keyClick(strip, self.random.choice(keys))

    @action(0.8)
    def add_a_layer(self):
        strip = self.window.strip
        if len(self.document.network.layers) < MOST_LAYERS:
            strip.menus.kinds.aboutToShow.emit()
            self.trigger(strip.menus.kinds)

    @action(1)
    def remove_a_layer(self):
        self.press(self.window.strip, KEY.Key_Delete)

    @action(0.5)
    def move_a_layer(self):
        keys = [KEY.Key_Left, KEY.Key_Right]
        self.press(self.window.strip, self.random.choice(keys), CONTROL)

    @action(0.5)
    def drop_a_layer_elsewhere(self):
        strip = self.window.strip
        model = strip.model()
        rows = range(1, model.rowCount())
        data = model.mimeData([model.index(self.random.choice(rows), 0)])
        # A drop is the strip's own only in a drag, which would wait for a real mouse.
        place, move = self.random.choice(rows), Qt.DropAction.MoveAction
        model.dropMimeData(data, move, place, 0, QModelIndex())

    @action(0.8)
    def use_the_menu_of_a_layer(self):
        strip, place = self.window.strip, self.chip()
        if self.random.random() < 0.4:
            self.context_menu(strip, place)
            return
        menu = strip.layer_menu(strip.indexAt(place).row())
        if menu is not None:
            menu.popup(strip.mapToGlobal(place))
            adds = len(self.document.network.layers) < MOST_LAYERS
            able = [e for e in entries_of(menu) if e.isEnabled() and (adds or not e.data())]
            self.random.choice(able).trigger()
            menu.close()

    @action(0.3)
    def open_the_menu_of_kinds(self):
        if len(self.document.network.layers) < MOST_LAYERS:
            self.open_menu(self.window.strip.add_button)

    @action(0.3, changes="")
    def scroll_the_strip(self):
        strip = self.window.strip
        hand = Hand(strip)
        hand.hover(self.point_in(strip))
        hand.wheel(self.point_in(strip), self.random.choice([120, -120]))

    @action(3)
    def change_a_setting(self):
        layer = self.window.input.layer
        names = (
            "stride", "dilation", "padding", "edge", "flip",
            "activation", "slope", "pool", "pool_size",
        )  # fmt: skip
        control = getattr(layer, self.random.choice(names))
        if not control.isVisible():
            return
        if isinstance(control, QComboBox):
            self.choose(control)
        else:
            # Down more often than up: large strides leave little of a small picture.
            self.press(control, self.random.choice([KEY.Key_Up, KEY.Key_Down, KEY.Key_Down]))
            if self.random.random() < 0.2:
                control.left.emit()

    @action(0.3)
    def type_a_padding(self):
        layer = self.window.input.layer
        layer.padding.setCurrentIndex(layer.padding.findData("custom"))
        layer.padding.activated.emit(layer.padding.currentIndex())
        self.type_into(layer.sides, self.random.choice(PADDINGS))

    @action(4)
    def undo_or_redo(self):
        bar = self.window.top_bar
        button = self.random.choice([bar.undo, bar.undo, bar.redo])
        if self.random.random() < 0.5:
            self.click(button)
        else:
            undo = [(KEY.Key_Z, CONTROL), (KEY.Key_Z, CONTROL)]
            redo = (KEY.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
            self.press(self.window, *self.random.choice([*undo, redo]))

    @action(0.3)
    def undo_many(self):
        stack = self.document.undo_stack
        stack.setIndex(self.random.randrange(max(0, stack.index() - 12), stack.count() + 1))

    @action(0.3, changes="")
    def press_beside_everything(self):
        QTest.mouseClick(self.window, LEFT, pos=QPoint(3, self.window.height() - 3))
