"""What can be done to a layer: the menus of the network strip."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from playground.core.layers import LAYER_KINDS, LayerKind
from playground.models.guard import Guarded
from playground.models.network.network_edits import NetworkEdits, translated
from playground.models.state.document import Document
from playground.views.widgets.small_widgets import add_entry


class LayerMenus(Guarded, QObject):
    """Makes the menus and carries out what is chosen in them."""

    def __init__(self, document: Document, edits: NetworkEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._edits = edits
        self._window = parent
        self._aimed = 0
        self.kinds = QMenu(parent)
        self.kinds.setToolTipsVisible(True)
        self._fill_kinds(self.kinds, None)

    def aim(self, layer: int) -> None:
        """Let `kinds` add behind `layer`."""
        self._aimed = layer

    def about(self, layer: int) -> QMenu:
        """What can be done to `layer`; the menu is gone when it is closed."""
        menu, edits = QMenu(self._window), self._edits
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill_kinds(menu.addMenu(self.tr("Add behind")), layer)
        self._add_settings(menu, layer)
        menu.addSeparator()
        last = len(self._document.network.layers) - 1
        left = partial(edits.move_layer, layer, layer - 1)
        add_entry(menu, self.tr("Move to the left\tCtrl+Left"), "", left).setEnabled(layer > 0)
        right = partial(edits.move_layer, layer, layer + 1)
        add_entry(menu, self.tr("Move to the right\tCtrl+Right"), "", right).setEnabled(
            layer < last
        )
        removable = self._document.network.convs != (layer,)
        remove = partial(edits.remove_layer, layer)
        add_entry(menu, self.tr("Remove\tDel"), "", remove).setEnabled(removable)
        menu.addSeparator()
        what = self.tr("Weights that fit are kept, and missing ones are drawn at random")
        add_entry(menu, self.tr("Fit weights to what comes in"), what, edits.refit)
        return menu

    def _fill_kinds(self, menu: QMenu, layer: int | None) -> None:
        section = None
        for kind in LAYER_KINDS.values():
            if kind.fresh is None:
                continue
            if section not in (None, kind.section):
                menu.addSeparator()
            section = kind.section
            name, tip = translated(kind.name), translated(kind.tip)
            add_entry(menu, name, tip, partial(self._add, kind, layer)).setData(kind.key)

    def _add(self, kind: LayerKind, layer: int | None) -> None:
        network = self._document.network
        behind = self._aimed if layer is None else layer
        if kind.convolves and behind in network.convs:
            # A convolution's activation and pooling stay with it.
            behind = len(network.through_block(behind)) - 1
        self._edits.add_layer(kind.key, behind)

    def _add_settings(self, menu: QMenu, layer: int) -> None:
        setting = self._edits.setting(layer)
        if setting is None:
            return
        numbers = menu.addMenu(translated(setting.name))
        current = getattr(self._document.network.layers[layer], setting.field)
        for number in sorted({*setting.choices, current}):
            choose = partial(self._edits.change_setting, layer, number)
            entry = add_entry(numbers, f"{number:g}", "", choose)
            entry.setCheckable(True)
            entry.setChecked(number == current)
