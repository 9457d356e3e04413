"""Explore or Train: what stands below the equation."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import ViewSettings
from playground.views.widgets.small_widgets import button


class ModeSwitch(Guarded, QWidget):
    """Two buttons of which one is pressed."""

    def __init__(self, settings: ViewSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.explore = button(
            self.tr("Explore"), self.tr("Explore: change the weights by hand"), checkable=True
        )
        self.train = button(
            self.tr("Train"), self.tr("Train: let the network change its weights"), checkable=True
        )
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for made in (self.explore, self.train):
            group.addButton(made)
            row.addWidget(made)
        self.explore.clicked.connect(partial(settings.set_mode, "explore"))
        self.train.clicked.connect(partial(settings.set_mode, "train"))
        settings.mode_changed.connect(self._follow)
        self._follow(settings.mode)

    def _follow(self, mode: str) -> None:
        (self.train if mode == "train" else self.explore).setChecked(True)
