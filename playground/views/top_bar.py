"""The bar at the top: pictures in, undo and redo, how things are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from playground.models.view_settings import ViewSettings
from playground.models.workbench import Workbench
from playground.views.parts import button, menu_button
from playground.views.picture_menus import PictureMenus


class TopBar(QWidget):
    """Buttons for what concerns the whole window."""

    def __init__(self, workbench: Workbench, pictures: PictureMenus) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(6)
        for made in pictures.buttons():
            row.addWidget(made)
        row.addSpacing(14)
        row.addWidget(self._undo_button(workbench.document.undo_stack, redo=False))
        row.addWidget(self._undo_button(workbench.document.undo_stack, redo=True))
        row.addStretch(1)
        row.addWidget(menu_button(self.tr("View"), self._view_menu(workbench.settings)))
        self.present = button(
            self.tr("Present F11"),
            self.tr("Present: full screen, with text for the back row. F11 goes back"),
            checkable=True,
        )
        row.addWidget(self.present)

    def _undo_button(self, stack: QUndoStack, *, redo: bool) -> QToolButton:
        action = QAction("↷" if redo else "↶", self)
        action.setShortcuts(
            QKeySequence.StandardKey.Redo if redo else QKeySequence.StandardKey.Undo
        )
        verb = self.tr("Redo") if redo else self.tr("Undo")
        changed = stack.redoTextChanged if redo else stack.undoTextChanged

        def follow(step: str) -> None:
            action.setToolTip(f"{verb}: {step}" if step else self.tr("{} nothing").format(verb))

        follow("")
        changed.connect(follow)
        can = stack.canRedoChanged if redo else stack.canUndoChanged
        can.connect(action.setEnabled)
        action.setEnabled(False)
        action.triggered.connect(stack.redo if redo else stack.undo)
        made = QToolButton()
        made.setDefaultAction(action)
        made.setAccessibleName(verb)
        return made

    def _view_menu(self, settings: ViewSettings) -> QMenu:
        menu = QMenu(self)
        self._choices(
            menu,
            self.tr("Theme"),
            {
                "system": self.tr("As the system"),
                "light": self.tr("Light"),
                "dark": self.tr("Dark"),
            },
            settings.theme,
            settings.set_theme,
            settings.theme_changed,
        )
        self._choices(
            menu,
            self.tr("Colour map"),
            {"diverging": self.tr("Blue − / orange +"), "grey": self.tr("Grey")},
            settings.colour_map,
            settings.set_colour_map,
            settings.colour_map_changed,
        )
        self._choices(
            menu,
            self.tr("Colour levels"),
            {"map": self.tr("Each map its own"), "common": self.tr("One for all maps")},
            settings.levels,
            settings.set_levels,
            settings.levels_changed,
        )
        return menu

    def _choices(self, menu, title, names, current, choose, changed) -> None:  # type: ignore[no-untyped-def]
        """A submenu of exclusive choices that follows the setting."""
        submenu = menu.addMenu(title)
        group = QActionGroup(submenu)
        for key, name in names.items():
            action = group.addAction(name)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.setData(key)
            submenu.addAction(action)

        def follow(value: str) -> None:
            for action in group.actions():
                action.setChecked(action.data() == value)

        group.triggered.connect(lambda action: choose(action.data()))
        changed.connect(follow)
