"""The menu of the selected weights."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QMenu

from playground.core.kernels.bank import Cell
from playground.core.presets import Parameter
from playground.models.kernels.bank_changes import Gesture
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.training.run.weight_hints import WeightHints
from playground.views.kernel.weight_actions import WeightActions
from playground.views.widgets.popover import ParameterPopover

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
