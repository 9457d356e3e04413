"""Working by keyboard: Space presses the button that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMainWindow, QWidget
from shiboken6 import Shiboken

from playground.models.guard import Guarded

_PRESSED_BY_SPACE = (QAbstractButton, QComboBox)


class SpaceKey(Guarded, QObject):
    """Space presses the button that has the focus, before it is a key of the window."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._button: QWidget | None = None
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Filters only one control at a time: Python would slow down the events of all.
        if self._button is not None and Shiboken.isValid(self._button):
            self._button.removeEventFilter(self)
        self._button = now if isinstance(now, _PRESSED_BY_SPACE) else None
        if self._button is not None:
            self._button.installEventFilter(self)
