"""The network strip: a chip per layer, in the order the values flow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from playground.models.document import Document
from playground.models.strip_model import StripModel, StripRole
from playground.views.chip_delegate import ChipDelegate, chip_height

_MARGIN = 8
_FADE = 36


class NetworkStrip(QListView):
    """Clicking a layer shows the kernels and maps of the convolution it belongs to."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._model = StripModel(document, self)
        self.setModel(self._model)
        self.setItemDelegate(ChipDelegate(document, self))
        self.setProperty("kind", "strip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # A bar would cover the chips: the wheel, the keys and a fading end do without.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Layers of the network"))
        self.setAccessibleDescription(
            self.tr("Left and Right choose the layer whose kernels and maps are shown")
        )
        for signal in (self._model.rowsInserted, self._model.rowsRemoved):
            signal.connect(self._show_current)
        document.selection.layer_changed.connect(self._show_current)
        self._show_current()

    def sizeHint(self) -> QSize:
        return QSize(400, chip_height(self.font()) + _MARGIN + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The keys go from convolution to convolution."""
        rows, moves = self._model.blocks(), QAbstractItemView.CursorAction
        row = self._model.row_of(self._document.selection.layer)
        place = rows.index(row) if row in rows else 0
        step = {
            moves.MoveLeft: -1,
            moves.MovePrevious: -1,
            moves.MoveRight: 1,
            moves.MoveNext: 1,
            moves.MoveHome: -len(rows),
            moves.MoveEnd: len(rows),
        }.get(action, 0)
        index = self._model.index(rows[min(max(0, place + step), len(rows) - 1)])
        self._choose(index)
        return index

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        bar, port = self.horizontalScrollBar(), self.viewport()
        painter = QPainter(port)
        if bar.value() > bar.minimum():
            self._fade(painter, 0, _FADE)
        if bar.value() < bar.maximum():
            self._fade(painter, port.width(), port.width() - _FADE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _fade(self, painter: QPainter, edge: int, inner: int) -> None:
        """Show that there is more beyond an edge."""
        solid = self.palette().window().color()
        clear = QColor(solid)
        clear.setAlpha(0)
        gradient = QLinearGradient(QPointF(edge, 0), QPointF(inner, 0))
        gradient.setColorAt(0, solid)
        gradient.setColorAt(1, clear)
        left = min(edge, inner)
        painter.fillRect(QRectF(left, 0, _FADE, self.viewport().height()), gradient)

    def _choose(self, index: QModelIndex) -> None:
        block = index.data(StripRole.BLOCK)
        if block is not None:
            self._document.selection.set_layer(block)
        self._show_current()

    def _show_current(self) -> None:
        index = self._model.index(self._model.row_of(self._document.selection.layer))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()
