"""A button that undoes or redoes, and whose tooltip names the step."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.state.undo import UndoStack


class UndoButton(Guarded, QToolButton):
    """Follows the undo stack; the usual keys work in the whole window."""

    def __init__(self, stack: UndoStack, *, redo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack, self._redo = stack, redo
        self._verb = self.tr("Redo") if redo else self.tr("Undo")
        keys = QKeySequence.StandardKey.Redo if redo else QKeySequence.StandardKey.Undo
        self._action = QAction("↷" if redo else "↶", self)
        self._action.setShortcuts(keys)
        self._action.triggered.connect(stack.redo if redo else stack.undo)
        self.setDefaultAction(self._action)
        self.setAccessibleName(self._verb)
        stack.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        stack, keys = self._stack, QKeySequence.SequenceFormat.NativeText
        step = stack.redoText() if self._redo else stack.undoText()
        self._action.setEnabled(stack.canRedo() if self._redo else stack.canUndo())
        what = (
            f"{self._verb}: {step}" if step else self.tr("Nothing to {}").format(self._verb.lower())
        )
        self._action.setToolTip(f"{what} ({self._action.shortcut().toString(keys)})")
