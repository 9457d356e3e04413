"""A menu of exclusive choices that follows a setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from playground.models.guard import Guarded


class ChoiceMenu(Guarded, QMenu):
    """One checked entry: the setting as it is."""

    def __init__(
        self,
        title: str,
        names: Mapping[str, str],
        current: str,
        choose: Callable[[str], None],
        changed: SignalInstance,
        parent: QWidget | None = None,
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
