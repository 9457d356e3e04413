"""One sentence for the user, over what it concerns: nothing below it moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.views.widgets.small_widgets import button, label

_MESSAGE_MS = 12_000
"""A message stays as long as two sentences take to read twice."""
_WIDEST = 760
"""Pixels: longer lines are hard to follow."""
_MARGIN = 14


class MessageBar(Guarded, QWidget):
    """What went wrong and what to do, floating at the top of `over`; it goes away by itself."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over.window())
        self._over = over
        self.setProperty("kind", "message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = label("")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 6, 8, 6)
        row.addWidget(self._text, 1)
        row.addWidget(button(self.tr("Dismiss"), self.tr("Hide this message"), self.clear))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MESSAGE_MS)
        self._timer.timeout.connect(self.clear)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return self._text.text()

    def show_problem(self, sentence: str) -> None:
        """Show what could not be done."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def clear(self) -> None:
        """Take the sentence away."""
        self._timer.stop()
        self._text.clear()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._over.width() - 2 * _MARGIN
        width = min(room, max(_WIDEST, self.minimumSizeHint().width()))
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.resize(width, height)
        top = self._over.mapTo(self.window(), QPoint((self._over.width() - width) // 2, 0))
        self.move(top)
