"""Which channel's weights are seen: R, G, B or all, or a number where there are many."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.state.document import Document, NetworkChange
from playground.views.kernel.channel_grids import ChannelGrids, channel_names
from playground.views.widgets.number_field import NumberField
from playground.views.widgets.small_widgets import button


class ChannelSwitch(Guarded, QWidget):
    """Hidden for one channel; a segmented switch for a few; a spin box for more."""

    def __init__(self, document: Document, grids: ChannelGrids) -> None:
        super().__init__()
        self._document = document
        self._grids = grids
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._names: list[str] = []
        self.buttons: list[QToolButton] = []
        self.number = NumberField()
        self.number.setAccessibleName(self.tr("Channel"))
        self.number.setToolTip(self.tr("Channel: the input map that these weights multiply"))
        self.number.valueChanged.connect(self._choose_number)
        self._row.addWidget(self.number)
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self._show)
        document.selection.channel_changed.connect(self._show)
        self._show()

    def _show(self, _changed: object = None) -> None:
        names = channel_names(self._document)
        if names != self._names:
            self._names = names
            self._fill()
        channel = min(self._document.selection.channel, len(names) - 1)
        if self.buttons:
            current = len(names) if self._grids.shows_all else channel
            self.buttons[current].setChecked(True)
        self.number.blockSignals(True)
        self.number.setRange(0, len(names) - 1)
        self.number.setPrefix(self.tr("channel "))
        self.number.setSuffix(self.tr(" of {}").format(len(names)))
        self.number.setValue(channel)
        self.number.blockSignals(False)

    def _fill(self) -> None:
        for made in self.buttons:
            self._group.removeButton(made)
            made.deleteLater()
        self.buttons = []
        few = self._grids.can_show_all
        if few:
            for channel, name in enumerate(self._names):
                label = self.tr("Channel {}").format(name)
                what = self.tr("the weights for this channel of the input")
                self._add(name, label, what, partial(self._choose, channel))
            self._add(self.tr("All"), self.tr("All channels side by side"), "", self._choose_all)
        self.number.setVisible(len(self._names) > 1 and not few)
        self.setVisible(len(self._names) > 1)

    def _add(self, text: str, name: str, what: str, choose) -> None:  # type: ignore[no-untyped-def]
        made = button(text, name, choose, what=what, checkable=True)
        made.setProperty("kind", "tight")
        self._group.addButton(made)
        self._row.addWidget(made)
        self.buttons.append(made)

    def _choose(self, channel: int) -> None:
        self._grids.show_all(False)
        self._document.selection.set_channel(channel)
        self._show()

    def _choose_number(self, channel: float) -> None:
        self._choose(int(channel))

    def _choose_all(self) -> None:
        self._grids.show_all(True)
        self._show()

    def _follow_network(self, change: NetworkChange) -> None:
        if self._document.conv.channels != len(self._names):
            self._show()
