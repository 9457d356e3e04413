"""A button that undoes or redoes, and whose tooltip names the step."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QToolButton, QWidget

from playground.models.guard import Guarded


class UndoButton(Guarded, QToolButton):
    """Follows the undo stack; the usual keys work in the whole window."""

    def __init__(self, stack: QUndoStack, *, redo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verb = self.tr("Redo") if redo else self.tr("Undo")
        keys = QKeySequence.StandardKey.Redo if redo else QKeySequence.StandardKey.Undo
        self._action = QAction("↷" if redo else "↶", self)
        self._action.setShortcuts(keys)
        self._action.triggered.connect(stack.redo if redo else stack.undo)
        self._action.setEnabled(stack.canRedo() if redo else stack.canUndo())
        self.setDefaultAction(self._action)
        self.setAccessibleName(self._verb)
        (stack.canRedoChanged if redo else stack.canUndoChanged).connect(self._action.setEnabled)
        (stack.redoTextChanged if redo else stack.undoTextChanged).connect(self._name_step)
        self._name_step(stack.redoText() if redo else stack.undoText())

    def _name_step(self, step: str) -> None:
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        what = (
            f"{self._verb}: {step}" if step else self.tr("Nothing to {}").format(self._verb.lower())
        )
        self._action.setToolTip(f"{what} ({keys})")
