"""The window is the equation: input ∗ kernel + bias → activation = feature maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import Mode
from playground.models.workbench import Workbench
from playground.views.arithmetic.arithmetic_panel import ArithmeticPanel
from playground.views.bank.bank_panel import BankPanel
from playground.views.input.input_view import InputColumn
from playground.views.input.picture_menus import PictureMenus
from playground.views.kernel.kernel_panel import KernelPanel
from playground.views.maps.map_gallery import MapGallery
from playground.views.network.network_strip import NetworkStrip
from playground.views.network.strip_phases import StripPhases
from playground.views.present.present_view import PresentView
from playground.views.theme.theming import Theming
from playground.views.widgets.focus_ring import FocusRing
from playground.views.widgets.small_widgets import bare
from playground.views.window.columns import Columns
from playground.views.window.keyboard import SpaceKey
from playground.views.window.menu_bar import MenuBar
from playground.views.window.message_bar import MessageBar
from playground.views.window.present_actions import add_present_actions, key_line
from playground.views.window.presentation import Presentation, Tools
from playground.views.window.top_bar import TopBar
from playground.views.window.window_actions import window_actions
from playground.views.window.window_place import PlacedWindow

if TYPE_CHECKING:
    from playground.views.train.train_panel import TrainPanel


class MainWindow(Guarded, PlacedWindow):
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
        self.train: TrainPanel | None = None
        self._train_rows: list[int] = []
        body = QSplitter(Qt.Orientation.Vertical)
        body.setChildrenCollapsible(False)
        self.columns = self._equation()
        body.addWidget(self.columns)
        body.addWidget(self.arithmetic)
        body.setStretchFactor(0, 5)
        body.setStretchFactor(1, 1)
        body.setSizes([1000, 200])
        self._body = body
        self._compose(body)
        self.action_table = window_actions(self, workbench, self.top_bar, self.bank, self.maps)
        self._make_presentation()
        self._make_menu_bar()
        self._connect()

    def set_presenting(self, presenting: bool) -> None:
        """Fill the screen with one view or two for the back row, or go back."""
        if presenting == self.presentation.active:
            return
        self.menuBar().setVisible(not presenting)
        full = Qt.WindowState.WindowFullScreen
        state = self.windowState()
        self.setWindowState(state | full if presenting else state & ~full)
        if presenting:
            self._body.hide()
            self.maps.view.forget()
            self.presentation.begin(self._lent())
        else:
            self.presentation.end()
            self._body.show()
            self.bank.view.setFocus()
        self._enable_training()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        moved = super().focusNextPrevChild(forwards)
        self.focus_ring.show_around(self.focusWidget())
        return moved

    def shares(self) -> dict[str, list[int]]:
        """How the window's parts share it, by name."""
        widths = {f"columns in {mode}": sizes for mode, sizes in self.columns.widths().items()}
        # Without the arithmetic there is nothing to share the height with.
        heights = {} if self.arithmetic.isHidden() else {"rows in explore": self._body.sizes()}
        if self._train_rows:
            heights["rows in train"] = self._train_rows
        if self.train is not None and self.train.isVisible():
            heights["rows in train"] = self.train.rows.sizes()
        return {**widths, **heights}

    def set_shares(self, shares: Mapping[str, Sequence[int]]) -> None:
        """Share the window as an earlier one was shared."""
        widths = {mode: shares.get(f"columns in {mode}", ()) for mode in ("explore", "train")}
        self.columns.set_widths({mode: list(sizes) for mode, sizes in widths.items()})
        if heights := shares.get("rows in explore"):
            self._body.setSizes(list(heights))
        self._train_rows = list(shares.get("rows in train", ()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.train is not None:
            self.train.pages.bring_all_back()
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
        central = self._central = QWidget()
        column = self._whole = bare(QVBoxLayout(central), 0)
        column.addWidget(self.top_bar)
        column.addWidget(self.strip)
        column.addWidget(body, 1)
        self.setCentralWidget(central)
        self.messages = MessageBar(self.strip)
        self.focus_ring = FocusRing(self, self._theming)
        SpaceKey(self)
        self.bank.view.setFocus()

    def _make_presentation(self) -> None:
        bench, central = self._workbench, self._central
        view = PresentView(bench, self._theming, central)
        present = self.top_bar.present
        begin = partial(present.setChecked, True)
        add_present_actions(self.action_table, bench, begin, view)
        for key in key_line(self.action_table):
            view.keys.add(key)
        view.left.connect(partial(present.setChecked, False))
        self.presentation = Presentation(bench, view, Tools(bench, self._theming, central), central)

    def _lent(self) -> list[tuple[QVBoxLayout, QWidget]]:
        """What stands at the upper edge of a presentation."""
        lent: list[tuple[QVBoxLayout, QWidget]] = [
            (self._whole, self.top_bar),
            (self._whole, self.strip),
            (self.kernel.tools_room, self.kernel.tools),
        ]
        if self.train is not None and self._workbench.settings.mode == "train":
            lent.append((self.train.setup_room, self.train.setup_controls))
            lent.append((self._whole, self.train.bar))
        return lent

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
        self._enable_training()

    def _set_mode(self, mode: Mode) -> None:
        training, presenting = mode == "train", self.presentation.active
        if presenting:  # Another mode has other tools.
            self.presentation.give_back()
        if training and self.train is None:
            from playground.views.train.train_panel import TrainPanel

            self.train = TrainPanel(self._workbench, self._theming)
            self._whole.addWidget(self.train.bar)
            if self._train_rows:
                self.train.rows.setSizes(self._train_rows)
        self._enable_training()
        self.arithmetic.setVisible(not training)
        self.columns.arrange(mode, self.train)
        if self.train is not None:
            self.train.bar.setVisible(training)
            if self.top_bar.modes.train.hasFocus():
                self.train.take_focus()
        self._workbench.explainer.set_watched(not training)
        self._workbench.hints.set_visible(training)
        self.phases.set_visible(training)
        self.kernel.set_brief(training)
        if training:
            self._workbench.player.stop()
        if presenting:
            self.presentation.lend(self._lent())

    def _enable_training(self) -> None:
        """In Explore no run is to be seen: none is begun or stopped there by a stray key.

        One's own kernels are missed there too, and no key brings them back.
        """
        training = self._workbench.settings.mode == "train"
        for action in self.action_table:
            if action.objectName().startswith("train.") and action.objectName() != "train.own":
                action.setEnabled(training)
        if self.presentation.active:  # There Space is a key of its own.
            self.action_table["train.toggle"].setEnabled(False)

    def _equation(self) -> Columns:
        bench, theming = self._workbench, self._theming
        self.input = InputColumn(bench, theming)
        self.kernel = KernelPanel(bench.document, theming, bench.hints)
        self.bank = BankPanel(bench.document, theming, bench.training.freezing)
        self.maps = MapGallery(bench.document, bench.preview, bench.settings, theming)
        return Columns(self.input, self.kernel, self.bank, self.maps)

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
        self.phases = StripPhases(self.strip, bench.slow)
