"""What is drawn over a map: the marked output pixel, and the part that Play has not reached."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from playground.models.guard import Guarded
from playground.models.state.selection import Pixel
from playground.views.pictures.placement import NOWHERE, Placement
from playground.views.theme.theme import Theme

SMALLEST = 7.0
"""Screen pixels across the frame around a pixel that is smaller: a smaller one is not found."""

_HALO = 3.0
"""Screen pixels around a frame that its lines and their halo may cover."""


class FrameItem(Guarded, QGraphicsItem):
    """An accent frame around a rectangle, with a halo that sets it off from any picture."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self.frame = QRectF()
        """The framed rectangle; empty where nothing is marked."""
        self._clip = QRectF()
        self._bounds = QRectF()
        self._accent, self._halo = QColor(), QColor()
        self.setZValue(3)
        self.setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's accent."""
        self._accent, self._halo = QColor(theme.accent), QColor(theme.panel)
        self.update()

    def set_frame(self, frame: QRectF | None, clip: QRectF) -> None:
        """Frame `frame`, enlarged where it is too small to see; None frames nothing."""
        new = QRectF() if frame is None else _visible_frame(frame)
        if new != self.frame or clip != self._clip:
            self.prepareGeometryChange()
            self.frame, self._clip = new, QRectF(clip)
            self._bounds = _framed(new, clip)
            self.setVisible(not new.isEmpty())

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        if self.frame.isEmpty():
            return
        painter.setClipRect(self._bounds)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, grown in ((self._halo, 2.0), (self._halo, -1.0), (self._accent, 0.5)):
            pen = QPen(colour, 2.0 if colour is self._accent else 1.0)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.frame.adjusted(-grown, -grown, grown, grown))


class CurtainItem(Guarded, QGraphicsItem):
    """Covers what Play has not computed yet: the rest of the row, and the rows below."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._placement = NOWHERE
        self.reached: Pixel | None = None
        """The last pixel that is shown; None shows all of them."""
        self._colour = QColor()
        self.setZValue(2)
        self.setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        """Cover with the theme's panel colour."""
        self._colour = QColor(theme.panel)
        self.update()

    def set_placement(self, placement: Placement) -> None:
        """Lie over the map that lies where `placement` says."""
        self.prepareGeometryChange()
        self._placement = placement

    def set_reached(self, reached: Pixel | None) -> None:
        """Show the pixels up to `reached`, row by row; None shows all."""
        before, self.reached = self.reached, reached
        self.setVisible(reached is not None)
        if before == reached:
            return
        if before is None or reached is None:
            self.update()
            return
        # From one pixel to another only the rows between them change.
        rows = min(before[0], reached[0]), max(before[0], reached[0]) + 1
        width = self._placement.size[1]
        self.update(self._placement.to_screen(rows[0], 0, rows[1], width).adjusted(-1, -1, 1, 1))

    def boundingRect(self) -> QRectF:
        return self._placement.visible

    def paint(self, painter: QPainter, *_: object) -> None:
        if self.reached is None:
            return
        painter.setClipRect(self.boundingRect())
        row, column = self.reached
        height, width = self._placement.size
        painter.fillRect(self._placement.to_screen(row, column + 1, row + 1, width), self._colour)
        painter.fillRect(self._placement.to_screen(row + 1, 0, height, width), self._colour)


def pixel_frame(placement: Placement, pixel: Pixel) -> QRectF:
    """The screen rectangle of one map pixel."""
    row, column = pixel
    return placement.to_screen(row, column, row + 1, column + 1)


def _framed(frame: QRectF, clip: QRectF) -> QRectF:
    """What a frame with its halo covers, in and a little around `clip`."""
    if frame.isEmpty():
        return QRectF()
    grown = frame.adjusted(-_HALO, -_HALO, _HALO, _HALO)
    return grown.intersected(clip.adjusted(-_HALO, -_HALO, _HALO, _HALO))


def _visible_frame(frame: QRectF) -> QRectF:
    centre: QPointF = frame.center()
    width, height = max(frame.width(), SMALLEST), max(frame.height(), SMALLEST)
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
