"""The bar at the top: pictures in, undo and redo, how things are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import ViewSettings
from playground.models.workbench import Workbench
from playground.views.input.picture_menus import PictureMenus
from playground.views.widgets.small_widgets import button, menu_button
from playground.views.window.choice_menu import ChoiceMenu
from playground.views.window.mode_switch import ModeSwitch
from playground.views.window.undo_button import UndoButton


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
            self.tr("Present: full screen, with text for the back row. F11 goes back"),
            checkable=True,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(6)
        for made in pictures.buttons():
            row.addWidget(made)
        row.addSpacing(10)
        row.addWidget(self.modes)
        row.addSpacing(10)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        row.addWidget(
            menu_button(
                self.tr("View"),
                self._view_menu(workbench.settings),
                self.tr("View: theme, colours and levels"),
            )
        )
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
        for title, names, current, choose, changed in (
            (self.tr("Theme"), themes, settings.theme, settings.set_theme, settings.theme_changed),
            (
                self.tr("Colour map"),
                maps,
                settings.colour_map,
                settings.set_colour_map,
                settings.colour_map_changed,
            ),
            (
                self.tr("Colour levels"),
                levels,
                settings.levels,
                settings.set_levels,
                settings.levels_changed,
            ),
        ):
            menu.addMenu(ChoiceMenu(title, names, current, choose, changed, menu))  # type: ignore[arg-type]
        return menu
