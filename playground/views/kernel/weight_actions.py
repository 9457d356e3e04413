"""What can be done with the selected weights of a channel, from keys and from a menu."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from playground.core.numbers.number_text import format_block
from playground.models.words.local_numbers import decimal_comma
from playground.views.kernel.weight_table import WeightTable
from playground.views.widgets.small_widgets import edit_current


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
