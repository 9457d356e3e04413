"""What is drawn over a presentation, and the mark around the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from playground.models.guard import Guarded
from playground.models.state.presenting import Point, Presenting
from playground.views.theme.theming import Theming

_PEN = 5.0
"""Pixels of the pen's line: seen from the back row."""

_FOLLOW_MS = 16
"""How often the mark follows the pointer: as often as the screen is drawn."""

_MARK = 76
"""Pixels across the mark."""


class PenLayer(Guarded, QWidget):
    """Lies over everything; takes the mouse only while the pen is up."""

    def __init__(self, presenting: Presenting, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenting, self._theming = presenting, theming
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Drawing over the screen"))
        presenting.pen_changed.connect(self._follow_pen)
        presenting.strokes_changed.connect(self._follow)
        self._follow_pen(presenting.pen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._presenting.begin_stroke(self._share(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._presenting.strokes:
            self._presenting.extend_stroke(self._share(event.position()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theming.theme.error), _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._presenting.strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))

    def _share(self, at: QPointF) -> Point:
        return at.x() / max(1, self.width()), at.y() / max(1, self.height())

    def _follow_pen(self, pen: bool) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not pen)
        self.setCursor(Qt.CursorShape.CrossCursor if pen else Qt.CursorShape.ArrowCursor)
        self._follow()

    def _follow(self, _strokes: object = None) -> None:
        presenting = self._presenting
        self.setVisible(presenting.pen or bool(presenting.strokes))
        self.raise_()
        self.update()


class PointerMark(Guarded, QWidget):
    """A disc around the pointer, for as long as it is wanted."""

    def __init__(self, presenting: Presenting, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._theming = theming
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(_MARK, _MARK)
        # A timer, for the pointer's moves are told to whatever widget lies under it.
        self._timer = QTimer(self, interval=_FOLLOW_MS)
        self._timer.timeout.connect(self._move)
        presenting.highlight_changed.connect(self._follow)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside, ring = QColor(self._theming.theme.positive), QColor(self._theming.theme.positive)
        inside.setAlpha(60)
        painter.setBrush(inside)
        painter.setPen(QPen(ring, 3))
        painter.drawEllipse(self.rect().adjusted(3, 3, -3, -3))

    def _follow(self, highlight: bool) -> None:
        if highlight:
            self._move()
            self._timer.start()
        else:
            self._timer.stop()
        self.setVisible(highlight)
        self.raise_()

    def _move(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            at = parent.mapFromGlobal(QCursor.pos())
            self.move(at - QPoint(self.width() // 2, self.height() // 2))
