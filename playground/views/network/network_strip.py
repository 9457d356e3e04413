"""The network strip: a chip per layer, in the order the values flow, to choose and to edit.

The current chip is the convolution whose kernels are shown; the selected one is what is removed
or moved: the same, or a layer behind it that was clicked or reached with the arrow keys.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QSizePolicy,
)

from playground.models.guard import Guarded
from playground.models.network.network_edits import NetworkEdits
from playground.models.network.strip_model import StripModel, StripRole
from playground.models.state.document import Document
from playground.views.network.chip_delegate import ChipDelegate, chip_height
from playground.views.network.layer_menus import LayerMenus
from playground.views.network.phase_marks import PhaseMarks
from playground.views.widgets.small_widgets import add_key, menu_button

_MARGIN = 8
"""Pixels free above and below the chips, together."""
_FADE = 36
"""Pixels over which the strip fades where chips go on beyond its edge."""
_BUTTON_GAP = 8
"""Pixels between the last chip and the button."""


class NetworkStrip(Guarded, QListView):
    """Clicking a layer shows the kernels and maps of the convolution it belongs to."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.edits = NetworkEdits(document, self)
        self.menus = LayerMenus(document, self.edits, self)
        self._model = StripModel(document, self.edits, self)
        self._make_add_button()
        self.setModel(self._model)
        self._chips = ChipDelegate(document, self)
        self.setItemDelegate(self._chips)
        self._prepare()
        self._make_actions()
        for signal in (self._model.rowsInserted, self._model.rowsRemoved):
            signal.connect(self._show_current)
        self._model.dataChanged.connect(self._place_button)
        document.selection.layer_changed.connect(self._show_current)
        self._show_current()

    @property
    def chosen(self) -> int | None:
        """The layer that Delete and the other keys are about."""
        rows = self.selectionModel().selectedIndexes()
        return rows[0].data(StripRole.LAYER) if rows else None

    @property
    def current(self) -> int:
        """The convolution whose kernels are shown."""
        return self._document.selection.layer

    @property
    def last(self) -> int:
        """The layer whose output the loss compares."""
        return len(self._document.network.layers) - 1

    def show_phases(self, marks: PhaseMarks) -> None:
        """Let the chips say how far slow motion has come."""
        if marks != self._chips.marks:
            self._chips.marks = marks
            self.viewport().update()

    def bring_into_sight(self, layer: int) -> QRect:
        """Scroll to the chip of a layer; where it is then, in the strip."""
        index = self._model.index(self._model.row_of(layer))
        self.scrollTo(index)
        return self.visualRect(index).translated(self.viewport().pos())

    def remove_chosen(self) -> None:
        """Take the chosen layer out."""
        if self.chosen is not None:
            self.edits.remove_layer(self.chosen)

    def move_chosen(self, by: int) -> None:
        """Move the chosen layer by so many places; it stays chosen."""
        layer = self.chosen
        if layer is not None and self.edits.move_layer(layer, layer + by):
            self._choose_layer(layer + by)

    def _prepare(self) -> None:
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
            self.tr(
                "Left and Right choose the convolution whose kernels and maps are shown, Up and "
                "Down any layer; Delete removes it, Ctrl with Left or Right moves it, Insert adds "
                "another behind it."
            )
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def _make_add_button(self) -> None:
        self.add_button = menu_button(
            "+", self.menus.kinds, self.tr("Add a layer: behind the chosen one (Insert)")
        )
        self.add_button.setAccessibleName(self.tr("Add a layer"))
        self.add_button.setProperty("kind", "icon")
        self.add_button.setParent(self)
        self.menus.kinds.aboutToShow.connect(self._aim)

    def _aim(self) -> None:
        """Let the button's menu be about the chosen layer."""
        chosen = self.chosen
        self.menus.aim(len(self._document.network.layers) - 1 if chosen is None else chosen)

    def _make_actions(self) -> None:
        add_key(self, self.tr("Remove"), "Del", self.remove_chosen)
        add_key(self, self.tr("Move to the left"), "Ctrl+Left", lambda: self.move_chosen(-1))
        add_key(self, self.tr("Move to the right"), "Ctrl+Right", lambda: self.move_chosen(1))
        add_key(self, self.tr("Add"), "Ins", self.add_button.showMenu)

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
        """Left and Right go from convolution to convolution, Up and Down from layer to layer."""
        rows, moves = self._model.blocks(), QAbstractItemView.CursorAction
        row = self._model.row_of(self._document.selection.layer)
        if action in (moves.MoveUp, moves.MoveDown):
            return self._choose_next(1 if action == moves.MoveDown else -1)
        place = rows.index(row) if row in rows else 0
        by = {
            moves.MoveLeft: -1,
            moves.MovePrevious: -1,
            moves.MoveRight: 1,
            moves.MoveNext: 1,
            moves.MoveHome: -len(rows),
            moves.MoveEnd: len(rows),
        }.get(action, 0)
        index = self._model.index(rows[min(max(0, place + by), len(rows) - 1)])
        self._choose(index)
        return index

    def layer_menu(self, row: int) -> QMenu | None:
        """What can be done to the layer in `row`; nothing for the input."""
        layer = self._model.index(row).data(StripRole.LAYER)
        return None if layer is None else self.menus.about(layer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        chosen = self.chosen
        index = self.indexAt(event.pos())
        if by_key and chosen is not None:
            index = self._model.index(self._model.row_of(chosen))
        menu = self.layer_menu(index.row()) if index.isValid() else None
        if menu is not None:
            self._choose(index)
            place = self.visualRect(index).center() if by_key else event.pos()
            menu.popup(self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_button()

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

    def _choose_next(self, by: int) -> QModelIndex:
        """Choose the layer `by` places on; the current chip is that of its convolution."""
        last = len(self._document.network.layers) - 1
        chosen = self.chosen
        self._choose_layer(min(max(0, (0 if chosen is None else chosen) + by), last))
        return self.currentIndex()

    def _choose_layer(self, layer: int) -> None:
        self._choose(self._model.index(self._model.row_of(layer)))

    def _choose(self, index: QModelIndex) -> None:
        block = index.data(StripRole.BLOCK)
        if block is not None:
            self._document.selection.set_layer(block)
        self._show_current()
        if index.data(StripRole.LAYER) is not None:
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def _show_current(self) -> None:
        index = self._model.index(self._model.row_of(self._document.selection.layer))
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
        self._place_button()
        self.viewport().update()

    def _place_button(self) -> None:
        """Behind the last chip; where that is out of sight, at the right edge."""
        button = self.add_button
        side = chip_height(self.font()) - 8
        button.setFixedSize(max(24, side * 2 // 3), side)
        room = self.viewport().geometry()
        if self.viewportMargins().right() != button.width() + _BUTTON_GAP:
            self.setViewportMargins(0, 0, button.width() + _BUTTON_GAP, 0)
        last = self.visualRect(self._model.index(self._model.rowCount() - 1))
        left = min(room.left() + last.right(), room.right()) + _BUTTON_GAP
        button.move(left, room.top() + (room.height() - side) // 2)
