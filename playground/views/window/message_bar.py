"""One sentence for the user, over what it concerns: nothing below it moves."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.views.widgets.floating import Floating
from playground.views.widgets.small_widgets import button, label
from playground.views.window.top_bar import MARGIN

_MESSAGE_MS = 12_000
"""A message stays as long as two sentences take to read twice."""


class MessageBar(Guarded, QWidget):
    """What went wrong and what to do, floating at the top of `over`; it goes away by itself."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over.window())
        self._text = label("")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 6, 8, 6)
        row.addWidget(self._text, 1)
        row.addWidget(button(self.tr("Dismiss"), self.tr("Hide this message"), self.clear))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MESSAGE_MS)
        self._timer.timeout.connect(self.clear)
        self._floating = Floating(self, over)

    @property
    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return self._text.text()

    def show_problem(self, sentence: str) -> None:
        """Show what could not be done."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self._floating.place()
        self._timer.start()

    def clear(self) -> None:
        """Take the sentence away."""
        self._timer.stop()
        self._text.clear()
        self.hide()
