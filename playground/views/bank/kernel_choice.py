"""Keeps a list's selection and the document's the same, whichever of them is changed."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from playground.models.guard import Guarded
from playground.models.kernels.bank_model import BankModel
from playground.models.state.selection import Selection


class KernelChoice(Guarded, QObject):
    """The kernels chosen in `view` are the kernels that are selected everywhere."""

    shown = Signal()
    """The list shows another selection now."""

    def __init__(self, view: QAbstractItemView, model: BankModel, selection: Selection) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._selection = selection
        self._showing = False
        for signal in (selection.kernels_changed, selection.kernel_changed):
            signal.connect(self.show)
        for signal in (
            model.rowsInserted,
            model.rowsRemoved,
            model.rowsMoved,
            model.modelReset,
        ):
            signal.connect(self.show)
        view.selectionModel().selectionChanged.connect(self._take)
        view.selectionModel().currentChanged.connect(self._take_current)
        self.show()

    def show(self, *_changed: object) -> None:
        """Show in the list what is selected everywhere."""
        current = self._model.index(self._selection.kernel)
        if not current.isValid():
            return
        chosen = QItemSelection()
        for row in self._selection.kernels:
            index = self._model.index(row)
            if index.isValid():
                chosen.select(index, index)
        flag, own = QItemSelectionModel.SelectionFlag, self._view.selectionModel()
        self._showing = True
        if own.currentIndex() != current:
            own.setCurrentIndex(current, flag.NoUpdate)
        own.select(chosen, flag.ClearAndSelect)
        self._showing = False
        self.shown.emit()

    def _take(self) -> None:
        """Select everywhere what the user has chosen in the list."""
        if self._showing or self._model.following:
            return
        rows = {index.row() for index in self._view.selectionModel().selectedIndexes()}
        current = self._view.currentIndex().row()
        if not rows:
            # A kernel is always selected: a click beside them all, or Ctrl on the last, is none.
            self.show()
        elif current in rows:
            self._selection.set_kernels(rows, current)
        else:
            kept = self._selection.kernel
            self._selection.set_kernels(rows, kept if kept in rows else min(rows))

    def _take_current(self, current: QModelIndex) -> None:
        if self._showing or self._model.following:
            return
        # With the mouse the current row comes first and what is selected with it follows.
        rows = {index.row() for index in self._view.selectionModel().selectedIndexes()}
        if current.row() in rows:
            self._selection.set_kernels(rows, current.row())
