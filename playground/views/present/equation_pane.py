"""Input ∗ kernel = feature map, each as large as the other two allow."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.input.input_canvas import InputCanvas
from playground.views.present.flexible import Flexible
from playground.views.present.kernel_pane import KernelPane
from playground.views.present.map_pane import MapPane
from playground.views.present.scale import em
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import label

_WIDE = 1.3
"""Width in heights from which on all three stand in one line."""

_SHARES = 22, 37, 41
"""Of the width, for input, kernel and map in one line."""

_CELL = 4.75
"""Width of a weight's cell in sizes of ordinary text: two decimals, readable from afar."""

_MOST = 0.56
"""Of the width for the kernel, so that the map stays in sight."""


class EquationPane(Guarded, QWidget):
    """In one line where it is wide; else the kernel above picture and map."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        super().__init__()
        self.canvas = InputCanvas(bench.document, bench.preview, bench.settings, theming)
        self.kernel = KernelPane(bench.document, theming)
        self.map = MapPane(bench, theming)
        picture = Flexible(label(self.tr("Input"), "title"), self.canvas)
        self._parts = picture, Flexible(self.kernel), Flexible(self.map)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._wide: bool | None = None
        self._document = bench.document
        bench.document.network_changed.connect(self._give_width)
        bench.document.selection.layer_changed.connect(self._give_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > _WIDE * self.height()
        if wide != self._wide:
            self._wide = wide
            self._arrange(wide)
        self._give_width()

    def _give_width(self, _change: object = None) -> None:
        """As much as the digits of all columns need, where they stand in one line with the map."""
        needed = em(self, _CELL * self._document.conv.kernel_size[1])
        least = min(needed, round(_MOST * self.width())) if self._wide else 0
        self._grid.setColumnMinimumWidth(1, least)

    def _arrange(self, wide: bool) -> None:
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        if wide:
            for column, part in enumerate(self._parts):
                grid.addWidget(part, 0, column)
        else:
            picture, kernel, shown = self._parts
            grid.addWidget(kernel, 0, 0, 1, 2)
            grid.addWidget(picture, 1, 0)
            grid.addWidget(shown, 1, 1)
        for column, share in enumerate(_SHARES if wide else (_SHARES[0], _SHARES[2], 0)):
            grid.setColumnStretch(column, share)
        for row, share in enumerate((1, 0) if wide else (6, 5)):
            grid.setRowStretch(row, share)
