"""Everything the window can be asked for, in one table for menus, keys and the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from playground.models.guard import Guarded

Keys = QKeySequence | QKeySequence.StandardKey | Qt.Key | str


@dataclass(frozen=True)
class ActionRow:
    """One thing that can be asked for; its first key is the one that menus name."""

    id: str
    """Its name for programs, such as "view.present"."""
    text: str
    tip: str
    slot: Callable[[], object]
    keys: tuple[Keys, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    """Where macOS wants it: Quit and About stand in the menu of the application."""
    owner: QWidget | None = None
    """The widget that the keys work in; without one, in the whole window."""


class ActionTable(Guarded, QObject):
    """The actions by their ids."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(self, *rows: ActionRow, owner: QWidget | None = None) -> None:
        """Make an action of each row; its keys work from now on, in `owner` where one is given."""
        for row in rows:
            at = row.owner or owner
            made = QAction(row.text, self)
            made.setObjectName(row.id)
            made.setToolTip(row.tip)
            made.setShortcuts([QKeySequence(each) for each in row.keys])
            made.setMenuRole(row.role)
            made.triggered.connect(lambda _checked=False, slot=row.slot: slot())
            if at is not None:
                made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.adopt(row.id, made, at)

    def adopt(self, name: str, action: QAction, owner: QWidget | None = None) -> None:
        """Take in an action that something else has made."""
        self._actions[name] = action
        (owner or self._window).addAction(action)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())
