"""The window is the equation: input ∗ kernel + bias → activation = feature maps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from playground.models.workbench import Workbench
from playground.views.arithmetic_panel import ArithmeticPanel
from playground.views.bank_panel import BankPanel
from playground.views.input_view import InputView
from playground.views.kernel_panel import KernelPanel
from playground.views.layer_settings import LayerSettings
from playground.views.map_gallery import MapGallery
from playground.views.message_bar import MessageBar
from playground.views.network_strip import NetworkStrip
from playground.views.parts import label
from playground.views.theming import Theming
from playground.views.top_bar import TopBar

_MARGIN = 14


class MainWindow(QMainWindow):
    """Composes the panels; knows nothing of what they show."""

    def __init__(self, workbench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._workbench = workbench
        self._theming = theming
        self.setWindowTitle(self.tr("Filter Playground"))
        self.setMinimumSize(960, 600)
        self.top_bar = TopBar(workbench, theming)
        self.strip = NetworkStrip(workbench.document)
        self.messages = MessageBar()
        self.arithmetic = ArithmeticPanel(
            workbench.document, workbench.explainer, workbench.player, theming
        )
        body = QSplitter(Qt.Orientation.Vertical)
        body.addWidget(self._equation())
        body.addWidget(self.arithmetic)
        body.setStretchFactor(0, 1)
        body.setChildrenCollapsible(False)
        self._compose(body)
        workbench.document.problem.connect(self.messages.show_problem)
        workbench.loading.opened.connect(self.messages.clear)
        self._add_shortcuts()

    def toggle_present(self) -> None:
        """Fill the screen with text for the back row, or go back."""
        self._theming.set_present(not self._theming.present)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._workbench.close()
        super().closeEvent(event)

    def _compose(self, body: QWidget) -> None:
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top_bar, self.strip, self.messages):
            column.addWidget(widget)
        column.addWidget(body, 1)
        self.setCentralWidget(central)

    def _equation(self) -> QWidget:
        bench, theming = self._workbench, self._theming
        self.input = InputView(bench.document, bench.preview, bench.settings, theming)
        self.kernel = KernelPanel(bench.document, theming)
        self.layer = LayerSettings(bench.document)
        self.bank = BankPanel(bench.document, theming)
        self.maps = MapGallery(bench.document, bench.preview, bench.settings, theming)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.addWidget(_column(self.input))
        columns.addWidget(_column(self.kernel, self.layer, self.bank, operator="∗"))
        columns.addWidget(_column(self.maps, operator="="))
        for index, share in enumerate((26, 27, 47)):
            columns.setStretchFactor(index, share)
        columns.setSizes([260, 270, 470])
        return columns

    def _add_shortcuts(self) -> None:
        QShortcut(QKeySequence(Qt.Key.Key_F11), self, self.toggle_present)


def _column(*widgets: QWidget, operator: str = "") -> QWidget:
    """Widgets above each other, with the equation's operator at their left."""
    column = QWidget()
    row = QHBoxLayout(column)
    row.setContentsMargins(_MARGIN if not operator else 0, 10, _MARGIN if operator == "=" else 0, 8)
    row.setSpacing(10)
    if operator:
        row.addWidget(label(operator, "operator"), 0, Qt.AlignmentFlag.AlignVCenter)
    stack = QVBoxLayout()
    stack.setSpacing(8)
    for widget in widgets:
        stack.addWidget(widget, 1 if widget is widgets[0] or widget is widgets[-1] else 0)
    row.addLayout(stack, 1)
    return column
