"""The size of all kernels of the layer: height × width, kept square or not."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from playground.core.specs import MAX_KERNEL_SIZE
from playground.models.document import Document, NetworkChange
from playground.models.kernel_edits import KernelEdits
from playground.views.parts import button, label


class SizeFields(QWidget):
    """Two spin boxes; a run of changes is one undo step and brings back what it cut off."""

    def __init__(
        self, document: Document, edits: KernelEdits, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._edits = edits
        self._gesture = edits.new_gesture()
        self.rows = self._field(self.tr("Kernel height"))
        self.columns = self._field(self.tr("Kernel width"))
        self.square = button(
            "⛶", self.tr("Square: height and width change together"), checkable=True
        )
        self.square.setChecked(document.conv.kernel_size[0] == document.conv.kernel_size[1])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for widget in (self.rows, label("×"), self.columns, self.square):
            row.addWidget(widget)
        self.rows.valueChanged.connect(self._resize_by_rows)
        self.columns.valueChanged.connect(self._resize_by_columns)
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self._show)
        self._show()

    def _field(self, name: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(1, MAX_KERNEL_SIZE)
        # Typing 11 must not pass through 1, which would cut the kernels to one weight.
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setToolTip(
            self.tr(
                "{}: from 1 to {} weights, for every kernel of this layer.\n"
                "The middle of the kernels stays where it is"
            ).format(name, MAX_KERNEL_SIZE)
        )
        return field

    def _resize_by_rows(self, rows: int) -> None:
        self._resize(rows, rows if self.square.isChecked() else self.columns.value())

    def _resize_by_columns(self, columns: int) -> None:
        self._resize(columns if self.square.isChecked() else self.rows.value(), columns)

    def _resize(self, rows: int, columns: int) -> None:
        self._edits.resize_bank(rows, columns, self._gesture)
        self._show()

    def _follow_network(self, change: NetworkChange) -> None:
        if self._document.conv.kernel_size != (self.rows.value(), self.columns.value()):
            self._show()

    def _show(self, _layer: int = 0) -> None:
        rows, columns = self._document.conv.kernel_size
        if rows != columns:
            self.square.setChecked(False)
        for field, size in ((self.rows, rows), (self.columns, columns)):
            blocker = QSignalBlocker(field)
            field.setValue(size)
            blocker.unblock()
