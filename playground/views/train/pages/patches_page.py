"""What the selected kernel has learned to look for: the patches that excite it most."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from playground.core.explain.strongest import MOST
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.inspect.strong_patches import (
    PatchesModel,
    PatchReport,
    PatchRole,
    StrongPatches,
)
from playground.models.words.claim_words import with_step
from playground.views.theme.theming import Theming
from playground.views.train.pages.class_delegates import image_of
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import Index, WatchingPage, bare, label

_GAP = 4
"""Pixels between two patches, so that each keeps a frame of its own."""

_SMALLEST, _LARGEST = 28, 160
"""Sides of a patch in pixels: below, nothing is recognised; above, there is nothing more to see."""


class PatchList(Guarded, QListView):
    """Patches in rows, as large as fits; a click or Enter chooses one."""

    chosen = Signal(int)
    """The number of a patch."""

    def __init__(self, model: PatchesModel, theming: Theming) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(PatchDelegate(theming, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "plain")
        self.setMinimumSize(150, 60)
        self.setAccessibleName(self.tr("Patches that excite this kernel most"))
        model.modelReset.connect(self.fit)
        self.clicked.connect(self._choose)
        theming.changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def fit(self) -> None:
        """Make the pictures as large as can be with their captions."""
        lines = 2 if self.model().index(0, 0).data(PatchRole.CLASS_NAME) else 1
        # The list's own size, not the viewport's: a scroll bar must not make room for itself.
        room = self.contentsRect().size()
        cell = fitted_cell(room, self.fontMetrics(), lines)
        across = max(1, (room.width() - 2) // cell.width())
        fits = -(-MOST // across) * cell.height() <= room.height()
        # Where a bar might be needed, Qt keeps its place free.
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        if bar != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(bar)
        if cell != self.gridSize():
            self.setGridSize(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


class PatchDelegate(Guarded, QStyledItemDelegate):
    """The patch, the response below it, and of what class the example is where there is room."""

    def __init__(self, theming: Theming, view: PatchList) -> None:
        super().__init__(view)
        self._view, self._theming = view, theming

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, metrics = self._theming.theme, QFontMetrics(option.font)
        rect = QRectF(option.rect).adjusted(2, 1, -2, -_GAP)
        name = str(index.data(PatchRole.CLASS_NAME))
        caption = metrics.height() * (2 if name else 1)
        pixels = index.data(PatchRole.PIXELS)
        tall, wide = pixels.shape[:2]
        scale = min(rect.width() / wide, (rect.height() - caption) / tall)
        left = rect.left() + (rect.width() - wide * scale) / 2
        target = QRectF(left, rect.top(), wide * scale, tall * scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        painter.drawImage(target, image_of(pixels))
        marked = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(theme.accent if marked else theme.border), 2 if marked else 1))
        painter.drawRect(target)
        line = QRectF(rect.left(), target.bottom() + 1, rect.width(), metrics.height())
        painter.setPen(QColor(theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, str(index.data()))
        painter.setPen(QColor(theme.muted))
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line.translated(0, metrics.height()), Qt.AlignmentFlag.AlignHCenter, short)


def fitted_cell(room: QSize, metrics: QFontMetrics, lines: int, count: int = MOST) -> QSize:
    """The cell in which `count` square pictures are as large as can be over `lines` of text."""
    caption, best, columns = lines * metrics.height() + _GAP + 1, 0, count
    for across in range(1, count + 1):
        rows = -(-count // across)
        width, height = (room.width() - 2) // across, (room.height() - 2) // rows
        side = min(width - _GAP, height - caption)
        if side > best and width >= metrics.horizontalAdvance("0.123"):
            best, columns = side, across
    side = min(max(_SMALLEST, best), _LARGEST)
    width = max((room.width() - 2) // columns, side + _GAP)
    return QSize(min(width, 2 * side + _GAP), side + caption)


class PatchesPage(WatchingPage):
    """A line that says whose patches these are, and the patches."""

    def __init__(self, patches: StrongPatches, document: Document, theming: Theming) -> None:
        super().__init__(patches)
        self._patches, self._document = patches, document
        self.title = QuietLabel(theming)
        self.model = PatchesModel(patches, self)
        self.list = PatchList(self.model, theming)
        self.empty = label("", "detail")
        self.empty.setWordWrap(True)
        column = bare(QVBoxLayout(self), 2)
        column.addWidget(self.title)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch()
        patches.changed.connect(self._show)
        document.task_changed.connect(self._follow_task)
        self.list.chosen.connect(patches.point_at)
        self._show(patches.answer)

    def _follow_task(self, _task: object) -> None:
        self._show(self._patches.answer)

    def _show(self, report: PatchReport | None) -> None:
        empty = self._why_empty(report)
        self.empty.setText(empty)
        self.empty.setVisible(bool(empty))
        self.list.setVisible(not empty)
        self.title.setText("" if report is None else self._headline(report))
        self.title.setVisible(bool(self.title.text()))

    def _headline(self, report: PatchReport) -> str:
        name = self._document.network.conv(report.layer).names[report.kernel]
        words = self.tr("{} · strongest among {} examples")
        text = words.format(name, report.examples)
        if report.patches:
            field = report.patches[0].field
            text += self.tr(" · sees {} × {} pixels").format(field.height, field.width)
        return with_step(self._patches.step, text)

    def _why_empty(self, report: PatchReport | None) -> str:
        asked = self._patches
        if report is None and asked.asking:
            return ""
        if report is None:
            return asked.problem or self.tr(
                "Choose a task: the places in its examples that excite the selected kernel most "
                "appear here."
            )
        if not report.patches:
            return self.tr(
                "No example excites this kernel: its response is nowhere above zero. Behind ReLU "
                "it is silent."
            )
        return ""
