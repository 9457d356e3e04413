"""The right part of the train panel: one page at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from playground.models.workbench import Workbench
from playground.views.parts import button
from playground.views.theming import Theming
from playground.views.train.target_page import TargetPage


class Pages(QWidget):
    """Buttons above, the chosen page below."""

    def __init__(self, bench: Workbench, theming: Theming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = bench.training
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._stack = QStackedWidget()
        self.target = TargetPage(bench.training, theming)
        self._add(
            self.tr("Target"), self.tr("Target: what is to come out, and what does"), self.target
        )
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self._stack, 1)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        self._group.button(0).setChecked(True)

    def _add(self, text: str, tip: str, page: QWidget) -> None:
        made = button(text, tip, checkable=True)
        self._group.addButton(made, self._stack.count())
        self._row.addWidget(made)
        self._stack.addWidget(page)
