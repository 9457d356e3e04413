"""The bank: every kernel of the layer as a thumbnail."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from playground.models.bank_edits import BankEdits
from playground.models.bank_model import BankModel
from playground.models.document import Document
from playground.views.parts import PanelHeader, button
from playground.views.theming import Theming
from playground.views.thumbnail_delegate import ThumbnailDelegate


class BankList(QListView):
    """A list whose items keep their size when their weights change."""

    def dataChanged(  # type: ignore[override]
        self, first: QModelIndex, last: QModelIndex, roles: list[int] | None = None
    ) -> None:
        # The base class would lay out and paint every kernel for each changed weight.
        for row in range(first.row(), last.row() + 1):
            self.update(self.model().index(row, 0))


class BankPanel(QWidget):
    """The list with its buttons; selection goes both ways."""

    def __init__(self, document: Document, theming: Theming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._following = False
        self.edits = BankEdits(document, self)
        self.model = BankModel(document, self.edits, self)
        self.header = PanelHeader(self.tr("Kernels"))
        self.view = BankList()
        self._set_up_view(theming)
        self.add_button = button("+", self.tr("Add a kernel: one that changes nothing yet"))
        self.copy_button = button(
            self.tr("Copy"), self.tr("Duplicate the selected kernels (Ctrl+D)")
        )
        self.remove_button = button("−", self.tr("Remove the selected kernels (Delete)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.header, 1)
        for each in (self.add_button, self.copy_button, self.remove_button):
            row.addWidget(each)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self._connect(theming)
        self._follow_selection()
        self._count()

    def _set_up_view(self, theming: Theming) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(ThumbnailDelegate(self._document, theming, self))
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setSpacing(2)
        view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        view.setDragDropMode(QListView.DragDropMode.InternalMove)
        view.setDefaultDropAction(Qt.DropAction.MoveAction)
        view.setEditTriggers(
            QListView.EditTrigger.EditKeyPressed | QListView.EditTrigger.DoubleClicked
        )
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMinimumSize(QSize(160, 84))
        view.setAccessibleName(self.tr("Kernels of this layer"))
        view.setToolTip(
            self.tr(
                "Every kernel of the layer. Click one to edit it; F2 renames, drag moves it, "
                "Ctrl or Shift selects several."
            )
        )
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self, theming: Theming) -> None:
        selection = self._document.selection
        selection.kernels_changed.connect(self._follow_selection)
        selection.kernel_changed.connect(self._follow_selection)
        self.view.selectionModel().selectionChanged.connect(self._tell_selection)
        self.view.selectionModel().currentChanged.connect(self._tell_current)
        self.model.rowsInserted.connect(self._count)
        self.model.rowsRemoved.connect(self._count)
        self.model.modelReset.connect(self._count)
        theming.changed.connect(self.view.viewport().update)
        self.add_button.clicked.connect(self.edits.add)
        self.copy_button.clicked.connect(self.edits.duplicate)
        self.remove_button.clicked.connect(self.edits.remove)
        self._action(self.tr("Rename"), "F2", self._rename)
        self._action(self.tr("Duplicate"), "Ctrl+D", self.edits.duplicate)
        self._action(self.tr("Remove"), "Del", self.edits.remove)

    def _action(self, text: str, keys: str, slot) -> None:  # type: ignore[no-untyped-def]
        action = QAction(text, self.view)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.view.addAction(action)

    def _rename(self) -> None:
        self.view.edit(self.view.currentIndex())

    def _count(self) -> None:
        count = self.model.rowCount()
        self.header.detail.setText(
            self.tr("1 kernel") if count == 1 else self.tr("{} kernels").format(count)
        )
        self._follow_selection()

    def _follow_selection(self) -> None:
        """Show in the list what is selected everywhere."""
        rows = self._document.selection.kernels
        current = self.model.index(self._document.selection.kernel)
        if not current.isValid():
            return
        chosen = QItemSelection()
        for row in rows:
            index = self.model.index(row)
            chosen.select(index, index)
        self._following = True
        flag = QItemSelectionModel.SelectionFlag
        models = self.view.selectionModel()
        models.setCurrentIndex(current, flag.NoUpdate)
        models.select(chosen, flag.ClearAndSelect)
        self._following = False
        self.view.scrollTo(current)
        self.view.viewport().update()

    def _tell_selection(self) -> None:
        if self._following:
            return
        rows = [index.row() for index in self.view.selectionModel().selectedIndexes()]
        current = self.view.currentIndex().row()
        if rows:
            self._document.selection.set_kernels(rows, current if current in rows else rows[0])

    def _tell_current(self, current: QModelIndex) -> None:
        # Rows that come and go move the current row by themselves; only the user's choice counts.
        if not self._following and current.isValid() and self.view.hasFocus():
            rows = {index.row() for index in self.view.selectionModel().selectedIndexes()}
            if current.row() in rows:
                self._document.selection.set_kernels(rows, current.row())
