"""One sentence at a time for the user: what went wrong, and what to do. Never modal."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.views.widgets.small_widgets import button, label

_SHOWN_MS = 12_000


class MessageBar(Guarded, QWidget):
    """A line under the network strip that goes away by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = label("")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self._text, 1)
        row.addWidget(button(self.tr("Dismiss"), self.tr("Hide this message"), self.clear))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return self._text.text()

    def show_problem(self, sentence: str) -> None:
        """Show what could not be done."""
        self._show("error", sentence)

    def clear(self) -> None:
        """Take the sentence away."""
        self._timer.stop()
        self._text.clear()
        self.hide()

    def _show(self, tone: str, sentence: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().polish(self)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self._timer.start()
