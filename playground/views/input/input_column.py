"""The equation's first term: the input, what the network gets of it, and how it is gone over."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.input.drawing_pad_view import DrawingPadView
from playground.views.input.input_view import InputView
from playground.views.input.source_bar import SourceBar
from playground.views.network.layer_settings import LayerSettings
from playground.views.theme.theming import Theming


class InputColumn(Guarded, QWidget):
    """Picture above, then what is made of it, the pad while it is drawn on, and the layer."""

    def __init__(self, workbench: Workbench, theming: Theming) -> None:
        super().__init__()
        document, settings = workbench.document, workbench.settings
        self._workbench = workbench
        self.view = InputView(document, workbench.preview, settings, theming)
        self.bar = SourceBar(document, workbench.loading)
        self.pad = DrawingPadView(workbench.pad)
        self.pad.hide()
        self.layer = LayerSettings(document)
        self.bar.draw.toggled.connect(self._show_pad)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)
        column.addWidget(self.pad, 1)
        column.addWidget(self.layer)

    def _show_pad(self, shown: bool) -> None:
        self.pad.setVisible(shown)
        if shown:
            self._workbench.pad.show()
