"""The bank's list: every kernel as large as the room allows, or scrolled in whole rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle

from playground.models.guard import Guarded
from playground.views.theme.theming import smaller

PADDING = 4
"""Pixels around a thumbnail and above its name, inside which the frame is drawn."""

_LARGEST, _USUAL, _SMALLEST, _BARE = 9.0, 2.9, 1.9, 1.4
"""Sides of a picture in lines of text: at most, where it is scrolled, least with and without name.

They grow with the text, for the back row.
"""

_SCROLL_BAR = 10
"""Pixels that a scroll bar takes, as the style sheet says."""


class KernelList(Guarded, QListView):
    """The list of thumbnails: select several, drag to reorder, rename in place."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = ThumbnailPlan(1, 1, 1, 1)
        """How large the thumbnails are, and whether their names are written."""
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QListView.EditTrigger.EditKeyPressed | QListView.EditTrigger.DoubleClicked
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)

    def sizeHint(self) -> QSize:
        width, height = usual_cell(*self._text())
        return QSize(4 * width + _SCROLL_BAR, 2 * height)

    def minimumSizeHint(self) -> QSize:
        width, height = usual_cell(*self._text())
        return QSize(2 * width + _SCROLL_BAR, height)

    def dataChanged(  # type: ignore[override]
        self, first: QModelIndex, last: QModelIndex, roles: list[int] | None = None
    ) -> None:
        # The base class would lay out and paint every kernel for each changed weight.
        for row in range(first.row(), last.row() + 1):
            self.update(self.model().index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        # The base class lays out a tenth of a second later, which would be seen.
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self.fit()

    def fit(self) -> None:
        """Share the room among the kernels, and show no slice of a row that does not fit."""
        if self.model() is None or not self.model().rowCount():
            return
        bar = self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
        )
        # Qt never fills the last pixel of a row.
        room = self.width() - 1, self.height()
        plan = plan_thumbnails(self.model().rowCount(), room, *self._text(), bar)
        if plan != self.plan:
            self.plan = plan
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOn if plan.scrolled else policy.ScrollBarAlwaysOff
            )
            self.setGridSize(QSize(plan.cell_width, plan.cell_height))
            self.viewport().update()
        spare = self.height() % plan.cell_height if plan.scrolled else 0
        if spare >= self.height():
            spare = 0
        if spare != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, spare)

    def _text(self) -> tuple[int, int]:
        """The height of a name, and the width of a short one."""
        metrics = QFontMetrics(smaller(self.font()))
        return metrics.height(), metrics.horizontalAdvance("Sobel x")


@dataclass(frozen=True)
class ThumbnailPlan:
    """The plan of a bank, in whole pixels."""

    columns: int
    cell_width: int
    cell_height: int
    side: int
    """Of the square that a kernel's weights are drawn in."""
    named: bool = True
    scrolled: bool = False


def plan_thumbnails(
    count: int, room: tuple[int, int], line: int, name: int, bar: int
) -> ThumbnailPlan:
    """The plan for `count` kernels in `room` (width, height).

    With c columns and r = ⌈n / c⌉ rows a thumbnail may be W / c wide and H / r, less its name,
    high. Where the names leave too little for the weights they go first, and only then is scrolled.
    `line` is the height of a name and `name` the width that a short one needs; `bar` is what a
    scroll bar takes of the width.
    """
    named = max(_seen_at_once(count, room, line, name), key=_size, default=None)
    if named is not None and named.side >= _SMALLEST * line:
        return named
    bare = max(_seen_at_once(count, room, 0, 0, line), key=_size, default=None)
    if bare is not None and bare.side >= _BARE * line:
        return bare
    least = usual_cell(line, name)
    width = max(room[0] - bar, least[0])
    columns = width // least[0]
    return ThumbnailPlan(columns, width // columns, least[1], round(_USUAL * line), scrolled=True)


def usual_cell(line: int, name: int) -> tuple[int, int]:
    """(width, height) of one kernel in a bank that is scrolled."""
    side = round(_USUAL * line)
    return max(side, name) + 2 * PADDING, side + line + 3 * PADDING


def _seen_at_once(
    count: int, room: tuple[int, int], line: int, name: int, unit: int = 0
) -> Iterator[ThumbnailPlan]:
    """The plans for any number of columns that need no scrolling; without names, line is 0."""
    largest = round(_LARGEST * (line or unit))
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        width, height = room[0] // columns, room[1] // rows
        below = line + PADDING if line else 0
        side = min(width - 2 * PADDING, height - below - 2 * PADDING, largest)
        if side > 0 and width >= name + 2 * PADDING:
            # A low cell beside a wide one would leave its row half empty.
            height = min(height, side + below + 2 * PADDING)
            yield ThumbnailPlan(columns, width, height, side, named=bool(line))


def _size(plan: ThumbnailPlan) -> tuple[int, int]:
    """What makes one plan better than another: larger pictures, then room for their names."""
    return plan.side, plan.cell_width
