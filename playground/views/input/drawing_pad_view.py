"""The drawing pad: a square to draw on with the mouse, a finger or a pen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.pictures.drawing_pad import SIZES, DrawingPad, Tool
from playground.views.widgets.small_widgets import bare, button


class PadCanvas(Guarded, QWidget):
    """Shows the pad's pixels, and turns strokes into the pad's."""

    def __init__(self, pad: DrawingPad) -> None:
        super().__init__()
        self._pad = pad
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setToolTip(self.tr("Draw here: every feature map follows your pencil"))
        pad.pixels_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pad.press(*self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pad.drag(*self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pad.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self._pad.size
        levels = np.ascontiguousarray(np.round(self._pad.pixels * 255).astype(np.uint8))
        image = QImage(levels.data, size, size, size, QImage.Format.Format_Grayscale8)
        painter = QPainter(self)
        square = self._square()
        painter.drawImage(square, image)
        painter.setPen(QPen(self.palette().mid().color()))
        painter.drawRect(square)

    def _square(self) -> QRectF:
        side = min(self.width(), self.height()) - 1
        return QRectF((self.width() - side) / 2, 0, side, side)

    def _at(self, position: QPointF) -> tuple[float, float]:
        """(row, column) in the pad's pixels."""
        square = self._square()
        scale = self._pad.size / square.width()
        return (position.y() - square.top()) * scale, (position.x() - square.left()) * scale


class DrawingPadView(Guarded, QWidget):
    """The canvas with its tools."""

    def __init__(self, pad: DrawingPad) -> None:
        super().__init__()
        self._pad = pad
        self.canvas = PadCanvas(pad)
        self.pencil = self._tool("pencil", self.tr("Pencil"), self.tr("draw in white"))
        self.eraser = self._tool("eraser", self.tr("Eraser"), self.tr("back to black"))
        self.pencil.setChecked(True)
        self._tools = QButtonGroup(self)
        self._tools.addButton(self.pencil)
        self._tools.addButton(self.eraser)
        self.wipe = button(self.tr("Clear"), on_click=pad.clear, what=self.tr("wipe the whole pad"))
        self.sizes = QComboBox()
        self.sizes.setAccessibleName(self.tr("Pad size in pixels"))
        self.sizes.setToolTip(self.tr("How many pixels the pad has: fewer are easier to follow"))
        for size in SIZES:
            self.sizes.addItem(f"{size} × {size}", size)
        self._show_size(pad.size)
        self.sizes.activated.connect(self._resize)
        pad.size_changed.connect(self._show_size)
        for each in (self.pencil, self.eraser, self.wipe):
            each.setProperty("kind", "tight")
        row = QHBoxLayout()
        row.setSpacing(5)
        for widget in (self.pencil, self.eraser, self.wipe):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.sizes)
        column = bare(QVBoxLayout(self), 6)
        column.addLayout(row)
        column.addWidget(self.canvas, 1)

    def _tool(self, tool: Tool, text: str, what: str) -> QToolButton:
        def choose() -> None:
            self._pad.tool = tool

        return button(text, on_click=choose, what=what, checkable=True)

    def _resize(self, index: int) -> None:
        self._pad.resize(self.sizes.itemData(index))

    def _show_size(self, size: int) -> None:
        self.sizes.setCurrentIndex(SIZES.index(size) if size in SIZES else -1)
