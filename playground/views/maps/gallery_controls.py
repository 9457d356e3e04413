"""The small row under the gallery: levels, colours, zoom, enlarge, save."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import ViewSettings
from playground.views.widgets.flow_layout import FlowLayout
from playground.views.widgets.small_widgets import bare, button, menu_button


class GalleryControls(Guarded, QWidget):
    """Buttons that change how all maps are shown."""

    fit_wanted = Signal()
    one_to_one_wanted = Signal()

    def __init__(self, settings: ViewSettings, menu: QMenu) -> None:
        super().__init__()
        self._settings = settings
        self.own = button(
            self.tr("Each map"),
            self.tr("Each map its own colour levels"),
            partial(settings.set_levels, "map"),
            what=self.tr("small values can be seen, too"),
            checkable=True,
        )
        self.common = button(
            self.tr("Common"),
            self.tr("Common colour levels"),
            partial(settings.set_levels, "common"),
            what=self.tr("the same colour is the same value in every map"),
            checkable=True,
        )
        self.grey = button(
            self.tr("Grey"),
            checkable=True,
            what=self.tr(
                "black is negative, white is positive, and zero is in the middle.\n"
                "Otherwise blue is negative, orange is positive, and zero is neutral"
            ),
        )
        self.grey.toggled.connect(self._choose_colours)
        self.fit = button(
            self.tr("Fit"),
            on_click=self.fit_wanted.emit,
            what=self.tr("show every map whole (0)"),
        )
        self.one_to_one = button(
            self.tr("1:1"),
            on_click=self.one_to_one_wanted.emit,
            what=self.tr("one value of a map is one pixel of the screen"),
        )
        self.enlarge = button(
            self.tr("Enlarge"),
            checkable=True,
            what=self.tr("the current map alone, beside the input (Enter; Esc goes back)"),
        )
        self.enlarge.toggled.connect(settings.set_enlarged)
        self.save = menu_button(
            self.tr("Save"), menu, self.tr("Save: copy or save the current map")
        )
        self._group = QButtonGroup(self)
        self._group.addButton(self.own)
        self._group.addButton(self.common)
        self._compose()
        settings.levels_changed.connect(self._show)
        settings.colour_map_changed.connect(self._show)
        settings.enlarged_changed.connect(self._show)
        self._show()

    def _compose(self) -> None:
        levels = QWidget()
        pair = bare(QHBoxLayout(levels), 2)
        pair.addWidget(self.own)
        pair.addWidget(self.common)
        row = FlowLayout(self, spacing=5)
        for widget in (levels, self.grey, self.fit, self.one_to_one, self.enlarge, self.save):
            row.addWidget(widget)
        for each in self.findChildren(QToolButton):
            each.setProperty("kind", "tight")

    def _choose_colours(self, grey: bool) -> None:
        self._settings.set_colour_map("grey" if grey else "diverging")

    def _show(self, _changed: object = None) -> None:
        common = self._settings.levels == "common"
        self.common.setChecked(common)
        self.own.setChecked(not common)
        self.grey.setChecked(self._settings.colour_map == "grey")
        self.enlarge.setChecked(self._settings.enlarged)
