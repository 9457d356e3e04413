"""Pairs of kernels in rows: as the run began, and as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from playground.models.guard import Guarded
from playground.models.state.selection import Selection
from playground.models.training.inspect.kernel_pairs import KernelPairs, PairRole
from playground.views.pictures.kernel_picture import draw_kernel
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import Index

_PADDING = 4
"""Pixels around a pair, inside which the frame is drawn."""

_ARROW = 16
"""Pixels between the two kernels of a pair."""

_SMALLEST, _LARGEST = 26, 120
"""Sides of a kernel in pixels: below, no weight is told apart; above, nothing more is seen."""

_LINES = 2
"""Of text below a pair: its name, and how far it moved."""

_BAR = 12
"""Pixels that a scroll bar takes, with its distance."""


@dataclass(frozen=True)
class PairPlan:
    """How large pairs are drawn, in pixels."""

    cell: QSize
    side: int
    """Of the square for one kernel."""
    scrolled: bool


def plan_pairs(count: int, room: QSize, line: int, words: int) -> PairPlan:
    """The plan for `count` pairs in `room`; `line` is the height of a text, `words` its width.

    They are as large as all of them fit, or small and scrolled where they do not.
    """
    below = _LINES * line + 2 * _PADDING
    best, columns = 0, 1
    for across in range(1, max(1, count) + 1):
        width, height = room.width() // across, room.height() // -(-max(1, count) // across)
        side = min((width - _ARROW) // 2 - _PADDING, height - below)
        if width >= words + 2 * _PADDING and side > best:
            best, columns = side, across
    scrolled = best < _SMALLEST
    if scrolled:
        wide = max(2 * _SMALLEST + _ARROW, words) + 2 * _PADDING
        columns = max(1, (room.width() - _BAR) // wide)
    side = min(max(_SMALLEST, best), _LARGEST)
    width = (room.width() - (_BAR if scrolled else 0)) // columns
    widest = max(2 * side + _ARROW, words) + 8 * _PADDING
    return PairPlan(QSize(min(width, widest), side + below), side, scrolled)


class PairList(Guarded, QListView):
    """What is current in it is the kernel that is selected everywhere."""

    def __init__(self, model: KernelPairs, selection: Selection, theming: Theming) -> None:
        super().__init__()
        self._selection = selection
        self.plan = plan_pairs(1, QSize(1, 1), 1, 1)
        self.setModel(model)
        self.setItemDelegate(PairDelegate(theming, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "plain")
        self.setMinimumSize(150, 60)
        self.setAccessibleName(self.tr("Kernels as the run began, and as they are shown"))
        self.setToolTip(self.tr("Click a pair to select its kernel"))
        model.modelReset.connect(self._take)
        selection.kernel_changed.connect(self._follow)
        self.selectionModel().currentChanged.connect(self._choose)
        theming.changed.connect(self.viewport().update)

    def dataChanged(  # type: ignore[override]
        self, first: QModelIndex, last: QModelIndex, roles: list[int] | None = None
    ) -> None:
        # The base class would lay out all of them for every step.
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Share the room among the pairs."""
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(self.tr("moved {}").format("0.123"))
        # The list's own size, not the viewport's: a scroll bar must not make room for itself.
        room = self.contentsRect().size() - QSize(2, 2)
        self.plan = plan_pairs(self.model().rowCount(), room, metrics.height(), words)
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if self.plan.scrolled else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        if self.plan.cell != self.gridSize():
            self.setGridSize(self.plan.cell)
        # No slice of a row that does not fit is shown.
        spare = room.height() % self.plan.cell.height() if self.plan.scrolled else 0
        spare = spare if spare < room.height() else 0
        if spare != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, spare)

    def _take(self) -> None:
        self.fit()
        self._follow()

    def _follow(self, _kernel: object = None) -> None:
        """Make the selected kernel's pair the current one."""
        index = self.model().index(self._selection.kernel, 0)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
        self.viewport().update()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and index.row() != self._selection.kernel:
            self._selection.set_kernel(index.row())


class PairDelegate(Guarded, QStyledItemDelegate):
    """Two kernels in one scale of colours, the name below, and how far it has moved."""

    def __init__(self, theming: Theming, view: PairList) -> None:
        super().__init__(view)
        self._view, self._theming = view, theming

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.plan.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pairs = self._view.model().pairs  # type: ignore[attr-defined]
        if pairs is None:
            return
        theme, side = self._theming.theme, self._view.plan.side
        cell = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        self._paint_frame(painter, cell, option.state)
        left = cell.left() + (cell.width() - 2 * side - _ARROW) // 2
        top = cell.top() + _PADDING - 1
        for number, role in enumerate((PairRole.START, PairRole.NOW)):
            room = QRect(left + number * (side + _ARROW), top, side, side)
            draw_kernel(painter, room, index.data(role), pairs.level, theme)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.muted))
        arrow = QRectF(left + side, top, _ARROW, side)
        painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
        below = QRectF(cell.left() + 2, top + side + 1, cell.width() - 4, _height(option.font))
        painter.setPen(QColor(theme.text))
        self._write(painter, below, f"{index.row()} {index.data()}")
        painter.setPen(QColor(theme.muted))
        self._write(painter, below.translated(0, below.height()), index.data(PairRole.MOVED))
        painter.restore()

    def _paint_frame(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        """The accent around the selected kernel."""
        theme, flag = self._theming.theme, QStyle.StateFlag
        current = bool(state & flag.State_Selected)
        if not current and not state & flag.State_MouseOver:
            return
        width = (2.5 if state & flag.State_HasFocus else 2.0) if current else 1.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if current else theme.border), width))
        painter.setBrush(QColor(theme.panel))
        inset = width / 2
        painter.drawRoundedRect(QRectF(cell).adjusted(inset, inset, -inset, -inset), 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _write(self, painter: QPainter, line: QRectF, text: str) -> None:
        metrics, flag = painter.fontMetrics(), Qt.AlignmentFlag
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, flag.AlignHCenter | flag.AlignVCenter, short)


def _height(font: QFont) -> int:
    return QFontMetrics(font).height()
