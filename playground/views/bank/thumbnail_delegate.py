"""A kernel as a small picture of its weights, with its name below."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.kernels.bank_model import BankRole
from playground.models.state.document import Document
from playground.models.training.run.freezing import Freezing
from playground.views.bank.kernel_list import PADDING, KernelList
from playground.views.pictures.kernel_picture import draw_kernel
from playground.views.theme.theming import Theming, smaller
from playground.views.widgets.cell_text import LaidOutText
from playground.views.widgets.small_widgets import FROZEN, Index

_LONGEST_NAME = 60
"""Characters of a name that can be typed: more is cut short wherever it is shown."""
_MOST_NAMES = 1000
"""Shortened names remembered: several banks, at the widths they are dragged through."""


class ThumbnailDelegate(Guarded, QStyledItemDelegate):
    """Weights in the common diverging colours; channels that differ stand side by side."""

    def __init__(
        self,
        document: Document,
        theming: Theming,
        view: KernelList,
        freezing: Freezing | None = None,
    ) -> None:
        super().__init__(view)
        self._freezing = freezing
        self._view = view
        self._document = document
        self._theming = theming
        self._names: _Names | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        plan = self._view.plan
        return QSize(plan.cell_width, plan.cell_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, side = self._theming.theme, self._view.plan.side
        cell = option.rect.adjusted(1, 1, -1, -1)
        current = index.row() == self._document.selection.kernel
        painter.save()
        self._paint_frame(painter, cell, option.state, current=current)
        room = QRect(cell.left() + 3, cell.top() + PADDING - 1, cell.width() - 6, side)
        weights = index.data(BankRole.WEIGHTS)
        draw_kernel(painter, room, weights, float(np.abs(weights).max()), theme)
        if self._view.plan.named:
            names = self._names_in(option.font)
            below = QRectF(cell.adjusted(2, side + PADDING, -2, 0))
            painter.setPen(QColor(theme.text if current else theme.muted))
            names.texts.draw(painter, below, names.shortened(self._name(index), below.width()))
        painter.restore()

    def _name(self, index: Index) -> str:
        """The kernel's name, with a sign before it where it is frozen."""
        layer, text = self._document.selection.layer, str(index.data())
        if self._freezing is not None and self._freezing.is_frozen(layer, index.row()):
            text = f"{FROZEN} {text}"
        return text

    def _names_in(self, font: QFont) -> _Names:
        if self._names is None or self._names.base != font:
            self._names = _Names(font)
        return self._names

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFont(smaller(option.font))
        editor.setMaxLength(_LONGEST_NAME)
        editor.setTextMargins(-4, -2, -4, -2)
        editor.setAccessibleName(self.tr("Name"))
        editor.setToolTip(self.tr("Type a name: Enter keeps it, Esc does not"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        height = editor.sizeHint().height()
        width = max(option.rect.width(), 120)
        room = self._view.viewport().rect()
        left = min(max(0, option.rect.center().x() - width // 2), room.width() - width)
        top = min(option.rect.bottom() - height + 3, room.height() - height)
        editor.setGeometry(left, top, width, height)

    def _paint_frame(
        self, painter: QPainter, cell: QRect, state: QStyle.StateFlag, *, current: bool
    ) -> None:
        """The accent around the current kernel, thinner around others that are selected."""
        theme, flag = self._theming.theme, QStyle.StateFlag
        selected = bool(state & flag.State_Selected)
        if not selected and not current and not state & flag.State_MouseOver:
            return
        colour = theme.accent if selected or current else theme.border
        width = (2.5 if state & flag.State_HasFocus else 2.0) if current else 1.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(QColor(theme.panel))
        inset = width / 2
        painter.drawRoundedRect(QRectF(cell).adjusted(inset, inset, -inset, -inset), 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class _Names:
    """How names are written and shortened, in a view whose font is `base`."""

    def __init__(self, base: QFont) -> None:
        self.base = QFont(base)
        font = smaller(base)
        self._metrics = QFontMetrics(font)
        self.texts = LaidOutText(font)
        self._known: dict[tuple[str, int], str] = {}

    def shortened(self, name: str, room: float) -> str:
        """`name` in `room` pixels."""
        width = int(room)
        text = self._known.get((name, width))
        if text is None:
            if len(self._known) > _MOST_NAMES:
                self._known.clear()
            text = self._known[name, width] = _shortened(name, self._metrics, width)
        return text


def _shortened(name: str, metrics: QFontMetrics, width: int) -> str:
    """`name` in `width` pixels; the sign or number at its end, which tells it apart, stays."""
    head, _, tail = name.rpartition(" ")
    tail = f" {tail}" if head and len(tail) <= 2 else ""
    room = width - metrics.horizontalAdvance(tail)
    head = name.removesuffix(tail)
    return metrics.elidedText(head, Qt.TextElideMode.ElideRight, room) + tail
