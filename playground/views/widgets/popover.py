"""A small card that opens at a control, acts while it is open, and closes when left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from playground.models.guard import Guarded


class Popover(Guarded, QFrame):
    """Closed by a click beside it or Enter; Esc takes back what it did."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._opener = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(12, 10, 12, 10)
        self.content.setSpacing(8)

    def open_at(self, place: QRect) -> None:
        """Show below `place`, in global coordinates, or above it where there is no room."""
        self.adjustSize()
        room = self._opener.screen().availableGeometry()
        left = max(room.left(), min(place.left(), room.right() - self.width()))
        top = place.bottom() + 4
        if top + self.height() > room.bottom():
            top = max(room.top(), place.top() - self.height() - 4)
        self.move(QPoint(left, top))
        self.show()
        self.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
