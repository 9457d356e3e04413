"""The frame around the control that has the focus, for those who work by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from playground.models.guard import Guarded
from playground.views.theme.theming import Theming

_WIDTH = 2
"""Pixels of the frame: seen beside a control's own border."""


class FocusRing(Guarded, QWidget):
    """A frame around the control that Tab has come to; the mouse needs none.

    Drawn over everything, so that no control has to leave room for it.
    """

    def __init__(self, window: QWidget, theming: Theming) -> None:
        super().__init__(window)
        self._theming = theming
        self._chain: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        QApplication.instance().focusChanged.connect(self._leave)  # type: ignore[union-attr]

    def show_around(self, control: QWidget | None) -> None:
        """Mark `control`, until it loses the focus."""
        self._leave()
        if control is not None and self.window().isAncestorOf(control):
            at: QWidget | None = control
            while at is not None and at is not self.window():
                # Where what it stands in is moved, no event tells it.
                self._chain.append(at)
                at.installEventFilter(self)
                at = at.parentWidget()
            self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in kinds:
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theming.theme.accent), _WIDTH))
        half = _WIDTH // 2
        painter.drawRoundedRect(self.rect().adjusted(half, half, -half, -half), 5, 5)

    def _follow(self) -> None:
        control = self._chain[0]
        if not Shiboken.isValid(control):
            self._leave()  # Gone, while what it stood in is still moved.
            return
        place = QRect(control.mapTo(self.window(), QPoint(0, 0)), control.size())
        around = place.adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH)
        # Along the window's edge there is no outside: there it lies on the control.
        self.setGeometry(around.intersected(self.window().rect()))
        self.setVisible(control.isVisible())
        self.raise_()

    def _leave(self) -> None:
        for each in self._chain:
            if Shiboken.isValid(each):
                each.removeEventFilter(self)
        self._chain = []
        self.hide()
