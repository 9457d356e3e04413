"""The bank: every kernel of the layer as a thumbnail."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.kernels.bank_edits import BankEdits
from playground.models.kernels.bank_model import BankModel
from playground.models.state.document import Document
from playground.models.state.selection import Selection
from playground.models.training.run.freezing import Freezing
from playground.views.bank.kernel_list import KernelList
from playground.views.bank.thumbnail_delegate import ThumbnailDelegate
from playground.views.theme.theming import Theming
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import (
    add_freezing,
    add_key,
    bare,
    button,
    edit_current,
    label,
)


class BankPanel(Guarded, QWidget):
    """The list with its buttons; what is selected in it is selected everywhere."""

    def __init__(
        self,
        document: Document,
        theming: Theming,
        freezing: Freezing | None = None,
    ) -> None:
        super().__init__()
        self._document = document
        self.edits = BankEdits(document, self)
        self.model = BankModel(document, self.edits, self)
        self.count = QuietLabel(theming, align=Qt.AlignmentFlag.AlignRight)
        self.view = KernelList()
        self._freezing = freezing
        self.view.setItemDelegate(ThumbnailDelegate(document, theming, self.view, freezing))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        if freezing is not None:
            freezing.changed.connect(self.view.viewport().update)
        self.view.setModel(self.model)
        self.choice = KernelChoice(self.view, self.model, document.selection)
        self._make_buttons()
        self._describe()
        self._compose()
        self._make_actions()
        self.choice.shown.connect(self._follow)
        theming.changed.connect(self.view.viewport().update)
        self._follow()

    def set_brief(self, brief: bool) -> None:
        """Leave the room to others: each kernel is seen beside its map then."""
        self.view.setVisible(not brief)

    def open_menu(self, kernel: int, place: QPoint) -> None:
        """What can be done to the selected kernels, and to this one; `place` is on the screen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([each for each in self.view.actions() if self._possible(each)])
        if kernel >= 0 and self._freezing is not None:
            add_freezing(menu, self._freezing, self._document.selection.layer, kernel)
        menu.popup(place)

    def _possible(self, action: QAction) -> bool:
        """A name is typed in the list, and all are selected in it: it must be seen."""
        return self.view.isVisible() or action not in self._of_list

    def _open_menu(self, place: QPoint) -> None:
        self.open_menu(self.view.indexAt(place).row(), self.view.viewport().mapToGlobal(place))

    def _make_buttons(self) -> None:
        edits = self.edits
        self.add_button = button(
            "+",
            self.tr("Add a kernel"),
            what=self.tr("one that leaves the picture as it is, to start from"),
        )
        self.copy_button = button(
            self.tr("Duplicate"), self.tr("Duplicate the selected kernels (Ctrl+D)")
        )
        self.remove_button = button("−", self.tr("Remove the selected kernels (Delete)"))
        for each in (self.add_button, self.copy_button, self.remove_button):
            each.setProperty("kind", "small")
        self.add_button.clicked.connect(edits.add)
        self.copy_button.clicked.connect(edits.duplicate)
        self.remove_button.clicked.connect(edits.remove)

    def _describe(self) -> None:
        self.view.setAccessibleName(self.tr("Kernels of this layer"))
        self.view.setAccessibleDescription(
            self.tr(
                "Every kernel makes one feature map. The arrow keys choose one, Shift or Ctrl "
                "several; F2 renames, Delete removes, Alt with an arrow moves."
            )
        )
        self.view.setWhatsThis(self.view.accessibleDescription())

    def _compose(self) -> None:
        column = bare(QVBoxLayout(self), 4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label(self.tr("Kernels"), "title"))
        row.addWidget(self.count, 1)
        for each in (self.add_button, self.copy_button, self.remove_button):
            row.addWidget(each)
        column.addLayout(row)
        column.addWidget(self.view, 1)

    def _make_actions(self) -> None:
        """What the keys do while the list has the focus; the same in the context menu."""
        edits, view = self.edits, self.view
        rename = add_key(view, self.tr("Rename"), "F2", partial(edit_current, view))
        add_key(view, self.tr("Add"), "Ins", edits.add)
        add_key(view, self.tr("Duplicate"), "Ctrl+D", edits.duplicate)
        add_key(view, self.tr("Remove"), "Del", edits.remove)
        add_key(view, self.tr("Move to the left"), "Alt+Left", edits.move_earlier)
        add_key(view, self.tr("Move to the right"), "Alt+Right", edits.move_later)
        every = add_key(view, self.tr("Select all"), "Ctrl+A", view.selectAll)
        self._of_list = rename, every

    def _follow(self) -> None:
        """Say how many there are, and bring the current one into sight."""
        count, chosen = self.model.rowCount(), len(self._document.selection.kernels)
        text = self.tr("1 kernel") if count == 1 else self.tr("{} kernels").format(count)
        if chosen > 1:
            # There is little room beside the buttons, so this says how many of all.
            text = self.tr("{} of {}").format(chosen, count)
        # A count that is cut off would mislead: it is left out where it does not fit.
        self.count.setText(text, str(count) if chosen <= 1 else text, "")
        self.view.fit()
        self.view.scrollTo(self.view.currentIndex())
        self.view.viewport().update()


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
        selection.kernels_changed.connect(self.show)
        selection.kernel_changed.connect(self.show)
        model.rowsInserted.connect(self.show)
        model.rowsRemoved.connect(self.show)
        model.rowsMoved.connect(self.show)
        model.modelReset.connect(self.show)
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
            # One kernel stays selected, whether a click hits none or Ctrl takes out the last.
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
