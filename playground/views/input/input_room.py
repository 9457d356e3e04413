"""How picture, sentence and loupe share the room: no empty half column under a flat picture."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.models.guard import Guarded
from playground.views.input.field_loupe import SMALLEST

_GAP = 6


class InputRoom(Guarded, QWidget):
    """The picture takes the height that its shape needs; what is left goes to the loupe."""

    def __init__(self, picture: QWidget, sentence: QWidget, loupe: QWidget) -> None:
        super().__init__()
        self._picture, self._sentence, self._loupe = picture, sentence, loupe
        self._aspect: float | None = None
        for widget in (picture, sentence, loupe):
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(120, 120)

    def set_aspect(self, aspect: float | None) -> None:
        """The picture's height / width; None where there is no picture."""
        if aspect != self._aspect:
            self._aspect = aspect
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        line = self._sentence.sizeHint().height()
        room = height - line - _GAP
        needed = (
            room if self._aspect is None else round(width * min(self._aspect, 100.0)) + 2 * _GAP
        )
        spare = room - needed - _GAP
        shown = spare >= SMALLEST
        if not shown:
            needed = room
        self._picture.setGeometry(0, 0, width, needed)
        self._sentence.setGeometry(0, needed + _GAP, width, line)
        self._loupe.setVisible(shown)
        self._loupe.setGeometry(0, needed + line + 2 * _GAP, width, max(spare, 0))
