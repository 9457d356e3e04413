"""The weights of the current kernel, so large that the back row reads them: all can be changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from playground.core.specs import ACTIVATION_NAMES
from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.models.words import kernel_words
from playground.views.kernel.channel_grids import MOST_SIDE_BY_SIDE, channel_names
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.present.scale import em, weight_sizes
from playground.views.theme.theming import Theming
from playground.views.widgets.cell_text import plain_style
from playground.views.widgets.small_widgets import bare, label

_CELL = 4.0, 1.9
"""A cell that holds the digits of a weight, (width, height) in sizes of ordinary text."""


class KernelPane(Guarded, QWidget):
    """A grid for each channel where all have room; else the selected channel's."""

    def __init__(self, document: Document, theming: Theming) -> None:
        super().__init__()
        self._document, self._theming = document, theming
        self._edits = KernelEdits(document, self)
        self.title = label("", "title")
        self.title.setWordWrap(True)
        self.below = label("")
        self.below.setWordWrap(True)
        self.grids: list[WeightGrid] = []
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(6)
        column = bare(QVBoxLayout(self), 6)
        column.addWidget(self.title)
        column.addLayout(self._box, 1)
        column.addWidget(self.below)
        selection = document.selection
        for signal in (
            document.network_changed,
            selection.layer_changed,
            selection.kernel_changed,
            selection.channel_changed,
        ):
            signal.connect(self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _show(self, _changed: object = None) -> None:
        if not self.isVisible():
            return  # A run that goes on unseen is not written here.
        document = self._document
        conv, names = document.conv, channel_names(document)
        kernel = min(document.selection.kernel, conv.filters - 1)
        channels = self._channels()
        title = kernel_words.title(conv, kernel)
        if len(channels) < conv.channels:
            which = self.tr("channel {} of {}")
            title += " · " + which.format(names[channels[0]], conv.channels)
        self.title.setText(title)
        self._fill(channels, names)
        block = document.block
        bias = float(conv.bias[kernel])
        text = self.tr("+ bias {}").format(plain_style([bias])(bias))
        if block.activation.name != "none":
            text += f" → {ACTIVATION_NAMES[block.activation.name]}"
        self.below.setText(text)

    def _channels(self) -> list[int]:
        """All of them where their digits have room beside or below each other."""
        conv = self._document.conv
        selected = [min(self._document.selection.channel, conv.channels - 1)]
        if not 1 < conv.channels <= MOST_SIDE_BY_SIDE:
            return selected
        room = self._box.geometry().size()
        rows, columns = conv.kernel_size
        width, height = em(self, _CELL[0] * columns), em(self, _CELL[1] * rows + 1.5)
        direction = QBoxLayout.Direction
        if room.width() >= conv.channels * width and room.height() >= height:
            self._box.setDirection(direction.LeftToRight)
        elif room.height() >= conv.channels * height and room.width() >= width:
            self._box.setDirection(direction.TopToBottom)
        else:
            return selected
        return list(range(conv.channels))

    def _fill(self, channels: list[int], names: list[str]) -> None:
        """Have a grid for each of these channels, with its name where there are several."""
        wanted = channels if len(channels) > 1 else [-1]
        if [grid.property("channel") for grid in self.grids] != wanted:
            while self._box.count():
                self._box.takeAt(0).widget().deleteLater()  # type: ignore[union-attr]
            self.grids = [self._add(channel, names) for channel in wanted]
        for grid in self.grids:
            grid.set_digit_sizes(weight_sizes(self))

    def _add(self, channel: int, names: list[str]) -> WeightGrid:
        whole = QWidget()
        column = bare(QVBoxLayout(whole), 0)
        one = None if channel < 0 else channel
        grid = WeightGrid(self._document, self._edits, self._theming, one)
        grid.setProperty("channel", channel)
        if one is not None:
            column.addWidget(label(names[one], "detail"))
        column.addWidget(grid, 1)
        self._box.addWidget(whole, 1)
        return grid
