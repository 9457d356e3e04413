"""The weights of one channel as coloured cells in the room there is: what a grid shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QSize,
    Qt,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from playground.core.kernels.bank import Cell
from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.kernels.kernel_table_model import KernelTableModel
from playground.models.state.document import Document
from playground.models.training.run.weight_hints import WeightHints
from playground.views.kernel.weight_delegate import WeightDelegate
from playground.views.theme.theming import Theming
from playground.views.widgets.cell_text import Digits, DigitSizes, fitting
from playground.views.widgets.small_widgets import Index, make_bare

_WIDEST, _TALLEST = 2.6, 1.4
"""The most that a cell is wider than high, so that digits fit, and higher than wide."""


class WeightTable(Guarded, QTableView):
    """One channel of the current kernel: `channel`, or the selected one where it is None."""

    def __init__(
        self,
        document: Document,
        edits: KernelEdits,
        theming: Theming,
        channel: int | None = None,
        hints: WeightHints | None = None,
    ) -> None:
        super().__init__()
        self._document, self._edits, self._hints = document, edits, hints
        self._sizes = DigitSizes()
        self.table = KernelTableModel(document, edits, channel, self)
        self.delegate = WeightDelegate(edits, theming, self.cells_at, self, hints)
        if hints is not None:
            hints.changed.connect(self.viewport().update)
        self.setModel(self.table)
        self.setItemDelegate(self.delegate)
        self._look: tuple[Digits, float, float, float] | None = None
        self._configure()
        self._connect(theming)

    @property
    def digits(self) -> Digits:
        """How the numbers are written now."""
        return self.delegate.digits

    def set_digit_sizes(self, sizes: DigitSizes) -> None:
        """Write the numbers larger, or smaller."""
        if sizes != self._sizes:
            self._sizes = sizes
            self._write()

    def chosen_cells(self) -> list[Cell]:
        """The selected weights from the top on; the current one where none is selected."""
        cells = sorted(self.table.cell(index) for index in self.selectedIndexes())
        current = self.currentIndex()
        return cells or ([self.table.cell(current)] if current.isValid() else [])

    def cells_at(self, index: Index) -> list[Cell]:
        """What an edit at `index` changes: all the selected cells if it is one of them."""
        chosen = self.chosen_cells()
        cell = self.table.cell(index)
        return chosen if cell in chosen else [cell]

    def choose(self, cells: Sequence[Cell]) -> None:
        """Select the weights `cells`, the first of them current."""
        selection = QItemSelection()
        for row, column, _channel, _kernel in cells:
            index = self.table.index(row, column)
            selection.select(index, index)
        flag = QItemSelectionModel.SelectionFlag
        first = self.table.index(cells[0][0], cells[0][1])
        self.selectionModel().setCurrentIndex(first, flag.NoUpdate)
        self.selectionModel().select(selection, flag.ClearAndSelect)

    def point_at(self, index: Index) -> None:
        """Make the weight at `index` the one that is pointed at."""
        selection = self._document.selection
        if index.isValid():
            selection.set_channel(self.table.channel)
            selection.set_weight((index.row(), index.column()))
        else:
            selection.set_weight(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(280, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 90)

    def _configure(self) -> None:
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        make_bare(self)

    def _connect(self, theming: Theming) -> None:
        table = self.table
        table.rowsInserted.connect(self._lay_out)
        table.rowsRemoved.connect(self._lay_out)
        table.columnsInserted.connect(self._lay_out)
        table.columnsRemoved.connect(self._lay_out)
        table.dataChanged.connect(self._follow_data)
        theming.changed.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self.point_at)

    def _lay_out(self, *_which: object) -> None:
        """Give every cell its share of the room, nearly square, in the middle of it."""
        rows, columns = self.table.rowCount(), self.table.columnCount()
        room = self.contentsRect().size()
        width, height = room.width() / columns, room.height() / rows
        width, height = min(width, height * _WIDEST), min(height, width * _TALLEST)
        total = (round(width * columns), round(height * rows))
        aside = (room.width() - total[0]) // 2
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (aside, aside):
            self.setViewportMargins(aside, 0, aside, 0)
        headers = (self.horizontalHeader(), self.verticalHeader())
        for header, count, pixels in zip(headers, (columns, rows), total, strict=True):
            for section in range(count):
                start, end = round(section * pixels / count), round((section + 1) * pixels / count)
                header.resizeSection(section, end - start)
        self._write()

    def _write(self, *_which: object) -> None:
        """Choose how the numbers are written; repaint all where that has changed."""
        rows, columns = range(self.table.rowCount()), range(self.table.columnCount())
        width, height = min(map(self.columnWidth, columns)), min(map(self.rowHeight, rows))
        gap = 1.5 if min(width, height) >= 40 else 1.0 if min(width, height) >= 20 else 0.5
        weights, level = self.table.weights.ravel().tolist(), self.table.level
        across, down = width - 2 * gap, height - 2 * gap
        look = fitting(weights, across, down, level, self._sizes), gap, across, down
        if look != self._look:
            self._look = look
            self.delegate.set_look(*look)
            self.viewport().update()

    def _follow_data(self, _first: Index, _last: Index, _roles: list[int]) -> None:
        self._write()
