"""Pointing, selecting and enlarging in the gallery, by mouse and by keyboard.

The output pixel under the pointer is marked in every map. A press makes the map's kernel the
current one, so the arithmetic is that of the map that was pressed. When the pointer leaves, the
pixel that was pressed last is marked again.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from playground.views.maps.cell_grid import CellGrid
from playground.views.maps.map_cell import MapCell


class GalleryView(CellGrid):
    """The feature maps, and what mouse and keys do with them."""

    pointed_map_changed = Signal(int)
    """The map under the pointer; −1 where it is elsewhere."""
    menu_wanted = Signal(object)
    """A QPoint on the screen: the context menu of the current map is asked for."""

    _pressed: MapCell | None = None
    _pointed = -1

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom; where there is more to scroll to, scroll, and zoom with Ctrl."""
        bar = self.verticalScrollBar()
        scrolls = bar.maximum() > bar.minimum()
        if scrolls and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            bar.setValue(bar.value() - event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        cell = self.cell_at(event.position())
        if self.panning or cell is None:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._select(cell.kernel, event.modifiers())
            self._pressed = cell
            self._point(cell, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.panning:
            super().mouseMoveEvent(event)
        elif self._pressed is not None:
            self._point(self._pressed, event.position())
        else:
            cell = self.cell_at(event.position())
            self._set_pointed(-1 if cell is None else cell.kernel)
            pixel = None if cell is None else cell.pixel_at(self.in_cell(cell, event.position()))
            if pixel is not None:
                self.hover(pixel)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._document.selection.set_kernel(cell.kernel)
            self._settings.set_enlarged(not self._settings.enlarged)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            cell = self.cell_at(QPointF(event.pos()))
            if cell is None:
                return
            if cell.kernel not in self._document.selection.kernels:
                self._document.selection.set_kernel(cell.kernel)
        self.menu_wanted.emit(event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_pointed(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, kernel = event.key(), self._document.selection.kernel
        last = len(self.cells) - 1
        going = {
            Qt.Key.Key_PageDown: min(kernel + 1, last),
            Qt.Key.Key_PageUp: max(kernel - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in going:
            self._document.selection.set_kernel(going[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settings.set_enlarged(not self._settings.enlarged)
        elif key == Qt.Key.Key_Escape and self._settings.enlarged:
            self._settings.set_enlarged(False)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from map to map, and behind the last one on to the next control."""
        following = self._document.selection.kernel + (1 if forward else -1)
        if 0 <= following < len(self.cells):
            self._document.selection.set_kernel(following)
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_selection()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_selection()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            text = "" if cell is None else f"{cell.tooltip()}\n\n{self.rule()}"
            # Valid for this one spot, so that it never stays over what is being pointed at.
            spot = QRect(event.pos(), QSize(2, 2))
            QToolTip.showText(event.globalPos(), text, self.viewport(), spot)
            return True
        return super().viewportEvent(event)

    def rule(self) -> str:
        """How maps are handled, for tooltips."""
        return self.tr(
            "Point: the same output pixel is marked in every map.\n"
            "Press or drag: this map's kernel becomes the current one, and the\n"
            "arithmetic shows the value under the pointer.\n"
            "Double-click: large, and back. Wheel: zoom. Middle button: move."
        )

    def _select(self, kernel: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select one kernel; with Ctrl one more or less, with Shift all up to it."""
        selection = self._document.selection
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            low, high = sorted((selection.kernel, kernel))
            selection.set_kernels(range(low, high + 1), kernel)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            others = selection.kernels - {kernel}
            if kernel in selection.kernels and others:
                current = selection.kernel if selection.kernel in others else min(others)
                selection.set_kernels(others, current)
            else:
                selection.set_kernels(selection.kernels | {kernel}, kernel)
        else:
            selection.set_kernel(kernel)

    def _point(self, cell: MapCell, position: QPointF) -> None:
        """Choose the pixel of `cell` that is nearest to a viewport position."""
        inside = self.in_cell(cell, position)
        pixel = cell.placement.nearest_pixel(inside)
        if cell.shown is not None:
            self.choose(pixel)

    def _set_pointed(self, kernel: int) -> None:
        if kernel != self._pointed:
            self._pointed = kernel
            self.pointed_map_changed.emit(kernel)
