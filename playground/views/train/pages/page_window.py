"""A page of Train in a window of its own, for a second screen, and what stands in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.views.theme.theming import Theming
from playground.views.widgets.focus_ring import FocusRing
from playground.views.widgets.small_widgets import button, label

_SIZE = QSize(720, 540)
"""Pixels, at first: as much as a page has in a large window."""
_APART = 32
"""Pixels from one window's corner to that of the next, so that both are seen."""


class PageWindow(Guarded, QWidget):
    """Holds a page until it is closed; whoever opened it takes the page back then.

    It belongs to `main`: it goes with it, and the same keys work in both.
    """

    closed = Signal()

    def __init__(self, page: QWidget, name: str, main: QWidget, theming: Theming) -> None:
        super().__init__(main, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self._ring = FocusRing(self, theming)
        column = QVBoxLayout(self)
        column.addWidget(page)
        page.show()
        self.addActions(main.actions())
        others = sum(each is not self for each in main.findChildren(PageWindow))
        self.setGeometry(_place(main).translated(others * _APART, others * _APART))

    def focusNextPrevChild(self, forwards: bool) -> bool:
        moved = super().focusNextPrevChild(forwards)
        self._ring.show_around(self.focusWidget())
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


class AwayNote(Guarded, QWidget):
    """Says in the place of a page where it is, with the way to bring it back."""

    def __init__(self, name: str, bring_back: Callable[[], object]) -> None:
        super().__init__()
        words = label(self.tr("“{}” is in a window of its own.").format(name), "detail")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.back = button(
            self.tr("Bring it back"),
            on_click=bring_back,
            what=self.tr("closes that window, and shows the page here"),
        )
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


def _place(main: QWidget) -> QRect:
    """On another screen than the main window's where there is one, in its middle."""
    others = [each for each in QGuiApplication.screens() if each is not main.screen()]
    room = (others[0] if others else main.screen()).availableGeometry()
    place = QRect(room.topLeft(), _SIZE.boundedTo(room.size()))
    place.moveCenter(room.center())
    return place
