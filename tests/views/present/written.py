"""All text that a widget shows: what its labels and buttons say, and what is painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QToolButton, QWidget


@dataclass(frozen=True)
class Text:
    """A text, the pixels of its font, and whether all of it is seen."""

    text: str
    pixels: float
    whole: bool = True
    where: str = ""


@contextmanager
def painted() -> Iterator[list[Text]]:
    """Collects what is painted by `drawText` and `drawStaticText` meanwhile."""
    found: list[Text] = []
    draw, draw_static = QPainter.drawText, QPainter.drawStaticText

    def note(painter, *given):
        text = next(each for each in given if isinstance(each, str))
        room = next((each for each in given if isinstance(each, QRect | QRectF)), None)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text)
        fits = room is None or wide <= QRectF(room).width() + 1
        found.append(Text(text, QFontInfo(painter.font()).pixelSize(), fits, "painted"))
        return draw(painter, *given)

    def note_static(painter, at, text):
        pixels = QFontInfo(painter.font()).pixelSize()
        found.append(Text(text.text(), pixels, True, "painted"))
        return draw_static(painter, at, text)

    QPainter.drawText, QPainter.drawStaticText = note, note_static
    try:
        yield found
    finally:
        QPainter.drawText, QPainter.drawStaticText = draw, draw_static


def said(widget: QWidget) -> Iterator[Text]:
    """What labels and buttons of `widget` say."""
    for child in widget.findChildren(QWidget):
        if not child.isVisibleTo(widget):
            continue
        pixels = QFontInfo(child.font()).pixelSize()
        name = type(child).__name__
        if isinstance(child, QLabel) and child.text():
            if child.wordWrap():
                fits = child.heightForWidth(child.width()) <= child.height()
            else:
                fits = child.sizeHint().width() <= child.width()
            yield Text(child.text(), pixels, fits, name)
        elif isinstance(child, QToolButton | QPushButton) and child.text():
            yield Text(child.text(), pixels, child.sizeHint().width() <= child.width(), name)
        elif isinstance(child, QAbstractScrollArea):
            bars = child.verticalScrollBar(), child.horizontalScrollBar()
            if any(bar.maximum() > bar.minimum() for bar in bars):
                yield Text(f"{name} {child.accessibleName()}", pixels, False, "scrolled")


def all_text(widget: QWidget) -> list[Text]:
    """Everything."""
    with painted() as found:
        widget.grab()
    return [*found, *said(widget)]


def cut(text: Text) -> bool:
    """Whether some of a text is not seen: a … between words stands for a range of numbers."""
    shown = text.text.replace(" … ", "")
    return not text.whole or "…" in shown
