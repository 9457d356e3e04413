"""Short texts that are drawn again and again in one font: each is laid out only once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QStaticText

_MOST = 2000


class Writing:
    """Draws texts, and remembers how they are laid out."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._known: dict[str, tuple[QStaticText, float, float]] = {}

    def draw(self, painter: QPainter, room: QRectF, text: str, *, at_top: bool = False) -> None:
        """Draw `text` in the middle of `room`, or in the middle of its upper edge."""
        known = self._known.get(text)
        if known is None:
            known = self._lay_out(text)
        laid_out, width, height = known
        left = room.left() + round((room.width() - width) / 2)
        top = room.top() if at_top else room.top() + round((room.height() - height) / 2)
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, top), laid_out)

    def _lay_out(self, text: str) -> tuple[QStaticText, float, float]:
        if len(self._known) >= _MOST:
            self._known.clear()
        laid_out = QStaticText(text)
        laid_out.prepare(font=self.font)
        size = laid_out.size()
        self._known[text] = laid_out, size.width(), size.height()
        return self._known[text]
