"""Paints below a weight its next step or its sign, its gradient, and its earlier values."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from playground.models.training.run.weight_hints import WeightHint
from playground.models.words.local_numbers import typographic
from playground.views.kernel.cell_rooms import Box, CellRooms, Letters, cell_rooms
from playground.views.theme.theming import SMALLEST_POINTS
from playground.views.widgets.cell_text import Digits, LaidOutText, digit_font
from playground.views.widgets.small_widgets import FROZEN

_FAINT = 130
"""Opacity of the trail, of 255: seen, but lighter than the digits."""
_FREE = 4
"""Pixels beside a text, below which a shorter wording is easier to read."""
_MINUS = "−"
"""The typographic one: as wide as a digit, and no hyphen."""


class HintPainter:
    """Paints the hints of one grid."""

    def __init__(self) -> None:
        font = digit_font(SMALLEST_POINTS, bold=False)
        metrics = QFontMetricsF(font)
        self._line, self._advance = metrics.height(), metrics.horizontalAdvance("0")
        self._texts = LaidOutText(font)
        self._bold = LaidOutText(digit_font(SMALLEST_POINTS))
        self._letters = Letters(0, 0, self._line, self._advance)
        self._smallest = (math.inf, math.inf)

    def set_digits(self, digits: Digits, width: float = math.inf, height: float = math.inf) -> None:
        """Leave room for weights that are written so; the smallest cell is width × height pixels.

        All cells of a grid are shared out as the smallest: some are larger by a pixel.
        """
        metrics = QFontMetricsF(digits.font)
        value = 0.0 if digits.style is None else metrics.height()
        longest = digits.longest * metrics.horizontalAdvance("0")
        self._letters = Letters(value, longest, self._line, self._advance)
        self._smallest = (width, height)

    def rooms(
        self, cell: QRectF, *, hinted: bool, frozen: bool = False, gradients: bool = False
    ) -> CellRooms:
        """What stands where in a cell of this size."""
        return cell_rooms(
            min(cell.width(), self._smallest[0]),
            min(cell.height(), self._smallest[1]),
            self._letters,
            hinted=hinted,
            frozen=frozen,
            gradients=gradients,
        )

    def paint(
        self,
        painter: QPainter,
        cell: QRectF,
        rooms: CellRooms,
        hint: WeightHint | None,
        colour: QColor,
    ) -> None:
        """All that has a room. Leaves the painter's pen in `colour`."""
        if rooms.trail is not None and hint is not None:
            _paint_trail(painter, placed(rooms.trail, cell), hint.trail, colour)
        painter.setPen(colour)
        if rooms.sign is not None:
            self._paint_sign(painter, placed(rooms.sign, cell), colour)
        if hint is None:
            return
        if rooms.step is not None:
            self._write_step(painter, placed(rooms.step, cell), hint)
        if rooms.gradient is not None:
            text = gradient_text(hint.gradient)
            self._write(painter, self._texts, placed(rooms.gradient, cell), text)

    def _write_step(self, painter: QPainter, room: QRectF, hint: WeightHint) -> None:
        """The next step; what the last one added in slow motion is printed bold."""
        if hint.change is None:
            self._write(painter, self._texts, room, step_text(hint.step))
        else:
            self._write(painter, self._bold, room, change_text(hint.change))

    def _write(self, painter: QPainter, texts: LaidOutText, room: QRectF, text: str) -> None:
        """`text` in its room, else without the 0 before its decimal mark, else nothing."""
        for wording, free in ((text, _FREE), (narrow(text), 0)):
            if self._advance * len(wording) + free <= room.width():
                texts.draw(painter, room, wording)
                return

    def _paint_sign(self, painter: QPainter, room: QRectF, colour: QColor) -> None:
        """The sign of frozen things; where that would be too small to be read, three strokes."""
        if room.height() >= self._line:
            self._texts.draw(painter, room, FROZEN)
            return
        painter.setPen(QPen(colour, 1.2))
        reach = room.height() / 2 - 0.6
        for turn in (90, 30, 150):
            away = QPointF(math.cos(math.radians(turn)), math.sin(math.radians(turn))) * reach
            painter.drawLine(room.center() - away, room.center() + away)
        painter.setPen(colour)


def placed(box: Box, cell: QRectF) -> QRectF:
    """A room of the cell where that is."""
    return QRectF(cell.left() + box.left, cell.top() + box.top, box.width, box.height)


def hint_words(hint: WeightHint) -> str:
    """Gradient and next step with all their digits, and what the last one added in slow motion."""
    words = QCoreApplication.translate("WeightHints", "∂L/∂w = {}; the next step adds {}")
    said = words.format(_signed(hint.gradient), _signed(hint.step))
    if hint.change is None:
        return said
    added = QCoreApplication.translate("WeightHints", "The step in slow motion has added {}")
    return f"{added.format(_signed(hint.change))}\n{said}"


def hint_meaning() -> str:
    """What the signs in a cell stand for."""
    return QCoreApplication.translate(
        "WeightHints",
        "Below the weight: ▲ ▼ how far the next step moves it, up or down; "
        "g its gradient ∂L/∂w; the line its earlier values.",
    )


def gradient_text(gradient: float) -> str:
    """The gradient ∂L/∂w in few digits: g −0.013."""
    return f"g {'+' if gradient >= 0 else _MINUS}{_few(abs(gradient))}"


def step_text(step: float) -> str:
    """▲ 0.013: up, by so much; a dot where it stays."""
    if abs(step) < 5e-7:
        return "· 0"
    return f"{'▲' if step > 0 else '▼'} {_few(abs(step))}"


def change_text(change: float) -> str:
    """What a step has added: +0.013."""
    return f"{'+' if change >= 0 else _MINUS}{_few(abs(change))}"


def narrow(text: str) -> str:
    """▲ .013 for ▲ 0.013; of numbers from 1 on, one decimal less."""
    if text.startswith("·"):
        return text
    shorter = re.sub(r"\b0(?=[.,])", "", text)
    return shorter if shorter != text else re.sub(r"(?<=[.,]\d\d)\d$", "", text)


def _few(size: float) -> str:
    """A number of 0 or more in five characters; below a thousandth 4e−4."""
    return typographic(f"{size:.0e}" if 0 < size < 5e-4 else f"{size:.3f}")


def _signed(number: float) -> str:
    # A frozen weight's −0.0 is 0.
    return typographic(f"{number + 0.0:+.4g}")


def _paint_trail(painter: QPainter, room: QRectF, trail: tuple[float, ...], colour: QColor) -> None:
    """The weight's earlier values as a line over the whole room."""
    if len(trail) < 2:
        return
    low, high = min(trail), max(trail)
    height, bottom = room.height() - 2, room.bottom() - 1
    span = high - low or 1.0
    apart = room.width() / (len(trail) - 1)
    points = [
        QPointF(room.left() + number * apart, bottom - (value - low) / span * height)
        for number, value in enumerate(trail)
    ]
    faint = QColor(colour)
    faint.setAlpha(_FAINT)
    painter.setPen(faint)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Smooth lines would take as long as all the rest of the grid.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawPolyline(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
