"""A label whose text may change with every frame: it never asks its window for a new layout."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.models.guard import Guarded
from playground.views.theme.theming import Theming

_SLACK = 3
"""Pixels that eliding measures more than the text's advance."""


class QuietLabel(Guarded, QWidget):
    """Muted text on a fixed number of lines, shortened with an ellipsis where it does not fit."""

    def __init__(
        self,
        theming: Theming,
        *,
        lines: int = 1,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self._theming = theming
        self._lines = lines
        self._align = align
        self._text = ""
        self._shorter: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theming.changed.connect(self.update)

    def text(self) -> str:
        """The whole text, shortened or not."""
        return self._text

    def setText(self, text: str, *shorter: str) -> None:
        """Show `text`, or the first of the shorter ways to say it for which there is room."""
        if (text, shorter) != (self._text, self._shorter):
            self._text, self._shorter = text, shorter
            self.setAccessibleName(text)
            self.update()

    def set_lines(self, lines: int) -> None:
        """Take this many lines."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def shown_text(self) -> str:
        """What there is room for, but for an ellipsis."""
        metrics, room = self.fontMetrics(), self.width() * self._lines - _SLACK
        ways = (self._text, *self._shorter)
        return next((way for way in ways if metrics.horizontalAdvance(way) <= room), ways[-1])

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(120, metrics.lineSpacing() * self._lines + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            # Asked for only now, because setting a tooltip with every frame costs something.
            shortened = self.shown_text() != self._text or self._broken()[-1].endswith("…")
            QToolTip.showText(event.globalPos(), self._text if shortened else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theming.theme.muted)
        metrics = self.fontMetrics()
        for number, line in enumerate(self._broken()):
            rect = QRect(0, number * metrics.lineSpacing(), self.width(), metrics.lineSpacing())
            painter.drawText(rect, self._align | Qt.AlignmentFlag.AlignVCenter, line)

    def _broken(self) -> list[str]:
        """The text in at most as many lines as there are, broken between words."""
        metrics, width = self.fontMetrics(), self.width()
        lines = [""]
        for paragraph in self.shown_text().split("\n"):
            if lines[-1]:
                lines.append("")
            for word in paragraph.split(" "):
                longer = f"{lines[-1]} {word}".strip()
                if lines[-1] and metrics.horizontalAdvance(longer) > width:
                    lines.append(word)
                else:
                    lines[-1] = longer
        shown, rest = lines[: self._lines - 1], lines[self._lines - 1 :]
        last = metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width)
        return [*shown, last]
