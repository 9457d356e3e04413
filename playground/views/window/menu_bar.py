"""The menu bar: every action of the window, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from playground.models.guard import Guarded
from playground.models.state.presenting import PRESENTED
from playground.models.state.view_settings import ViewSettings
from playground.models.workbench import Workbench
from playground.views.window.action_table import ActionTable

_LINE = ""


class MenuBar(Guarded, QMenuBar):
    """File, Edit, Kernel, Training, View, Help."""

    def __init__(self, actions: ActionTable, bench: Workbench, menus: Mapping[str, QMenu]) -> None:
        """`menus` are those that panels have too: recent, presets, random, operations, map."""
        super().__init__()
        self._actions = actions
        self._bench = bench
        file = self._menu(self.tr("File"), "file.open", "file.samples")
        self._nest(file, menus["recent"], self.tr("Recent pictures"))
        self._fill(file, "file.paste", _LINE)
        self._nest(file, menus["map"], self.tr("Feature map"))
        self._fill(file, _LINE, "file.quit")
        self._menu(self.tr("Edit"), "edit.undo", "edit.redo", _LINE, "edit.history")
        kernel = self._menu(self.tr("Kernel"))
        self._nest(kernel, menus["presets"], self.tr("Presets"))
        self._nest(kernel, menus["random"], self.tr("Random"))
        self._nest(kernel, menus["operations"], self.tr("Operations"))
        self._fill(kernel, _LINE, "kernel.add", "kernel.duplicate", "kernel.remove")
        training = self._training = self._menu(self.tr("Training"))
        training.aboutToShow.connect(self._add_tasks)
        self._fill(training, _LINE, "train.toggle", "train.step", "train.epoch", "train.slow")
        self._fill(training, _LINE, "train.again", "train.reseed", "train.own")
        view = self._menu(self.tr("View"), "view.explore", "view.train", "view.present")
        presented = view.addMenu(self.tr("While presenting"))
        presented.setToolTipsVisible(True)
        self._fill(presented, *(f"present.{each}" for each in PRESENTED), "present.both", _LINE)
        for each in ("play", "pen", "clear", "highlight", "tools"):
            self._fill(presented, f"present.{each}")
        view.addSeparator()
        self._fill(view, "view.larger", "view.smaller", "view.usual", _LINE)
        for choice in view_choices(bench.settings, self):
            view.addMenu(choice)
        self._menu(self.tr("Help"), "help.keys", "help.about")

    def _menu(self, title: str, *names: str) -> QMenu:
        menu = self.addMenu(title)
        menu.setToolTipsVisible(True)
        self._fill(menu, *names)
        return menu

    def _fill(self, menu: QMenu, *names: str) -> None:
        for name in names:
            if name == _LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])

    def _nest(self, menu: QMenu, inner: QMenu, title: str) -> None:
        inner.setTitle(title)
        menu.addMenu(inner)

    def _add_tasks(self) -> None:
        """What can be learned, made when it is first asked for: it takes time to load."""
        from playground.views.train.controls.task_menu import TaskMenu
        from playground.views.train.controls.transfer_menu import TransferMenu

        self._training.aboutToShow.disconnect(self._add_tasks)
        first = self._training.actions()[0]
        tasks, transfer = TaskMenu(self._bench, self), TransferMenu(self._bench, self)
        for menu, title in ((tasks, self.tr("Task")), (transfer, self.tr("Transfer"))):
            menu.setTitle(title)
            self._training.insertMenu(first, menu)


def view_choices(settings: ViewSettings, parent: QWidget) -> list[QMenu]:
    """A menu for each setting of the view that is one of a few."""
    tr = parent.tr
    themes = {"system": tr("As the system"), "light": tr("Light"), "dark": tr("Dark")}
    maps = {"diverging": tr("Blue − / orange +"), "grey": tr("Grey")}
    levels = {"map": tr("Each map its own"), "common": tr("One for all maps")}
    s = settings
    return [
        ChoiceMenu(title, names, current, choose, changed, parent)  # type: ignore[arg-type]
        for title, names, current, choose, changed in (
            (tr("Theme"), themes, s.theme, s.set_theme, s.theme_changed),
            (tr("Colour map"), maps, s.colour_map, s.set_colour_map, s.colour_map_changed),
            (tr("Colour levels"), levels, s.levels, s.set_levels, s.levels_changed),
        )
    ]


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
