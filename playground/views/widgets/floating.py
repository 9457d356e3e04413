"""Notes that lie over what they concern, so that nothing gives way to them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from playground.models.guard import Guarded

WIDEST = 760
"""Pixels: longer lines are hard to follow."""
_MARGIN = 14


class Floating(Guarded, QObject):
    """Keeps `note` at the top of `over`, in the middle and as high as its text; neither moves it.

    The note's parent is one of those in which `over` stands.
    """

    def __init__(self, note: QWidget, over: QWidget) -> None:
        super().__init__(note)
        self._note, self._over = note, over
        note.setProperty("kind", "message")
        note.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        note.hide()
        for each in (note, over):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        moved = watched is self._over and kind in (QEvent.Type.Resize, QEvent.Type.Move)
        changed = watched is self._note and kind in (QEvent.Type.Show, QEvent.Type.LayoutRequest)
        if (moved or changed) and not self._note.isHidden():
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Give the note its place and size."""
        note, over = self._note, self._over
        least = note.minimumSizeHint().width()
        width = max(least, min(over.width() - 2 * _MARGIN, WIDEST))
        height = max(note.minimumSizeHint().height(), note.heightForWidth(width))
        note.resize(width, height)
        parent = note.parentWidget()
        assert parent is not None
        note.move(over.mapTo(parent, QPoint((over.width() - width) // 2, 0)))
        note.raise_()


class FloatingLabel(Guarded, QLabel):
    """A text that floats at the top of `over`; without text it is not there."""

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setMargin(6)
        self._floating = Floating(self, over)

    def say(self, text: str) -> None:
        """Show `text`, or nothing."""
        self.setText(text)
        self.setVisible(bool(text))
        if text:
            self._floating.place()
