"""The channels of the current kernel: one at a time or side by side, and what chooses them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document, NetworkChange
from playground.models.training.run.weight_hints import WeightHints
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.theme.theming import Theming
from playground.views.widgets.number_field import NumberField
from playground.views.widgets.small_widgets import bare, button, label

MOST_SIDE_BY_SIDE = 4
"""More grids beside each other would leave too little room for their numbers."""


def channel_names(document: Document) -> list[str]:
    """R, G and B for a colour picture's channels, numbers for those of a later layer."""
    channels = document.conv.channels
    if channels == 3 and document.selection.layer == 0:
        return ["R", "G", "B"]
    return [str(channel) for channel in range(channels)]


class ChannelGrids(Guarded, QWidget):
    """The weight grids: of the selected channel, or of all where they are few."""

    def __init__(
        self,
        document: Document,
        edits: KernelEdits,
        theming: Theming,
        hints: WeightHints | None = None,
    ) -> None:
        super().__init__()
        self._document = document
        self._hints = hints
        self._edits = edits
        self._theming = theming
        self._all = True
        self._columns: list[tuple[QWidget, QLabel, WeightGrid]] = []
        self.one = WeightGrid(document, edits, theming, hints=hints)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._row = bare(QHBoxLayout(self), 6)
        self._row.addWidget(self.one)
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self._fill)
        self._fill()

    @property
    def grids(self) -> tuple[WeightGrid, ...]:
        """The grids that are shown, in the order of the channels."""
        return tuple(grid for _, _, grid in self._columns) or (self.one,)

    @property
    def can_show_all(self) -> bool:
        """Whether there are several channels, and few enough to stand side by side."""
        return 1 < self._document.conv.channels <= MOST_SIDE_BY_SIDE

    @property
    def shows_all(self) -> bool:
        """Whether all channels stand side by side."""
        return self._all and self.can_show_all

    def show_all(self, wanted: bool) -> None:
        """Show all channels, or only the selected one."""
        self._all = wanted
        self._fill()

    def sizeHint(self) -> QSize:
        return QSize(300, 168)

    def _follow_network(self, change: NetworkChange) -> None:
        if len(self._columns) != (self._document.conv.channels if self.shows_all else 0):
            self._fill()

    def _fill(self, _layer: int = 0) -> None:
        """Have one grid for each channel that is to be seen."""
        names = channel_names(self._document) if self.shows_all else []
        while len(self._columns) > len(names):
            self._columns.pop()[0].deleteLater()
        while len(self._columns) < len(names):
            self._add_column()
        for (_, title, _), name in zip(self._columns, names, strict=True):
            title.setText(name)
        self.one.setVisible(not names)

    def _add_column(self) -> None:
        grid = WeightGrid(
            self._document, self._edits, self._theming, len(self._columns), hints=self._hints
        )
        title = label("", "detail")
        column = QWidget()
        stack = bare(QVBoxLayout(column), 1)
        stack.addWidget(title)
        stack.addWidget(grid, 1)
        self._row.addWidget(column, 1)
        self._columns.append((column, title, grid))


class ChannelSwitch(Guarded, QWidget):
    """Chooses the channel that is seen: buttons for a few, a number field for more; else hidden."""

    def __init__(self, document: Document, grids: ChannelGrids) -> None:
        super().__init__()
        self._document = document
        self._grids = grids
        self._row = bare(QHBoxLayout(self), 2)
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
        blocker = QSignalBlocker(self.number)
        self.number.setRange(0, len(names) - 1)
        self.number.setPrefix(self.tr("channel "))
        self.number.setSuffix(self.tr(" of {}").format(len(names)))
        self.number.setValue(channel)
        blocker.unblock()

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

    def _add(self, text: str, name: str, what: str, choose: Callable[[], None]) -> None:
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
