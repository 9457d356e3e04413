"""Rows of chips that take the height they need, and scroll where there is less."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from playground.models.guard import Guarded
from playground.views.widgets.flow_layout import FlowLayout

_SPACING = 5


class ChipRows(Guarded, QScrollArea):
    """Chips beside each other, in as many rows as the width asks for; at least two are seen."""

    def __init__(self, chips: Iterable[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        self._flow = FlowLayout(content, spacing=_SPACING)
        for chip in chips:
            self._flow.addWidget(chip)
        self.setProperty("kind", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidgetResizable(True)
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(self._flow.minimumSize().width(), self._flow.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        least = self._flow.minimumSize()
        two_rows = 2 * least.height() + _SPACING
        return QSize(least.width(), min(two_rows, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
