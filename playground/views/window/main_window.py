"""The window is the equation: input ∗ kernel + bias → activation = feature maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.arithmetic.arithmetic_panel import ArithmeticPanel
from playground.views.bank.bank_panel import BankPanel
from playground.views.input.input_view import InputColumn
from playground.views.input.picture_menus import PictureMenus
from playground.views.kernel.kernel_panel import KernelPanel
from playground.views.maps.map_gallery import MapGallery
from playground.views.network.network_strip import NetworkStrip, PhaseBadge
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import bare, label
from playground.views.window.keyboard import FocusRing, SpaceKey
from playground.views.window.menu_bar import MenuBar
from playground.views.window.message_bar import MessageBar
from playground.views.window.top_bar import MARGIN, TopBar
from playground.views.window.window_actions import window_actions

if TYPE_CHECKING:
    from playground.views.train.train_panel import TrainPanel

_TRAIN_ROOM, _TRAIN_SHARE = 240, 0.3
"""Pixels at least, and share of the window, that Train takes at first: the curve stays readable."""


class MainWindow(Guarded, QMainWindow):
    """Composes the panels; knows nothing of what they show."""

    def __init__(self, workbench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._workbench = workbench
        self._theming = theming
        self.setWindowTitle(self.tr("Filter Playground"))
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        pictures = PictureMenus(workbench.sources, workbench.settings, self)
        self.top_bar = TopBar(workbench, pictures)
        self.strip = NetworkStrip(workbench.document)
        self.arithmetic = ArithmeticPanel(
            workbench.document, workbench.explainer, workbench.player, theming
        )
        body = QSplitter(Qt.Orientation.Vertical)
        body.setChildrenCollapsible(False)
        body.addWidget(self._equation())
        body.addWidget(self._below())
        body.setStretchFactor(0, 5)
        body.setStretchFactor(1, 1)
        body.setSizes([1000, 200])
        self._body = body
        self._heights: list[int] = []
        self._compose(body)
        self.action_table = window_actions(self, workbench, self.top_bar, self.bank, self.maps)
        self._make_menu_bar()
        self._connect()

    def set_presenting(self, presenting: bool) -> None:
        """Fill the screen with text for the back row, or go back."""
        self._theming.set_present(presenting)
        self._make_room()
        self.menuBar().setVisible(not presenting)
        full = Qt.WindowState.WindowFullScreen
        state = self.windowState()
        self.setWindowState(state | full if presenting else state & ~full)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        moved = super().focusNextPrevChild(forwards)
        self.focus_ring.show_around(self.focusWidget())
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        self._workbench.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._workbench.sources.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._workbench.sources.take(event.mimeData(), self.tr("dropped picture"))
        event.acceptProposedAction()

    def _show_halt(self, reason: str) -> None:
        """Say why a run halted, unless Train is open: there it is said already."""
        if self._workbench.settings.mode != "train":
            self.messages.show_problem(reason)

    def _compose(self, body: QWidget) -> None:
        central = QWidget()
        column = bare(QVBoxLayout(central), 0)
        column.addWidget(self.top_bar)
        column.addWidget(self.strip)
        column.addWidget(body, 1)
        self.setCentralWidget(central)
        self.messages = MessageBar(self.strip)
        self.focus_ring = FocusRing(self, self._theming)
        SpaceKey(self)
        self.bank.view.setFocus()

    def _make_menu_bar(self) -> None:
        kernel = self.kernel.menus
        menus = {
            "recent": self.top_bar.pictures.recent,
            "presets": kernel.presets,
            "random": kernel.random,
            "operations": kernel.operations,
            "map": self.maps.menu,
        }
        self.setMenuBar(MenuBar(self.action_table, self._workbench, menus))
        self._enable_training(False)

    def _below(self) -> QWidget:
        """The arithmetic; or train mode's panel, made when it is first asked for."""
        self.below = PageStack()
        self.below.addWidget(self.arithmetic)
        self.train: TrainPanel | None = None
        return self.below

    def _set_mode(self, mode: str) -> None:
        if mode == "train" and self.train is None:
            from playground.views.train.train_panel import TrainPanel

            self.train = TrainPanel(self._workbench, self._theming)
            self.below.addWidget(self.train)
        training = mode == "train"
        self._enable_training(training)
        self._turn_to(1 if training else 0)
        if self.train is not None and self.top_bar.modes.train.hasFocus():
            self.train.take_focus()
        self._workbench.explainer.set_watched(not training)
        self._workbench.hints.set_visible(training)
        self._make_room()
        if training:
            self._workbench.player.stop()

    def _enable_training(self, training: bool) -> None:
        """In Explore no run is to be seen: none is begun or stopped there by a stray key."""
        for action in self.action_table:
            if action.objectName().startswith("train."):
                action.setEnabled(training)

    def _make_room(self) -> None:
        """Leave the panel's room to the weights where text is large and Train is open below."""
        self.kernel.set_brief(self._theming.present and self.below.currentIndex() > 0)

    def _turn_to(self, page: int) -> None:
        """Show the arithmetic or train mode, as high as it was when it was last seen."""
        if page != self.below.currentIndex():
            left = self._body.sizes()
            self.below.setCurrentIndex(page)
            room = max(_TRAIN_ROOM, round(_TRAIN_SHARE * self.height()))
            self._body.setSizes(self._heights or [self.height() - room, room])
            self._heights = left

    def _equation(self) -> QWidget:
        bench, theming = self._workbench, self._theming
        self.input = InputColumn(bench, theming)
        self.kernel = KernelPanel(bench.document, theming, bench.hints)
        self.bank = BankPanel(bench.document, theming, bench.training.freezing)
        self.maps = MapGallery(bench.document, bench.preview, bench.settings, theming)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.addWidget(_column(self.input))
        columns.addWidget(_column(self.kernel, self.bank, operator="∗", shares=(3, 2)))
        columns.addWidget(_column(self.maps, operator="="))
        for index, share in enumerate((25, 27, 48)):
            columns.setStretchFactor(index, share)
        columns.setSizes([250, 300, 450])
        columns.setObjectName("columns")
        return columns

    def _connect(self) -> None:
        bench = self._workbench
        bench.document.problem.connect(self.messages.show_problem)
        bench.training.halted.connect(self._show_halt)
        bench.settings.mode_changed.connect(self._set_mode)
        bench.loading.opened.connect(self.messages.clear)
        bench.training.task_changed.connect(self.messages.clear)
        self.maps.view.pointed_map_changed.connect(bench.explainer.set_pointed_kernel)
        bench.player.revealed_changed.connect(self.maps.set_reached)
        self.top_bar.present.toggled.connect(self.set_presenting)
        self.badge = PhaseBadge(self.strip, bench.slow)


def _column(*widgets: QWidget, operator: str = "", shares: tuple[int, ...] = (1,)) -> QWidget:
    """Stack widgets in these shares, to the right of the equation's operator."""
    column = QWidget()
    row = QHBoxLayout(column)
    row.setContentsMargins(0 if operator else MARGIN, 10, MARGIN if operator == "=" else 4, 8)
    row.setSpacing(10)
    if operator:
        row.addWidget(label(operator, "operator"), 0, Qt.AlignmentFlag.AlignVCenter)
    stack = QVBoxLayout()
    stack.setSpacing(8)
    for widget, share in zip(widgets, shares, strict=True):
        stack.addWidget(widget, share)
    row.addLayout(stack, 1)
    return column


class PageStack(Guarded, QStackedWidget):
    """Takes the room of the page that is seen; Qt's own takes that of its largest page."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().sizeHint() if page is None else page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()
