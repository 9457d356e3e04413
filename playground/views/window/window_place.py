"""Where the window is: on the screen, as large as fits with its frame, and again as it was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from playground.models.guard import Guarded
from playground.models.state.remembered import Place, Remembered

DEFAULT_SIZE = QSize(1440, 900)
"""The window's inside on a screen that has the room: more makes the pictures larger, no clearer."""
_FRAME = QSize(16, 40)
"""Title bar and borders of the thickest usual frame; the true one is known once it is seen."""


class PlacedWindow(QMainWindow):
    """A window that comes back as it was left, and how its parts shared it."""

    def shares(self) -> dict[str, list[int]]:
        """The pixels of each part, by the name of what they share."""
        return {}

    def set_shares(self, shares: Mapping[str, Sequence[int]]) -> None:
        """Give each part the pixels that it had; names may be missing."""


class WindowPlace(Guarded, QObject):
    """Puts a window where it was left, and remembers where it is when it is closed."""

    def __init__(self, window: PlacedWindow, remembered: Remembered) -> None:
        super().__init__(window)
        self._window = window
        self._remembered = remembered
        window.installEventFilter(self)

    def restore(self) -> None:
        """Place the window, on the screen where it was if that is still there."""
        kept = self._remembered.current
        screens = {identity(screen): screen for screen in QGuiApplication.screens()}
        screen = screens.get(kept.screen, QGuiApplication.primaryScreen())
        room = screen.availableGeometry()
        place = kept.places.get(identity(screen)) or first_place(room)
        rect = inside(QRect(place.x, place.y, place.width, place.height), room)
        self._window.move(rect.topLeft())
        self._window.resize(rect.size())
        if place.maximized:
            self._window.setWindowState(Qt.WindowState.WindowMaximized)
        self._window.set_shares(kept.splitters)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self._keep()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        window = self._window
        rect, frame = window.normalGeometry(), window.geometry().topLeft() - window.pos()
        corner = rect.topLeft() - frame  # A move is the frame's, normalGeometry() the inside's.
        place = Place(corner.x(), corner.y(), rect.width(), rect.height(), window.isMaximized())
        self._remembered.keep_window(identity(window.screen()), place, window.shares())


def identity(screen: QScreen) -> str:
    """What tells a screen from the others, today and next week."""
    size = screen.size()
    return f"{screen.name()} {size.width()}x{size.height()}"


def first_place(room: QRect) -> Place:
    """In the middle of a screen with this room; filling it where there is little."""
    wanted = DEFAULT_SIZE + _FRAME
    rect = QRect(room.topLeft(), wanted.boundedTo(room.size()))
    rect.moveCenter(room.center())
    maximized = wanted.width() > room.width() or wanted.height() > room.height()
    size = rect.size() - _FRAME
    return Place(rect.x(), rect.y(), size.width(), size.height(), maximized)


def inside(rect: QRect, room: QRect) -> QRect:
    """`rect`, a frame's corner with the size inside, shrunk and moved so that all is in `room`."""
    size = rect.size().boundedTo(room.size() - _FRAME)
    last = QRect(room.topLeft(), room.size() - size - _FRAME)
    x = min(max(rect.x(), last.x()), last.x() + last.width())
    y = min(max(rect.y(), last.y()), last.y() + last.height())
    return QRect(x, y, size.width(), size.height())
