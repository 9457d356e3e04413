"""A hand on a widget: presses, drags and wheel turns as real events, with any modifiers."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Works one widget, or the viewport of a view."""

    def __init__(self, widget):
        self._target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        self._at = QPointF()

    def press(self, point, modifiers=NONE):
        self._at = QPointF(point)
        QTest.mousePress(self._target, LEFT, modifiers, point)

    def move(self, right, up, modifiers=NONE, *, held=True):
        """Move on by so many pixels."""
        self._at += QPointF(right, -up)
        buttons = LEFT if held else Qt.MouseButton.NoButton
        place = self._target.mapToGlobal(self._at)
        kind, button = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        event = QMouseEvent(kind, self._at, place, button, buttons, modifiers)
        QApplication.sendEvent(self._target, event)

    def release(self, modifiers=NONE):
        QTest.mouseRelease(self._target, LEFT, modifiers, self._at.toPoint())

    def click(self, point, modifiers=NONE):
        self.press(point, modifiers)
        self.release(modifiers)

    def double_click(self, point):
        self._at = QPointF(point)
        QTest.mouseDClick(self._target, LEFT, NONE, point)

    def hover(self, point):
        self._at = QPointF(point)
        self.move(0, 0, held=False)

    def leave(self):
        QApplication.sendEvent(self._target, QEvent(QEvent.Type.Leave))

    def wheel(self, point, angle=120, modifiers=NONE):
        at = QPointF(point)
        event = QWheelEvent(
            at,
            self._target.mapToGlobal(at),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._target, event)
