"""The current kernel's bias: a number to type, to nudge with wheel and keys, and to drag."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from playground.core.numbers.number_text import format_number, format_weight
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.models.words.local_numbers import localised, with_local_marks
from playground.views.kernel.nudging import NudgedField, Scrub


class BiasField(NudgedField):
    """A click opens it for typing; a press that moves on drags the value, as on a weight."""

    def __init__(self, document: Document, edits: KernelEdits) -> None:
        super().__init__()
        self._document = document
        self._edits = edits
        self._scrub: Scrub | None = None
        self._gesture = edits.new_gesture()
        self._typing = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(self.tr("Bias"))
        self.setToolTip(
            with_local_marks(
                self.tr(
                    "Bias: one number added to every value of this kernel's feature map.\n"
                    "Type it, press and drag, or turn the wheel: 0.1 a notch, Shift 1, Ctrl 0.01.\n"
                    "Up and Down change it, too; Enter keeps it, Esc does not"
                )
            )
        )
        document.network_changed.connect(self._show)
        document.selection.kernel_changed.connect(self._show)
        document.selection.layer_changed.connect(self._show)
        self.returnPressed.connect(self._enter)
        self.nudged.connect(self._nudge)
        self._fit()
        self._show()

    @property
    def value(self) -> float:
        """The bias that is shown."""
        bias = self._document.conv.bias
        return float(bias[min(self._document.selection.kernel, len(bias) - 1)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._take_back()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._typing or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._scrub = Scrub(self._edits, event.position(), self._edits.add_to_bias)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scrub is None:
            super().mouseMoveEvent(event)
        else:
            self._scrub.move(event.position(), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        scrub, self._scrub = self._scrub, None
        if scrub is None:
            super().mouseReleaseEvent(event)
        elif not scrub.under_way:
            self._type()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._type()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._typing = False
        self._take_typed()
        self._gesture = self._edits.new_gesture()
        self._show()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._gesture = self._edits.new_gesture()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _type(self) -> None:
        self._typing = True
        self.setText(localised(format_number(self.value)))
        self.selectAll()

    def _enter(self) -> None:
        self._take_typed()
        self._gesture = self._edits.new_gesture()
        self._type()

    def _nudge(self, notches: float) -> None:
        self._take_typed()
        self._edits.nudge_bias(notches, self._gesture)

    def _take_typed(self) -> None:
        if self.isModified():
            self.setModified(False)
            self._edits.enter_bias(self.text(), self._gesture)
            self._show()

    def _take_back(self) -> None:
        if self._scrub is not None:
            self._scrub.cancel()
            self._scrub = None
            return
        self._edits.cancel(self._gesture)
        self._gesture = self._edits.new_gesture()
        self._show()
        self.selectAll()

    def _fit(self) -> None:
        # What a weight's text can be at its longest: a small one, and a tiny one.
        longest = max(
            map(self.fontMetrics().horizontalAdvance, ("-0.0049", "-0.00012", "-9.9e-99"))
        )
        self.setFixedWidth(longest + 22)

    def _show(self, _changed: object = None) -> None:
        """Show the document's number: exactly while it is being typed, else as on a weight."""
        text = localised((format_number if self._typing else format_weight)(self.value))
        if text != self.text():
            self.setText(text)
