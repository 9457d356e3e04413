"""The bar at the top: pictures in, undo and redo, how things are shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.state.undo import UndoStack
from playground.models.state.view_settings import ViewSettings
from playground.models.workbench import Workbench
from playground.views.input.picture_menus import PictureMenus
from playground.views.widgets.small_widgets import bare, button

MARGIN = 14
"""Pixels between the window's edge and what it holds, so that columns and bars line up."""


class TopBar(Guarded, QWidget):
    """Buttons for what concerns the whole window."""

    def __init__(self, workbench: Workbench, pictures: PictureMenus) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.pictures = pictures
        stack = workbench.document.undo_stack
        self.modes = ModeSwitch(workbench.settings)
        self.undo = UndoButton(stack, redo=False)
        self.redo = UndoButton(stack, redo=True)
        self.present = button(
            self.tr("Present F11"),
            self.tr("Present"),
            checkable=True,
            what=self.tr("full screen, with text for the back row. F11 goes back"),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 5, MARGIN, 5)
        row.setSpacing(6)
        for made in pictures.buttons():
            row.addWidget(made)
        row.addSpacing(10)
        row.addWidget(self.modes)
        row.addSpacing(10)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        row.addWidget(self.present)


class ModeSwitch(Guarded, QWidget):
    """Two buttons of which one is pressed."""

    def __init__(self, settings: ViewSettings) -> None:
        super().__init__()
        self.explore = button(
            self.tr("Explore"), checkable=True, what=self.tr("change the weights by hand")
        )
        self.train = button(
            self.tr("Train"), checkable=True, what=self.tr("let the network change its weights")
        )
        group = QButtonGroup(self)
        row = bare(QHBoxLayout(self), 0)
        for made in (self.explore, self.train):
            group.addButton(made)
            row.addWidget(made)
        self.explore.clicked.connect(partial(settings.set_mode, "explore"))
        self.train.clicked.connect(partial(settings.set_mode, "train"))
        settings.mode_changed.connect(self._follow)
        self._follow(settings.mode)

    def _follow(self, mode: str) -> None:
        (self.train if mode == "train" else self.explore).setChecked(True)


class UndoButton(Guarded, QToolButton):
    """Follows the undo stack; the usual keys work in the whole window."""

    def __init__(self, stack: UndoStack, *, redo: bool) -> None:
        super().__init__()
        self._stack, self._redo = stack, redo
        self._verb = self.tr("Redo") if redo else self.tr("Undo")
        keys = QKeySequence.StandardKey.Redo if redo else QKeySequence.StandardKey.Undo
        self._action = QAction(self._verb, self)
        sign = "↷" if redo else "↶"
        self._action.setIconText(f"{sign} {self._verb}")
        self._action.setShortcuts(keys)
        self._action.setWhatsThis(
            self.tr("Do again what was undone") if redo else self.tr("Undo the last change")
        )
        self._action.triggered.connect(stack.redo if redo else stack.undo)
        self.setDefaultAction(self._action)
        self.setAccessibleName(self._verb)
        stack.changed.connect(self._follow)
        self._follow()

    @property
    def action(self) -> QAction:
        """What a press does; in a menu it says what it undoes."""
        return self._action

    def _follow(self) -> None:
        stack, keys = self._stack, QKeySequence.SequenceFormat.NativeText
        entry = stack.redoText() if self._redo else stack.undoText()
        self._action.setEnabled(stack.canRedo() if self._redo else stack.canUndo())
        what = (
            f"{self._verb}: {entry}"
            if entry
            else self.tr("Nothing to {}").format(self._verb.lower())
        )
        self._action.setText(what if entry else self._verb)
        self._action.setToolTip(f"{what} ({self._action.shortcut().toString(keys)})")
