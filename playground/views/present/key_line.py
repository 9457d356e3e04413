"""The line below a presentation: which key shows what, to be read, pressed or clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from playground.models.guard import Guarded


class Key(NamedTuple):
    """What a key does, the key as it is written, and a word for it."""

    action: QAction
    keys: str
    word: str


class KeyLine(Guarded, QWidget):
    """A button for each key."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, QPushButton] = {}
        """By the ids of their actions."""
        self._marked: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(0)
        self._row.addStretch(1)

    def add(self, key: Key) -> None:
        """One more at the end."""
        made = QPushButton()
        made.setProperty("kind", "plain")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setText(f"{key.keys} {key.word}")
        made.setAccessibleName(key.action.text())
        made.setToolTip(key.action.toolTip())
        made.clicked.connect(lambda _checked=False: self._trigger(key.action))
        self.buttons[key.action.objectName()] = made
        self._row.insertWidget(len(self.buttons) - 1, made)

    def mark(self, names: Sequence[str]) -> None:
        """Show which actions hold now, by their ids."""
        self._marked = tuple(names)
        for name, made in self.buttons.items():
            # One that cannot be checked would keep the look of what it was before.
            made.setCheckable(True)
            made.setChecked(name in names)
            made.setCheckable(name in names)

    def _trigger(self, action: QAction) -> None:
        action.trigger()
        self.mark(self._marked)  # A click marks nothing by itself.
