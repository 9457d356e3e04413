"""All channels of the current kernel: one at a time, or side by side."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document, NetworkChange
from playground.models.training.run.weight_hints import WeightHints
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import label

MOST_SIDE_BY_SIDE = 4


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
        self._side_by_side: list[WeightGrid] = []
        self._titles: list[QLabel] = []
        self.one = WeightGrid(document, edits, theming, hints=hints)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self.one)
        self._columns: list[QWidget] = []
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self._fill)
        self._fill()

    @property
    def grids(self) -> tuple[WeightGrid, ...]:
        """The grids that are shown, in the order of the channels."""
        return tuple(self._side_by_side) or (self.one,)

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
        if len(self._side_by_side) != (self._document.conv.channels if self.shows_all else 0):
            self._fill()

    def _fill(self, _layer: int = 0) -> None:
        """Have one grid for each channel that is to be seen."""
        names = channel_names(self._document) if self.shows_all else []
        while len(self._columns) > len(names):
            self._columns.pop().deleteLater()
            self._titles.pop()
            self._side_by_side.pop()
        while len(self._columns) < len(names):
            self._add_column()
        for title, name in zip(self._titles, names, strict=True):
            title.setText(name)
        self.one.setVisible(not names)

    def _add_column(self) -> None:
        grid = WeightGrid(
            self._document, self._edits, self._theming, len(self._columns), hints=self._hints
        )
        title = label("", "detail")
        column = QWidget()
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(1)
        stack.addWidget(title)
        stack.addWidget(grid, 1)
        self._row.addWidget(column, 1)
        self._columns.append(column)
        self._titles.append(title)
        self._side_by_side.append(grid)
