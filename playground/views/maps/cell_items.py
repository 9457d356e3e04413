"""What stands in a cell of the gallery beside its map: the card below it, and its kernel."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.views.maps.gallery_layout import PAD
from playground.views.pictures.kernel_picture import draw_kernel
from playground.views.theme.theme import Theme

_ROUND = 5.0
"""Radius of a card's corners in screen pixels, nearly that of the style sheet's cards."""


class CardItem(Guarded, QGraphicsItem):
    """The ground and the frame of a cell, kept as a pixmap: rounded corners are slow to draw."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._bounds = QRectF()
        self._pen, self._ground = QPen(), QColor()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def set_size(self, bounds: QRectF) -> None:
        """Fill `bounds`."""
        self.prepareGeometryChange()
        self._bounds = bounds

    def set_look(self, ground: str, frame: str, width: float) -> None:
        """Colours, and the frame's width in screen pixels."""
        self._ground, self._pen = QColor(ground), QPen(QColor(frame), width)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        inset = self._pen.widthF() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(self._bounds.adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)


class KernelItem(Guarded, QGraphicsItem):
    """The kernel that a map is made by; painted anew only where its weights have changed."""

    def __init__(self, parent: QGraphicsItem, theme: Theme) -> None:
        super().__init__(parent)
        self._theme, self._side = theme, 0
        self.weights: FloatArray | None = None
        """(kh, kw, C_in)."""

    def set_weights(self, weights: FloatArray) -> None:
        """Show the kernel as it is now."""
        if self.weights is None or not np.array_equal(weights, self.weights):
            self.weights = weights
            self.update()

    def set_look(self, theme: Theme, side: int) -> None:
        """Colours, and pixels of the side; 0 hides it."""
        self.prepareGeometryChange()
        self._theme, self._side = theme, side
        self.setPos(PAD + 2, PAD + 1)
        self.setVisible(side > 0)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._side, self._side)

    def paint(self, painter: QPainter, *_: object) -> None:
        if self.weights is not None and self._side:
            room = self.boundingRect().toRect().adjusted(0, 0, -1, -1)
            level = float(np.abs(self.weights).max())
            draw_kernel(painter, room, self.weights, level, self._theme)
