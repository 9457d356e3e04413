"""The size of all kernels of the layer, as a button and the card it opens."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from playground.core.specs import MAX_KERNEL_SIZE
from playground.models.guard import Guarded
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.views.widgets.number_field import NumberField
from playground.views.widgets.popover import Popover
from playground.views.widgets.small_widgets import button, label

SQUARES = (1, 3, 5, 7, 9, 11)
"""Odd, so that a weight lies in the middle; 11 is that of AlexNet's first layer."""


class SizePopover(Popover):
    """The usual squares, and height and width by themselves; all of it is undone together.

    A smaller size cuts weights off; going back to a larger one brings them back.
    """

    def __init__(self, document: Document, edits: KernelEdits, parent: QWidget) -> None:
        super().__init__(edits, parent)
        self._document = document
        self.content.addWidget(label(self.tr("Size of every kernel in this layer"), "title"))
        self.squares = {size: self._square(size) for size in SQUARES}
        self.rows = self._field(self.tr("Height"))
        self.columns = self._field(self.tr("Width"))
        self._compose()
        document.network_changed.connect(self._show)
        self._show()

    def _square(self, size: int) -> QToolButton:
        resize = partial(self._resize, size, size)
        what = self.tr("one of the usual sizes, with a cell in its middle")
        return button(f"{size} × {size}", on_click=resize, what=what, checkable=True)

    def _field(self, name: str) -> NumberField:
        field = NumberField()
        field.setRange(1, MAX_KERNEL_SIZE)
        field.setAccessibleName(name)
        field.setToolTip(
            self.tr("{}: from 1 to {} weights. The middle stays in its place").format(
                name, MAX_KERNEL_SIZE
            )
        )
        field.valueChanged.connect(self._resize_by_fields)
        return field

    def _compose(self) -> None:
        usual, own = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (usual, list(self.squares.values())),
            (own, [label(self.tr("Height")), self.rows, label(self.tr("× width")), self.columns]),
        ):
            row.setSpacing(5)
            for widget in widgets:
                row.addWidget(widget)
            self.content.addLayout(row)
        own.addStretch(1)

    def _resize_by_fields(self, _size: float) -> None:
        self._resize(int(self.rows.value()), int(self.columns.value()))

    def _resize(self, rows: int, columns: int) -> None:
        self._edits.resize_bank(rows, columns, self._gesture)
        self._show()

    def _show(self, _change: object = None) -> None:
        rows, columns = self._document.conv.kernel_size
        for size, made in self.squares.items():
            made.setChecked((rows, columns) == (size, size))
        for field, size in ((self.rows, rows), (self.columns, columns)):
            blocker = QSignalBlocker(field)
            field.setValue(size)
            blocker.unblock()


class SizeButton(Guarded, QToolButton):
    """Says the size, and opens the card that changes it."""

    def __init__(self, document: Document, edits: KernelEdits) -> None:
        super().__init__()
        self._document = document
        self._edits = edits
        self.setProperty("kind", "tight")
        self.setToolTip(
            self.tr(
                "Size: height × width of every kernel in this layer, from 1 × 1 to {0} × {0}.\n"
                "The middle of the kernels stays in its place"
            ).format(MAX_KERNEL_SIZE)
        )
        self.clicked.connect(self._open)
        document.network_changed.connect(self._show)
        document.selection.layer_changed.connect(self._show)
        self._show()

    def _open(self) -> None:
        SizePopover(self._document, self._edits, self).open_below(self)

    def _show(self, _changed: object = None) -> None:
        rows, columns = self._document.conv.kernel_size
        text = self.tr("{} × {} ▾").format(rows, columns)
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(self.tr("Kernel size {} × {}").format(rows, columns))
