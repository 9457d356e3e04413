"""What can be done with the selected weights of a channel, from keys and from a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from playground.core.kernels.bank import Cell
from playground.core.numbers.number_text import format_block
from playground.core.presets import Parameter
from playground.models.kernels.bank_changes import Gesture
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.training.run.weight_hints import WeightHints
from playground.models.words.local_numbers import decimal_comma
from playground.views.kernel.weight_table import WeightTable
from playground.views.widgets.popover import ParameterPopover
from playground.views.widgets.small_widgets import edit_current

_LARGEST_FACTOR = 10.0


def scale_popover(cells: list[Cell], edits: KernelEdits, grid: WeightActions) -> ParameterPopover:
    """Multiplies `cells` by a factor that can be tried out."""

    def apply(values: dict[str, float], gesture: Gesture) -> None:
        edits.scale_cells(cells, values["factor"], gesture)

    return ParameterPopover(
        grid.tr("Scale the selected weights"), [factor_parameter(grid.tr("Factor"))], apply,
        edits, grid,
    )  # fmt: skip


def factor_parameter(label: str) -> Parameter:
    """What to multiply by; 1 changes nothing."""
    return Parameter("factor", label, "float", 1.0, -_LARGEST_FACTOR, _LARGEST_FACTOR)


def weight_menu(grid: WeightActions, edits: KernelEdits) -> QMenu:
    """What can be done with the weights selected in `grid`."""
    menu = QMenu(grid)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    place = grid.visualRect(grid.currentIndex())
    corner = grid.viewport().mapToGlobal(place.topLeft())

    def scale() -> None:
        cells = grid.chosen_cells()
        scale_popover(cells, edits, grid).open_at(QRect(corner, place.size()))

    entries: tuple[tuple[str, str, Callable[[], object]] | None, ...] = (
        (grid.tr("Set…\tEnter"), grid.tr("Type one number for all of them"), grid.enter),
        (grid.tr("Scale…"), grid.tr("Multiply all of them by a factor"), scale),
        (grid.tr("Negate"), grid.tr("Turn every sign"), grid.negate),
        (grid.tr("Zero\tDel"), grid.tr("Set all of them to zero"), grid.zero),
        None,
        (grid.tr("Copy\tCtrl+C"), grid.tr("Copy as a table for a spreadsheet"), grid.copy),
        (grid.tr("Paste\tCtrl+V"), grid.tr("Paste a table of numbers from here on"), grid.paste),
        None,
        (grid.tr("Select all\tCtrl+A"), grid.tr("Select every weight"), grid.selectAll),
    )
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            text, tip, action = entry
            menu.addAction(text, action).setToolTip(tip)
    return menu


def add_gradients(menu: QMenu, hints: WeightHints) -> None:
    """A tick: which of a weight's gradient and next step is shown where both have no room."""
    text = QCoreApplication.translate("WeightGrid", "Show gradients before next steps")
    menu.addSeparator()
    first = menu.addAction(text)
    first.setCheckable(True)
    first.setChecked(hints.gradients)
    first.toggled.connect(hints.set_gradients)


class WeightActions(WeightTable):
    """A table of weights that can be copied, pasted, zeroed, negated and typed over."""

    def copy(self) -> None:
        """Put the rectangle around the selected weights on the clipboard, as a spreadsheet does."""
        cells = self.chosen_cells()
        if cells:
            rows, columns = [c[0] for c in cells], [c[1] for c in cells]
            block = self.table.weights[min(rows) : max(rows) + 1, min(columns) : max(columns) + 1]
            text = format_block(block, decimal_comma=decimal_comma())
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Put the clipboard's numbers in, from the selection's first cell on."""
        cells = self.chosen_cells() or [self.table.cell(self.table.index(0, 0))]
        text = QGuiApplication.clipboard().text()
        pasted = self._edits.paste(text, cells, decimal_comma=decimal_comma())
        if pasted:
            self.choose(pasted)

    def zero(self) -> None:
        """Set the selected weights to zero."""
        self._edits.zero(self.chosen_cells())

    def negate(self) -> None:
        """Turn the signs of the selected weights."""
        self._edits.negate_cells(self.chosen_cells())

    def enter(self) -> None:
        """Type a number for the selected weights."""
        edit_current(self)
