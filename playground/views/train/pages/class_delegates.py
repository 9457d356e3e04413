"""A cell of the confusion matrix, and an example with its chances."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.core.claims import chance
from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.models.training.inspect.class_models import ClassRole
from playground.models.words.local_numbers import localised
from playground.views.theme.theme import text_on
from playground.views.theme.theming import Theming, smaller
from playground.views.widgets.small_widgets import Index

_PICTURE = 40
"""Side of an example in pixels: it is recognised, and three lines of text stand beside it."""


class ConfusionDelegate(Guarded, QStyledItemDelegate):
    """A deeper colour is a larger share: the accent where right, orange where mistaken."""

    def __init__(self, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._theming = theming

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theming.theme
        share = float(index.data(ClassRole.SHARE) or 0.0)
        full = QColor(theme.accent if index.data(ClassRole.RIGHT) else theme.positive)
        fill = _mixed(QColor(theme.panel), full, share**0.5)
        painter.fillRect(option.rect.adjusted(0, 0, -1, -1), fill)
        painter.setPen(text_on(fill))
        text = str(index.data() or "")
        usual = painter.font()
        for font in (usual, smaller(usual)):
            painter.setFont(font)
            # A number that is cut off, or runs into the one below, reads as another number.
            written = painter.fontMetrics().tightBoundingRect(text)
            if written.width() < option.rect.width() and written.height() < option.rect.height():
                painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, text)
                break
        painter.setFont(usual)


class ExampleDelegate(Guarded, QStyledItemDelegate):
    """The picture, framed where it is mistaken, and bars for the three likeliest classes."""

    def __init__(self, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._theming = theming

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(110, max(_PICTURE + 6, 3 * option.fontMetrics.height() + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theming.theme, option.rect
        picture = QRectF(rect.left() + 3, rect.top() + 3, _PICTURE, _PICTURE)
        painter.drawImage(picture, image_of(index.data(ClassRole.PIXELS)))
        painter.setPen(QColor(theme.border if index.data(ClassRole.RIGHT) else theme.error))
        painter.drawRect(picture.adjusted(-1, -1, 0, 0))
        room = QRectF(rect).adjusted(_PICTURE + 9, 1, -6, 0)
        paint_chances(painter, room, index.data(ClassRole.CHANCES), theme.text, theme.accent)


def paint_chances(
    painter: QPainter, room: QRectF, chances: tuple[tuple[str, float], ...], ink: str, bar: str
) -> None:
    """A line for each class: its name over a bar as long as its chance.

    The number is left out where it would push out the name or touch it: 8 0.1 % is not 80.1 %.
    """
    metrics = painter.fontMetrics()
    height, gap, least = (
        metrics.height(),
        metrics.horizontalAdvance(" "),
        metrics.horizontalAdvance("nnn"),
    )
    colour = QColor(bar)
    colour.setAlpha(90)
    for number, (name, share) in enumerate(chances):
        line = QRectF(room.left(), room.top() + number * height, room.width(), height - 1)
        if line.bottom() > room.bottom() + 1:
            return
        painter.fillRect(
            QRectF(line.left(), line.top(), line.width() * share, line.height()), colour
        )
        painter.setPen(QColor(ink))
        percent = localised(chance(share))
        line.adjust(2, 0, -2, 0)
        left = line.width() - metrics.horizontalAdvance(percent) - gap
        if left < min(least, metrics.horizontalAdvance(name)):
            left = line.width()
        else:
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, percent)
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(left))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, text)


def image_of(pixels: FloatArray) -> QImage:
    """Pixels (H, W, 1 or 3) in [0, 1] as an image of its own."""
    eight = np.ascontiguousarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))
    height, width, channels = eight.shape
    kind = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    return QImage(eight.tobytes(), width, height, width * channels, kind).copy()


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        *(
            round(a + (b - a) * share)
            for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )
