"""What an action is: a method of a group, how often it is done, and what it should change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QToolButton, QWidget

from tests.driver.stage import Stage

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
MENU_KEYS = [KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_Right, KEY.Key_Left, KEY.Key_Return]


@dataclass(frozen=True)
class Action:
    """One thing a user does."""

    name: str
    weight: float
    changes: str
    """The part of the stage that it changes at least now and then; none for a mere look."""
    mode: str
    """The mode in which it can be done, explore or train, none for both; or "present"."""
    perform: Callable[[], object]


def action(weight: float = 1.0, *, changes: str = "document", mode: str = ""):
    """Make a method of a group an action; it is named after the method."""

    def mark(method):
        method.action = weight, changes, mode
        return method

    return mark


class Group:
    """The actions of one feature."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.window, self.bench = stage, stage.window, stage.bench

    def actions(self) -> Iterator[Action]:
        """All of them, in the order in which they are written."""
        for name, method in type(self).__dict__.items():
            if (marked := getattr(method, "action", None)) is not None:
                yield Action(name, *marked, getattr(self, name))

    @property
    def random(self):
        return self.stage.random

    @property
    def document(self):
        return self.bench.document

    def point_in(self, widget: QWidget) -> QPoint:
        return self.stage.point_in(widget)

    def modifier(self):
        return self.random.choice([NONE, NONE, SHIFT, CONTROL])

    def press(self, widget: QWidget, key: Qt.Key, modifier=NONE) -> None:
        """Press a key where the focus is: shortcuts of a widget are heard only there."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
        if widget is not self.window:
            widget.setFocus()
        QTest.keyClick(widget, key, modifier)

    def click(self, button: QWidget) -> None:
        """Press a button where it can be seen and pressed."""
        if button.isVisible() and button.isEnabled():
            QTest.mouseClick(button, LEFT)

    def choose(self, combo: QComboBox, choices: list[int] | None = None) -> None:
        """Choose any entry of a box, by the box or by its open list."""
        if not combo.isVisible() or not combo.isEnabled():
            return
        index = self.random.choice(choices or list(range(combo.count())))
        if self.random.random() < 0.15:
            combo.showPopup()
            self.work_popups()
            return
        combo.setCurrentIndex(index)
        combo.activated.emit(index)

    def type_into(self, field: QWidget, text: str) -> None:
        """Type over what stands in a field; Enter or Tab keeps it, Esc does not."""
        if not field.isVisible() or not field.isEnabled():
            return
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, self.random.choice([KEY.Key_Return, KEY.Key_Return, KEY.Key_Escape]))
        field.clearFocus()

    def open_menu(self, button: QToolButton) -> None:
        """Really open a button's menu, walk in it by keys, and close what is left open."""
        if button.isVisible() and button.isEnabled():
            self.with_popups(lambda: QTest.mouseClick(button, LEFT))

    def context_menu(self, view: QWidget, place: QPoint) -> None:
        """Open the menu at a point of a view with the right button, and walk in it."""
        port, reason = view.viewport(), QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, port.mapToGlobal(place))
        self.with_popups(lambda: QApplication.sendEvent(port, event))

    def with_popups(self, opens: Callable[[], object]) -> None:
        """Work what `opens` opens, which may not come back before it is closed."""
        timer = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(self.work_popups)
        timer.start(0)
        opens()
        if timer.isActive():
            timer.stop()
            self.work_popups()

    def work_popups(self) -> None:
        """Press keys in whatever is open, and close it in the end."""
        for _ in range(self.random.randrange(8)):
            popup = QApplication.activePopupWidget()
            if popup is None:
                return
            QTest.keyClick(popup, self.random.choice(MENU_KEYS))
        while (popup := QApplication.activePopupWidget()) is not None:
            QTest.keyClick(popup, KEY.Key_Escape)
            if QApplication.activePopupWidget() is popup:
                popup.close()

    def trigger(self, menu: QMenu, *, settles: float = 0.3) -> None:
        """Choose any entry of a menu or of its submenus; now and then wait for what comes."""
        entries = [entry for entry in entries_of(menu) if entry.isEnabled()]
        if entries:
            self.random.choice(entries).trigger()
            self.settle(settles)

    def settle(self, share: float = 0.3) -> None:
        """In a share of all cases, wait until what was asked for is there."""
        if self.random.random() < share and not self.stage.wait_until_idle():
            raise TimeoutError("The window stays busy.")


def entries_of(menu: QMenu):
    """The entries of a menu and its submenus that do something."""
    for entry in menu.actions():
        if entry.menu():
            yield from entries_of(entry.menu())
        elif not entry.isSeparator():
            yield entry
