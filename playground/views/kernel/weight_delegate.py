"""One weight: a cell in the colour of its value, with digits that can be read on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.core.kernels.bank import Cell
from playground.core.numbers.number_text import format_number
from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.kernels.kernel_table_model import KernelTableModel
from playground.models.training.run.weight_hints import WeightHints
from playground.models.words.local_numbers import localised, with_local_marks
from playground.views.kernel.cell_rooms import CellRooms
from playground.views.kernel.nudging import NudgedField
from playground.views.kernel.weight_hint_painter import HintPainter, placed
from playground.views.theme.theme import Theme, value_look
from playground.views.theme.theming import Theming
from playground.views.widgets.cell_text import Digits, LaidOutText, digit_font
from playground.views.widgets.small_widgets import Index

_RADIUS = 3.0
"""Pixels of a cell's rounded corners: seen in the smallest cells, too, without taking room."""
_KEEPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDITOR_POINTS = 10
"""As ordinary text: a number being typed is read from near, whatever the size of the cell."""


class WeightEditor(NudgedField):
    """A weight being typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(digit_font(_EDITOR_POINTS))
        self.setFrame(False)
        self.setTextMargins(0, 0, 0, 0)
        self.setAccessibleName(self.tr("Weight"))
        self.setToolTip(
            with_local_marks(
                self.tr(
                    "Type a number: 0.5, -.5, 1/9 or 1e-2. Up and Down change it by 0.1, "
                    "with Shift by 1, with Ctrl by 0.01. Enter keeps it, Esc does not"
                )
            )
        )


class WeightDelegate(Guarded, QStyledItemDelegate):
    """Paints weights and edits them; an edit is undone as one, from its first nudge to Enter."""

    def __init__(
        self,
        edits: KernelEdits,
        theming: Theming,
        cells_at: Callable[[Index], list[Cell]],
        view: QAbstractItemView,
        hints: WeightHints | None = None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._hints = hints
        self._hint_painter = HintPainter()
        self._edits = edits
        self._theming = theming
        self._cells_at = cells_at
        self.digits = Digits(digit_font(_EDITOR_POINTS), None)
        """How the numbers are written now."""
        self._writing = LaidOutText(self.digits.font)
        self._hint_painter.set_digits(self.digits)
        self._gap = 1.5
        self._cells: list[Cell] = []
        self._gesture = 0

    def set_look(self, digits: Digits, gap: float, width: float, height: float) -> None:
        """Say how numbers are written, and how many pixels of each cell's side stay free.

        The smallest cell has width × height pixels between.
        """
        before, self.digits, self._gap = self.digits, digits, gap
        if digits.font != before.font:
            self._writing = LaidOutText(digits.font)
        self._hint_painter.set_digits(digits, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self._view.model()
        if not isinstance(table, KernelTableModel):
            return
        value = float(table.weights[index.row(), index.column()])
        theme = self._theming.theme
        fill, ink = value_look(theme, value, table.level)
        whole = QRectF(option.rect)
        cell = whole.adjusted(self._gap, self._gap, -self._gap, -self._gap)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_border(theme))
        painter.setBrush(fill)
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        rooms = self._paint_hint(painter, cell, table.cell(index), ink)
        text = self.digits.text(value)
        if text and rooms.value.height:
            painter.setPen(ink)
            self._writing.draw(painter, placed(rooms.value, cell), text)
        self._paint_marks(painter, whole, option.state)
        painter.restore()

    def _paint_hint(self, painter: QPainter, cell: QRectF, of: Cell, ink: QColor) -> CellRooms:
        """What training says of the weight `of`, in its cell; gives back what stands where."""
        hints, write = self._hints, self._hint_painter
        hint = None if hints is None else hints.hint(of)
        gradients = hints is not None and hints.gradients_first
        frozen = hints is not None and hints.holds(of)
        rooms = write.rooms(cell, hinted=hint is not None, frozen=frozen, gradients=gradients)
        write.paint(painter, cell, rooms, hint, ink)
        return rooms

    def _paint_marks(self, painter: QPainter, whole: QRectF, state: QStyle.StateFlag) -> None:
        """The accent frame of a selected cell, and a thin one where the pointer is."""
        theme, flag = self._theming.theme, QStyle.StateFlag
        chosen = bool(state & flag.State_Selected)
        if not chosen and not state & flag.State_MouseOver:
            return
        focused = bool(state & flag.State_HasFocus)
        width = (2.5 if focused else 2.0) if chosen else 1.0
        inset = width / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = whole.adjusted(inset, inset, -inset, -inset)
        if chosen:
            # A line of the window's colour keeps the frame apart from a cell of its own colour.
            painter.setPen(QPen(QColor(theme.window), 1))
            inner = frame.adjusted(width - 0.5, width - 0.5, 0.5 - width, 0.5 - width)
            painter.drawRoundedRect(inner, _RADIUS - 1, _RADIUS - 1)
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.muted), width))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        self._cells = self._cells_at(index)
        self._gesture = self._edits.new_gesture()
        editor = WeightEditor(parent)
        editor.nudged.connect(self._nudge)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect = option.rect
        width, height = max(rect.width(), 76), max(rect.height(), editor.sizeHint().height())
        rect.setRect(rect.center().x() - width // 2, rect.center().y() - height // 2, width, height)
        room = self._view.viewport()
        rect.moveLeft(max(0, min(rect.left(), room.width() - width)))
        rect.moveTop(max(0, min(rect.top(), room.height() - height)))
        editor.setGeometry(rect)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, WeightEditor) or not isinstance(model, KernelTableModel):
            return
        if editor.isModified():
            self._edits.enter(self._cells, editor.text(), self._gesture)
            editor.setModified(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._edits.cancel(self._gesture)
            elif event.key() in _KEEPING and isinstance(watched, QWidget):
                # At once: Qt's own way waits, and a quick Tab has closed the field by then.
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(watched, event)

    def _nudge(self, notches: float) -> None:
        editor = self.sender()
        if isinstance(editor, WeightEditor):
            if editor.isModified():
                self.commitData.emit(editor)
            self._edits.nudge(self._cells, notches, self._gesture)
            editor.setText(localised(format_number(self._edits.weight(self._cells[0]))))
            editor.selectAll()


@lru_cache(maxsize=4)
def _border(theme: Theme) -> QPen:
    """Around every cell."""
    return QPen(QColor(theme.border), 1)
