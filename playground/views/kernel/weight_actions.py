"""What can be done with the selected weights of a channel, from keys and from a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from playground.core.numbers.number_text import format_block
from playground.models.training.run.weight_hints import WeightHints
from playground.models.words.local_numbers import decimal_comma
from playground.views.kernel.weight_table import WeightTable
from playground.views.widgets.popover import scale_popover
from playground.views.widgets.small_widgets import (
    add_entries,
    add_freezing,
    add_tick,
    edit_current,
)


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

    def scale(self) -> None:
        """Open the card that multiplies the selected weights by a factor."""
        place = self.visualRect(self.currentIndex())
        corner = self.viewport().mapToGlobal(place.topLeft())
        apply = partial(self._edits.scale_cells, self.chosen_cells())
        card = scale_popover(self.tr("Scale the selected weights"), apply, self._edits, self)
        card.open_at(QRect(corner, place.size()))

    def menu(self) -> QMenu:
        """All of it as a menu; also what is shown of training, and what that leaves as it is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = (
            (self.tr("Set…\tEnter"), self.tr("Type one number for all of them"), self.enter),
            (self.tr("Scale…"), self.tr("Multiply all of them by a factor"), self.scale),
            (self.tr("Negate"), self.tr("Turn every sign"), self.negate),
            (self.tr("Zero\tDel"), self.tr("Set all of them to zero"), self.zero),
            None,
            (self.tr("Copy\tCtrl+C"), self.tr("Copy as a table for a spreadsheet"), self.copy),
            (
                self.tr("Paste\tCtrl+V"),
                self.tr("Paste a table of numbers from here on"),
                self.paste,
            ),
            None,
            (self.tr("Select all\tCtrl+A"), self.tr("Select every weight"), self.selectAll),
        )
        add_entries(menu, entries)
        if self._hints is not None:
            self._add_training(menu, self._hints)
        return menu

    def _add_training(self, menu: QMenu, hints: WeightHints) -> None:
        """What is shown of training, while that is, and what it leaves as it is."""
        if hints.visible:
            menu.addSeparator()
            text = self.tr("Show gradients before next steps")
            add_tick(menu, text, "", hints.set_gradients, ticked=hints.gradients)
        layer, cells = self._document.selection.layer, self.chosen_cells()
        add_freezing(menu, hints.freezing, layer, self.table.kernel, cells)
