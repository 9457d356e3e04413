"""How the panels share the window: the equation in Explore, kernels beside learning in Train."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import Mode
from playground.views.bank.bank_panel import BankPanel
from playground.views.input.input_view import InputColumn
from playground.views.kernel.kernel_panel import KernelPanel
from playground.views.maps.map_gallery import MapGallery
from playground.views.widgets.small_widgets import label
from playground.views.window.top_bar import MARGIN

if TYPE_CHECKING:
    from playground.views.train.train_panel import TrainPanel

_SHARES: dict[Mode, tuple[int, int, int]] = {"explore": (25, 30, 45), "train": (25, 32, 43)}
"""Of the window's width, at first: in Explore the maps need most, in Train curve and pages."""

_BANK_SHARE = 2
"""Of the height that the kernels' list shares with the grid, which has 3."""


class Columns(Guarded, QSplitter):
    """Input ∗ kernel = maps; in Train the maps stand below their kernels, and learning beside.

    Each mode keeps the widths that its columns were dragged to.
    """

    def __init__(
        self, picture: InputColumn, kernel: KernelPanel, bank: BankPanel, maps: MapGallery
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._picture, self._bank, self._maps = picture, bank, maps
        self._mode: Mode = "explore"
        self._widths: dict[str, list[int]] = {}
        maps.kernel_menu_wanted.connect(bank.open_menu)
        self._middle = Column(kernel, bank, operator="∗", shares=(3, _BANK_SHARE))
        self._result = Column(maps, operator="=")
        self._last = PageStack()
        self._last.addWidget(self._result)
        self.setChildrenCollapsible(False)
        for index, (column, share) in enumerate(
            zip((Column(picture), self._middle, self._last), _SHARES["explore"], strict=True)
        ):
            self.addWidget(column)
            self.setStretchFactor(index, share)
        self.setSizes([10 * share for share in _SHARES["explore"]])

    def arrange(self, mode: Mode, learning: TrainPanel | None) -> None:
        """Show what belongs to `mode`; Train cannot do without `learning`."""
        if mode == self._mode:
            return
        self._widths[self._mode], self._mode = self.sizes(), mode
        if mode == "train" and learning is not None:
            if self._last.indexOf(learning) < 0:
                self._last.addWidget(learning)
                self._picture.bar.draw.toggled.connect(learning.set_drawing)
            self._middle.stack.addWidget(self._maps, 4)
            self._last.setCurrentWidget(learning)
            self._picture.set_training(learning.beside)
        else:
            self._result.stack.addWidget(self._maps, 1)
            self._last.setCurrentWidget(self._result)
            self._picture.set_training(None)
        for panel in (self._bank, self._maps):
            panel.set_brief(mode == "train")
        self._middle.stack.setStretchFactor(self._bank, 0 if mode == "train" else _BANK_SHARE)
        self.setSizes(self._widths.get(mode) or [10 * share for share in _SHARES[mode]])

    def widths(self) -> dict[str, list[int]]:
        """The columns' widths by mode, as far as they have been seen."""
        return {**self._widths, self._mode: self.sizes()}

    def set_widths(self, widths: dict[str, list[int]]) -> None:
        """Take up widths of an earlier window."""
        self._widths = {mode: sizes for mode, sizes in widths.items() if len(sizes) == 3}
        if sizes := self._widths.get(self._mode):
            self.setSizes(sizes)


class Column(QWidget):
    """Widgets one below the other in these shares, to the right of the equation's operator."""

    def __init__(
        self, *widgets: QWidget, operator: str = "", shares: tuple[int, ...] = (1,)
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0 if operator else MARGIN, 10, MARGIN if operator == "=" else 4, 8)
        row.setSpacing(10)
        if operator:
            row.addWidget(label(operator, "operator"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.stack = QVBoxLayout()
        self.stack.setSpacing(8)
        for widget, share in zip(widgets, shares, strict=True):
            self.stack.addWidget(widget, share)
        row.addLayout(self.stack, 1)


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
