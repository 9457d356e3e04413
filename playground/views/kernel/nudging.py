"""How far the wheel, a key or a drag changes a weight or a bias.

Everywhere a number can be nudged, one notch is a tenth, with Shift ten times as much and with
Ctrl a tenth of it; a drag to the right or upwards adds a notch every few pixels.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from playground.models.guard import Guarded
from playground.models.kernels.bank_changes import Gesture
from playground.models.kernels.kernel_edits import COARSE, FINE, NOTCH, KernelEdits

PIXELS_PER_NOTCH = 4
"""A drag over 40 pixels changes a number by 1: enough for most weights, and easy to stop."""

DRAG_STARTS_AT = 4
"""Pixels the pointer may stray before a click becomes a drag."""

_WHEEL_NOTCH = 120
"""Eighths of a degree, as Qt counts them, in one click of a usual wheel."""


def factor(modifiers: Qt.KeyboardModifier) -> float:
    """Shift makes a notch coarse, Ctrl makes it fine."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return COARSE
    return FINE if modifiers & Qt.KeyboardModifier.ControlModifier else 1


def key_notches(event: QKeyEvent) -> float:
    """The notches that Up, Down, Page Up or Page Down stand for; 0 for any other key."""
    direction = {
        Qt.Key.Key_Up: 1,
        Qt.Key.Key_PageUp: 1,
        Qt.Key.Key_Down: -1,
        Qt.Key.Key_PageDown: -1,
    }.get(Qt.Key(event.key()), 0)
    return direction * factor(event.modifiers())


class Wheel:
    """Adds up what a wheel or a touchpad sends until it is a whole notch."""

    def __init__(self) -> None:
        self._turned = 0

    def notches(self, event: QWheelEvent) -> float:
        """The notches that are complete with this event."""
        angle = event.angleDelta()
        # With Shift or Alt some platforms turn the wheel sideways.
        delta = angle.y() or angle.x()
        if delta * self._turned < 0:
            self._turned = 0
        self._turned += -delta if event.inverted() else delta
        notches = int(self._turned / _WHEEL_NOTCH)
        self._turned -= notches * _WHEEL_NOTCH
        return notches * factor(event.modifiers())


class NudgedField(Guarded, QLineEdit):
    """A field for a number that the wheel and the arrow keys nudge."""

    nudged = Signal(float)
    """Notches to add to the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wheel = Wheel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        notches = key_notches(event)
        if notches:
            self.nudged.emit(notches)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = self._wheel.notches(event)
        if notches:
            self.nudged.emit(notches)
        event.accept()


class Scrub:
    """A press on a number: a click, or from the first few pixels on a drag that changes it.

    `add(delta, gesture)` adds to what the number was when the press began.
    """

    def __init__(
        self, edits: KernelEdits, start: QPointF, add: Callable[[float, Gesture], object]
    ) -> None:
        self._edits = edits
        self._add = add
        self._gesture = edits.new_gesture()
        self._start = self._anchor = start
        self._factor = 1.0
        self._before = 0.0
        self.under_way = False
        """Whether this has become a drag."""

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        if not self.under_way:
            self.under_way = (position - self._start).manhattanLength() >= DRAG_STARTS_AT
        wanted = factor(modifiers)
        if wanted != self._factor:
            # A change of the factor counts from here on, not for what was dragged before.
            self._before, self._anchor, self._factor = self._added(position), position, wanted
        if self.under_way:
            self._add(self._added(position), self._gesture)

    def cancel(self) -> None:
        """Put the number back."""
        self._edits.cancel(self._gesture)

    def _added(self, position: QPointF) -> float:
        way = position - self._anchor
        notches = round((way.x() - way.y()) / PIXELS_PER_NOTCH)
        return self._before + notches * self._factor * NOTCH
