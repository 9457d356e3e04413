"""The equation's first term: the input, what the network gets of it, and the drawing pad."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.models.workbench import Workbench
from playground.views.drawing_pad_view import DrawingPadView
from playground.views.input_view import InputView
from playground.views.source_bar import SourceBar
from playground.views.theming import Theming


class InputColumn(QWidget):
    """Picture above, its settings below, and the pad below these while it is drawn on."""

    def __init__(self, workbench: Workbench, theming: Theming) -> None:
        super().__init__()
        document, settings = workbench.document, workbench.settings
        self._workbench = workbench
        self.view = InputView(document, workbench.preview, settings, theming)
        self.bar = SourceBar(document, workbench.loading)
        self.pad = DrawingPadView(workbench.pad)
        self.pad.hide()
        self.bar.draw.toggled.connect(self._show_pad)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)
        column.addWidget(self.pad, 1)

    def _show_pad(self, shown: bool) -> None:
        self.pad.setVisible(shown)
        if shown:
            self._workbench.pad.show()
