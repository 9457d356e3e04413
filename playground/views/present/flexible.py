"""A room that asks for nothing: layouts then share by their stretch alone."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.views.widgets.small_widgets import bare


class Flexible(Guarded, QWidget):
    """Holds `widgets` one below the other; the last one takes the height that is left."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        column = bare(QVBoxLayout(self), 6)
        for widget in widgets:
            column.addWidget(widget, 1 if widget is widgets[-1] else 0)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def hasHeightForWidth(self) -> bool:
        return False
