"""A layer as a chip: its name above, its shape below, and an arrow from the chip before."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.models.guard import Guarded
from playground.models.network.strip_model import StripRole
from playground.models.state.document import Document
from playground.views.network.phase_marks import NO_MARKS
from playground.views.theme.theming import smaller
from playground.views.widgets.small_widgets import FROZEN, Index

_PADDING = 11
"""Pixels free beside the texts."""
_SPARE = 4
"""Pixels free above and below the two lines of text."""
_ARROW = 22
"""Pixels for the arrow between two chips."""
_LONGEST = 44
"""Characters of a sentence that a chip shows; the tooltip has them all."""


class ChipDelegate(Guarded, QStyledItemDelegate):
    """The layer that is shown is framed in the accent, one that cannot be computed in red.

    A chosen layer that is not the one shown is framed in the colour of text. In slow motion the
    layers at work are filled with the accent.
    """

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.marks = NO_MARKS
        """How far slow motion has come."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title, detail = chip_fonts(option.font)
        upper, lower = QFontMetrics(title), QFontMetrics(detail)
        wide = max(
            upper.horizontalAdvance(chip_title(index)),
            min(
                lower.horizontalAdvance(str(index.data(StripRole.DETAIL))),
                _LONGEST * lower.averageCharWidth(),
            ),
        )
        arrow = _ARROW if index.row() else 0
        return QSize(arrow + wide + 2 * _PADDING + 4, chip_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        muted = palette.placeholderText().color()
        box = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        if index.row():
            gap = QRect(box.left(), box.top(), _ARROW, box.height())
            painter.setPen(muted)
            painter.drawText(gap, Qt.AlignmentFlag.AlignCenter, "›")
            box.setLeft(box.left() + _ARROW)
        self._paint_frame(painter, box, option, index)
        title, detail = chip_fonts(option.font)
        at_work = index.data(StripRole.LAYER) in self.marks.here
        text = box.adjusted(_PADDING, _SPARE, -_PADDING, -_SPARE)
        painter.setFont(title)
        painter.setPen((palette.highlightedText() if at_work else palette.text()).color())
        painter.drawText(text, Qt.AlignmentFlag.AlignTop, chip_title(index))
        painter.setFont(detail)
        self._paint_detail(painter, text, palette, index, at_work=at_work)
        painter.restore()

    def _paint_detail(
        self, painter: QPainter, room: QRect, palette: QPalette, index: Index, *, at_work: bool
    ) -> None:
        """The layer's shape; in slow motion the number of its last phase in place of it."""
        metrics = painter.fontMetrics()
        mark = self.marks.texts.get(index.data(StripRole.LAYER))
        if mark is not None:
            painter.setPen((palette.highlightedText() if at_work else palette.highlight()).color())
            # A narrow chip gives a number its margins, too.
            spare = min(max(0, metrics.horizontalAdvance(mark) - room.width()), 2 * _PADDING - 4)
            room = room.adjusted(-spare // 2, 0, spare // 2 + 1, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom, mark)
            return
        problem = bool(index.data(StripRole.PROBLEM))
        muted = palette.placeholderText().color()
        painter.setPen(palette.brightText().color() if problem else muted)
        shown = metrics.elidedText(
            str(index.data(StripRole.DETAIL)), Qt.TextElideMode.ElideRight, room.width() + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom, shown)

    def _paint_frame(
        self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        palette: QPalette = option.palette
        flag, state = QStyle.StateFlag, option.state
        current = index.data(StripRole.LAYER) == self._document.selection.layer
        problem = bool(index.data(StripRole.PROBLEM))
        colour: QColor = palette.mid().color()
        if problem:
            colour = palette.brightText().color()
        elif current:
            colour = palette.highlight().color()
        elif state & flag.State_Selected:
            colour = palette.text().color()
        elif state & flag.State_MouseOver and index.data(StripRole.BLOCK) is not None:
            colour = palette.placeholderText().color()
        chosen = current or bool(state & flag.State_Selected)
        width = (2.5 if current and state & flag.State_HasFocus else 2.0) if chosen else 1.0
        inset = width / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, width))
        at_work = index.data(StripRole.LAYER) in self.marks.here
        painter.setBrush(palette.highlight() if at_work else palette.base())
        painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), 6, 6)


def chip_title(index: Index) -> str:
    """The layer's name, with a sign before it where the whole layer is frozen."""
    title = str(index.data())
    return f"{FROZEN} {title}" if index.data(StripRole.FROZEN) else title


def chip_fonts(base: QFont) -> tuple[QFont, QFont]:
    """Of the title and of the shape below it."""
    title = QFont(base)
    title.setWeight(QFont.Weight.DemiBold)
    return title, smaller(base)


def chip_height(base: QFont) -> int:
    """Of every chip, in pixels."""
    title, detail = chip_fonts(base)
    return QFontMetrics(title).height() + QFontMetrics(detail).height() + 2 * _SPARE + 2
