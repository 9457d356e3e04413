"""The panel of the current kernel: its weights and bias to edit, and what can be done to it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document, NetworkChange
from playground.models.training.run.weight_hints import WeightHints
from playground.models.words import kernel_words
from playground.views.kernel.bias_field import BiasField
from playground.views.kernel.channel_grids import MOST_SIDE_BY_SIDE, ChannelGrids, ChannelSwitch
from playground.views.kernel.kernel_menus import KernelMenus
from playground.views.kernel.kernel_overview import KernelOverview
from playground.views.kernel.size_button import SizeButton
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.theme.theming import Theming
from playground.views.widgets.flow_layout import FlowLayout
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import bare, button, label, menu_button
from playground.views.widgets.throttle import Throttle


class KernelPanel(Guarded, QWidget):
    """Header, weight grids, bias and size, operations, figures."""

    def __init__(
        self,
        document: Document,
        theming: Theming,
        hints: WeightHints | None = None,
    ) -> None:
        super().__init__()
        self._document = document
        self.edits = KernelEdits(document, self)
        self.title = label("", "title")
        # A long name gives way before it widens the column.
        self.title.setMinimumWidth(60)
        self.detail = QuietLabel(theming, align=Qt.AlignmentFlag.AlignRight)
        self.grids = ChannelGrids(document, self.edits, theming, hints=hints)
        self.overview = KernelOverview(document, theming)
        self.axes = QuietLabel(theming)
        self.axes.setText(self.tr("kernels ↓  channels →"))
        self.channels = ChannelSwitch(document, self.grids)
        self.bias = BiasField(document, self.edits)
        self.size_button = SizeButton(document, self.edits)
        self.menus = KernelMenus(self.edits, self._place_of_buttons, self)
        self.figures = QuietLabel(theming, lines=2)
        self._summed: np.ndarray | None = None
        self._sums = Throttle(self._show_figures, self)
        self._compose()
        document.network_changed.connect(self._follow_network)
        selection = document.selection
        selection.kernel_changed.connect(self._show)
        selection.kernels_changed.connect(self._show)
        selection.layer_changed.connect(self._show)
        self._show()

    @property
    def grid(self) -> WeightGrid:
        """The grid of the selected channel."""
        grids = self.grids.grids
        return grids[min(self._document.selection.channel, len(grids) - 1)]

    def set_brief(self, brief: bool) -> None:
        """Leave the room to the weights: no operations, no figures."""
        for widget in (*self.flow_buttons, self.figures):
            widget.setVisible(not brief)

    def sizeHint(self) -> QSize:
        return QSize(320, 380)

    def _compose(self) -> None:
        column = bare(QVBoxLayout(self), 5)
        header = QHBoxLayout()
        header.addWidget(self.title)
        header.addWidget(self.detail, 1)
        column.addLayout(header)
        column.addLayout(self._weights(), 1)
        self.tools_room = bare(QVBoxLayout(), 0)
        self.tools = QWidget()
        """What changes the kernel beside its cells: bias, size, channels, operations."""
        tools = bare(QVBoxLayout(self.tools), 5)
        tools.addLayout(self._numbers())
        tools.addLayout(self._operations())
        self.tools_room.addWidget(self.tools)
        column.addLayout(self.tools_room)
        column.addWidget(self.figures)

    def _weights(self) -> QHBoxLayout:
        """The overview of many channels beside the grid of one."""
        # A widget, not a layout: a hidden widget gives up its stretch, an empty layout does not.
        self._channels_side = QWidget()
        stack = bare(QVBoxLayout(self._channels_side), 1)
        stack.addWidget(self.axes)
        stack.addWidget(self.overview, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._channels_side, 1)
        row.addWidget(self.grids, 1)
        return row

    def _numbers(self) -> FlowLayout:
        flow = FlowLayout(spacing=5)
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 3, 0)
        row.setSpacing(5)
        row.addWidget(label(self.tr("Bias"), "detail", self.bias.toolTip()))
        row.addWidget(self.bias)
        for widget in (pair, self.size_button, self.channels):
            flow.addWidget(widget)
        return flow

    def _operations(self) -> FlowLayout:
        edits, menus = self.edits, self.menus
        self.presets = menu_button(
            self.tr("Presets"), menus.presets, self.tr("Presets: well-known kernels by family")
        )
        self.random = menu_button(
            self.tr("Random"),
            menus.random,
            self.tr("Random: the numbers a network starts from, before training"),
        )
        self.flip = button(
            self.tr("Flip"), on_click=edits.flip_horizontal, what=self.tr("left to right")
        )
        self.rotate = button(
            self.tr("Turn"), on_click=edits.rotate90, what=self.tr("clockwise by 90°")
        )
        self.normalise = button(
            self.tr("Σ→1"),
            self.tr("Divide by the sum, so that flat areas keep their brightness"),
            edits.normalise,
        )
        self.more = menu_button("⋯", menus.operations, self.tr("More operations on the kernel"))
        self.more.setAccessibleName(self.tr("More operations"))
        self.flow_buttons: tuple[QToolButton, ...] = (
            self.presets, self.random, self.flip, self.rotate, self.normalise, self.more,
        )  # fmt: skip
        flow = FlowLayout(spacing=3)
        for made in self.flow_buttons:
            made.setProperty("kind", "tight")
            flow.addWidget(made)
        self.more.setProperty("kind", "icon")
        return flow

    def _place_of_buttons(self) -> QRect:
        """Where popovers open: under the row of operations."""
        first = self.presets
        return QRect(first.mapToGlobal(first.rect().topLeft()), first.size())

    def _follow_network(self, change: NetworkChange) -> None:
        layer = self._document.selection.layer
        before, after = change.before.layers[layer : layer + 1], change.after.layers[layer]
        if before and before[0] is not after:
            self._show()

    def _show(self, _changed: object = None) -> None:
        """Say what the current kernel is."""
        conv, selection = self._document.conv, self._document.selection
        self._channels_side.setVisible(conv.channels > MOST_SIDE_BY_SIDE)
        kernel = min(selection.kernel, conv.filters - 1)
        title = kernel_words.title(conv, kernel)
        if title != self.title.text():
            self.title.setText(title)
            self.title.setToolTip(conv.names[kernel])
        chosen = len(selection.kernels)
        self.detail.setText(
            kernel_words.count(conv, chosen), kernel_words.short_count(conv, chosen)
        )
        weights = conv.kernel[..., kernel]
        if self._summed is None or not np.array_equal(weights, self._summed):
            self._sums.want()

    def _show_figures(self) -> None:
        conv = self._document.conv
        self._summed = conv.kernel[..., min(self._document.selection.kernel, conv.filters - 1)]
        words = kernel_words.figures(self._summed)
        self.figures.setText(words)
        self.figures.setToolTip(words)
