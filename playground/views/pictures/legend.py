"""The legend of a value picture: a bar through the colour map with −level, 0 and +level."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import ColourMap, ViewSettings
from playground.views.pictures.map_words import level_text
from playground.views.theme.theme import Theme, value_table
from playground.views.theme.theming import Theming

BAR = 6
"""Height of a bar in screen pixels: low enough to stand in a line of text."""

_GAP = 5
"""Screen pixels between a bar and its numbers."""

_SHORTEST = 14
"""Screen pixels of a bar that still shows anything."""


@lru_cache(maxsize=8)
def bar_image(theme: Theme, colour_map: ColourMap) -> QImage:
    """The colour map as an image one pixel high, from −level to +level."""
    table = value_table(theme, colour_map)
    rgb = table.tobytes()
    return QImage(rgb, len(table), 1, len(rgb), QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def draw_scale(
    painter: QPainter, rect: QRectF, level: float, theme: Theme, colour_map: ColourMap
) -> None:
    """A bar between its numbers, "−1.2 ▬▬▬▬ +1.2", across `rect`; the tick is zero."""
    metrics: QFontMetrics = painter.fontMetrics()
    low, high = level_text(level)
    left, right = metrics.horizontalAdvance(low) + _GAP, metrics.horizontalAdvance(high) + _GAP
    if rect.width() - left - right < _SHORTEST:
        low, high, right = f"±{high[1:]}", "", 0
        left = metrics.horizontalAdvance(low) + _GAP
    painter.setPen(QColor(theme.muted))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, high)
    bar = rect.adjusted(left, 0, -right, 0)
    if bar.width() >= _SHORTEST:
        draw_bar(painter, bar, theme, colour_map)


def draw_bar(painter: QPainter, rect: QRectF, theme: Theme, colour_map: ColourMap) -> None:
    """The colours alone, in the middle of `rect`, framed, with a tick at zero."""
    bar = QRect(round(rect.left()), round(rect.center().y() - BAR / 2), round(rect.width()), BAR)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawImage(bar, bar_image(theme, colour_map))
    painter.setPen(QColor(theme.border))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar.adjusted(0, 0, -1, -1))
    painter.setPen(QColor(theme.muted))
    centre = bar.center().x()
    painter.drawLine(centre, bar.top() - 2, centre, bar.top() - 1)
    painter.drawLine(centre, bar.bottom() + 1, centre, bar.bottom() + 2)


class LegendBar(Guarded, QWidget):
    """What the colours mean, for all maps: signs always, numbers where all share one level."""

    def __init__(self, settings: ViewSettings, theming: Theming) -> None:
        super().__init__()
        self._settings = settings
        self._theming = theming
        self.level: float | None = None
        """±level are the ends of the bar; None where each map has its own."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr(
                "The colours of all values: blue is negative, orange is positive, and zero is "
                "the neutral colour in the middle. Values beyond the ends have the end's colour."
            )
        )
        settings.colour_map_changed.connect(self._refresh)
        theming.changed.connect(self._refresh)
        self._refresh()

    def set_level(self, level: float | None) -> None:
        """Say the numbers at the ends, or none where each map has its own."""
        if level != self.level:
            self.level = level
            self._refresh()

    def words(self) -> tuple[str, str]:
        """What stands at the bar's left and right end."""
        if self.level is not None:
            return level_text(self.level)
        if self._settings.colour_map == "grey":
            return self.tr("black −"), self.tr("white +")
        return self.tr("blue −"), self.tr("orange +")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance("+0.00000") * 2 + 2 * _GAP
        return QSize(words + 2 * metrics.height(), metrics.height() + 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theming.theme
        painter = QPainter(self)
        low, high = self.words()
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(low) + _GAP
        right = metrics.horizontalAdvance(high) + _GAP
        rect = QRectF(self.rect())
        painter.setPen(QColor(theme.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, high)
        draw_bar(painter, rect.adjusted(left, 0, -right, 0), theme, self._settings.colour_map)

    def _refresh(self, _changed: object = None) -> None:
        low, high = self.words()
        self.setAccessibleName(self.tr("Colour legend from {} to {}").format(low, high))
        self.update()
