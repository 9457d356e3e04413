"""The grid of weights that is edited: typed, nudged, dragged, copied and pasted.

Up, Down, Left, Right, Tab   move; with Shift the arrows select
typing, Enter, double click  edit; then Up and Down nudge the number, Tab goes on to the next
the wheel, Alt+Up, Alt+Down,
Page Up, Page Down           nudge by 0.1, with Shift by 1, with Ctrl by 0.01
press and drag               scrubs the value, Esc puts it back
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QToolTip,
    QWidget,
)

from playground.core.kernels.bank import Cell
from playground.models.kernels.bank_changes import writes_numbers
from playground.models.words.local_numbers import with_local_marks
from playground.views.kernel.nudging import Scrub, Wheel, key_notches
from playground.views.kernel.weight_actions import WeightActions
from playground.views.kernel.weight_hint_painter import hint_meaning, hint_words
from playground.views.widgets.small_widgets import FROZEN

_NUMBER_STARTS = frozenset("0123456789+-.,−")
"""Characters that begin to type a number; a pasted one may carry the typographic minus."""
_NUDGING_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ZEROING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_EDITING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REASON = Qt.FocusReason
_ALT = Qt.KeyboardModifier.AltModifier


class WeightGrid(WeightActions):
    """A table of weights with every way to change them."""

    def _configure(self) -> None:
        super()._configure()
        self._wheel = Wheel()
        self._scrub: Scrub | None = None
        self._delayed_press: QMouseEvent | None = None
        self._nudged: list[Cell] = []
        self._gesture = 0
        self.setAccessibleName(self.tr("Weights of the kernel"))

    def nudge(self, cells: list[Cell], notches: float) -> None:
        """Add notches to `cells`; nudges of the same cells in a row are undone together."""
        if notches and cells:
            if cells != self._nudged:
                self._nudged, self._gesture = cells, self._edits.new_gesture()
            self._edits.nudge(cells, notches, self._gesture)

    # Keys

    def event(self, event: QEvent) -> bool:
        # Otherwise the window's shortcuts, such as pasting a picture, would take these keys.
        if event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), QKeySequence.StandardKey
        nudges = event.modifiers() & _ALT or key in _NUDGING_PAGES
        if key == Qt.Key.Key_Escape and self._scrub is not None:
            self._cancel_scrub()
        elif nudges and key_notches(event):
            self.nudge(self.chosen_cells(), key_notches(event))
        elif key in _ZEROING:
            self.zero()
        elif event.matches(keys.Copy):
            self.copy()
        elif event.matches(keys.Paste):
            self.paste()
        elif key in _EDITING:
            self.enter()
        elif event.text() > " " and event.text().isprintable() and not self._is_own(event):
            # A letter is no number: it is left to the window.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes from cell to cell, and after the last one to the next control."""
        last = self.table.index(self.table.rowCount() - 1, self.table.columnCount() - 1)
        end = last if forwards else self.table.index(0, 0)
        current = self.currentIndex()
        self.setTabKeyNavigation(current.isValid() and current != end)
        return super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.point_at(self.currentIndex())
        elif event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self.table.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._nudged = []
        # A menu or another window takes the focus for a while only.
        if event.reason() not in (_REASON.PopupFocusReason, _REASON.ActiveWindowFocusReason):
            self._let_go()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self._let_go()

    def _let_go(self) -> None:
        """Point at no weight any more, unless the pointer or the focus still does."""
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self and not self.isAncestorOf(focus):
            self.point_at(self._under_pointer())

    def _under_pointer(self) -> QModelIndex:
        if not self.viewport().underMouse():
            return QModelIndex()
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos()))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        # Where a click would change the selection, wait: this may become a drag of all of it.
        chosen = self.chosen_cells()
        several = len(chosen) > 1 and self.table.cell(index) in chosen
        waits = several or event.modifiers() != Qt.KeyboardModifier.NoModifier
        self._delayed_press = event.clone() if waits else None
        if not waits:
            super().mousePressEvent(event)
        add = partial(self._edits.add, self.cells_at(index))
        self._scrub = Scrub(self._edits, event.position(), add)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scrub is None:
            if not event.buttons():
                self.point_at(self.indexAt(event.position().toPoint()))
            super().mouseMoveEvent(event)
            return
        self._scrub.move(event.position(), event.modifiers())
        if self._scrub.under_way:
            self.viewport().setCursor(Qt.CursorShape.SizeVerCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        scrub, self._scrub = self._scrub, None
        if scrub is not None and scrub.under_way:
            self.viewport().unsetCursor()
            self.setState(QAbstractItemView.State.NoState)
            return
        if scrub is not None and self._delayed_press is not None:
            super().mousePressEvent(self._delayed_press)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._scrub = None
            self.setCurrentIndex(index)
            self.enter()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.nudge(self.cells_at(index), self._wheel.notches(event))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and self.table.cell(index) not in self.chosen_cells():
            self.setCurrentIndex(index)
        if self.chosen_cells():
            self.menu().popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.point_at(self.currentIndex() if self.hasFocus() else QModelIndex())
            self._nudged = []
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.tip(index), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip(self, index: QModelIndex) -> str:
        """What a weight is, and every way to change it."""
        if not index.isValid():
            return ""
        what = index.data(Qt.ItemDataRole.ToolTipRole)
        how = with_local_marks(
            self.tr(
                "Type a number, or turn the wheel: 0.1 a notch, Shift 1, Ctrl 0.01.\n"
                "Press and drag to change it while you watch; Esc puts it back.\n"
                "Arrows and Tab move. "
                "Alt+Up and Alt+Down, or Up and Down while typing, change it.\n"
                "Select several with Shift or Ctrl: then all of them change together."
            )
        )
        return "\n".join([what, *self._said_of_training(self.table.cell(index)), how])

    def _said_of_training(self, cell: Cell) -> list[str]:
        hint = None if self._hints is None else self._hints.hint(cell)
        said = [] if hint is None else [hint_words(hint), hint_meaning()]
        if self._hints is not None and self._hints.holds(cell):
            said.insert(0, self.tr("{} Frozen: training leaves it as it is.").format(FROZEN))
        return said

    def _cancel_scrub(self) -> None:
        if self._scrub is not None:
            self._scrub.cancel()
            self._scrub = None
            self.viewport().unsetCursor()

    def _is_own(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        keys = QKeySequence.StandardKey
        if event.matches(keys.Paste):
            return self._takes_paste(QGuiApplication.clipboard().mimeData())
        copies = event.matches(keys.Copy) or event.matches(keys.SelectAll)
        own = (*_ZEROING, *_NUDGING_PAGES, *_EDITING)
        nudges = bool(event.modifiers() & _ALT) and key_notches(event) != 0
        return copies or nudges or event.key() in own or self._starts_number(event)

    def _takes_paste(self, mime: QMimeData | None) -> bool:
        """Whether the clipboard is the grid's: a spreadsheet puts a picture beside the numbers."""
        if mime is None or not mime.hasText() or mime.hasUrls():
            return False
        return not mime.hasImage() or writes_numbers(mime.text())

    def _starts_number(self, event: QKeyEvent) -> bool:
        controls = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
        return event.text()[:1] in _NUMBER_STARTS and not event.modifiers() & controls
