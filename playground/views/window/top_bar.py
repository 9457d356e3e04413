"""The bar at the top: pictures in, undo and redo, how things are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.state.undo import UndoStack
from playground.models.state.view_settings import ViewSettings
from playground.models.workbench import Workbench
from playground.views.input.picture_menus import PictureMenus
from playground.views.widgets.small_widgets import bare, button, menu_button

MARGIN = 14
"""Pixels between the window's edge and what it holds, so that columns and bars line up."""


class TopBar(Guarded, QWidget):
    """Buttons for what concerns the whole window."""

    def __init__(self, workbench: Workbench, pictures: PictureMenus) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
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
        row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        row.setSpacing(6)
        for made in pictures.buttons():
            row.addWidget(made)
        row.addSpacing(10)
        row.addWidget(self.modes)
        row.addSpacing(10)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        view, tip = self._view_menu(workbench.settings), self.tr("View: theme, colours and levels")
        row.addWidget(menu_button(self.tr("View"), view, tip))
        row.addWidget(self.present)

    def _view_menu(self, settings: ViewSettings) -> QMenu:
        menu = QMenu(self)
        themes = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        maps = {"diverging": self.tr("Blue − / orange +"), "grey": self.tr("Grey")}
        levels = {"map": self.tr("Each map its own"), "common": self.tr("One for all maps")}
        s = settings
        for title, names, current, choose, changed in (
            (self.tr("Theme"), themes, s.theme, s.set_theme, s.theme_changed),
            (self.tr("Colour map"), maps, s.colour_map, s.set_colour_map, s.colour_map_changed),
            (self.tr("Colour levels"), levels, s.levels, s.set_levels, s.levels_changed),
        ):
            menu.addMenu(ChoiceMenu(title, names, current, choose, changed, menu))  # type: ignore[arg-type]
        return menu


class ChoiceMenu(Guarded, QMenu):
    """One checked entry: the setting as it is."""

    def __init__(
        self,
        title: str,
        names: Mapping[str, str],
        current: str,
        choose: Callable[[str], None],
        changed: SignalInstance,
        parent: QWidget,
    ) -> None:
        """`choose` sets the setting to a key of `names`; `changed` says what it has become."""
        super().__init__(title, parent)
        self._choose = choose
        self._group = QActionGroup(self)
        for key, name in names.items():
            action = self._group.addAction(name)
            action.setCheckable(True)
            action.setData(key)
            self.addAction(action)
        self._follow(current)
        self._group.triggered.connect(self._chosen)
        changed.connect(self._follow)

    def _chosen(self, action: QAction) -> None:
        self._choose(action.data())

    def _follow(self, value: str) -> None:
        for action in self._group.actions():
            action.setChecked(action.data() == value)


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
        self._action = QAction("↷" if redo else "↶", self)
        self._action.setShortcuts(keys)
        self._action.triggered.connect(stack.redo if redo else stack.undo)
        self.setDefaultAction(self._action)
        self.setAccessibleName(self._verb)
        stack.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        stack, keys = self._stack, QKeySequence.SequenceFormat.NativeText
        entry = stack.redoText() if self._redo else stack.undoText()
        self._action.setEnabled(stack.canRedo() if self._redo else stack.canUndo())
        what = (
            f"{self._verb}: {entry}"
            if entry
            else self.tr("Nothing to {}").format(self._verb.lower())
        )
        self._action.setToolTip(f"{what} ({self._action.shortcut().toString(keys)})")
