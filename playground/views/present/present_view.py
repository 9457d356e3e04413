"""The whole screen while a class is presented to: one view or two, and the line of keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.state.presenting import Presented
from playground.models.workbench import Workbench
from playground.views.present.equation_pane import EquationPane
from playground.views.present.flexible import Flexible
from playground.views.present.key_line import KeyLine
from playground.views.present.learning_panes import ClassesPane, WhyPane, curve_pane
from playground.views.present.map_pane import MapPane
from playground.views.present.pen_layer import PenLayer, PointerMark
from playground.views.present.scale import text_points
from playground.views.present.sum_pane import SumPane
from playground.views.theme.theming import Theming, style_sheet

_MARGIN = 20
"""Pixels around the views, and between two of them."""


class PresentView(Guarded, QWidget):
    """Makes each view when it is first shown, and shows those that are chosen.

    Left, Right   the kernel before, the next one
    Up, Down      the part of a long sum before, the next one; else the channel
    Esc           lets go of a cell, puts down the pen, goes back: one after the other
    """

    left = Signal()
    """Esc, with nothing else to let go of."""

    def __init__(self, bench: Workbench, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench, self._theming = bench, theming
        self._presenting = bench.presenting
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "present")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.panes: dict[Presented, QWidget] = {}
        """Those that have been shown."""
        self._rooms: dict[Presented, Flexible] = {}
        self.keys = KeyLine()
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN // 2)
        self._box.setSpacing(_MARGIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._box, 1)
        column.addWidget(self.keys)
        self.mark = PointerMark(self._presenting, theming, self)
        self.pen = PenLayer(self._presenting, theming, self)
        self._presenting.views_changed.connect(self._arrange)
        theming.changed.connect(self._restyle)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restyle()
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch_sum(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pen.resize(self.size())
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (self._move_kernel, -1),
            Qt.Key.Key_Right: (self._move_kernel, 1),
            Qt.Key.Key_Up: (self._move_part, -1),
            Qt.Key.Key_Down: (self._move_part, 1),
        }
        move = moves.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self._let_go()
        elif move is not None:
            move[0](move[1])
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        if not self.hasFocus():
            self.setFocus()
        elif self._presenting.pen or self._presenting.strokes:
            self._presenting.end()
        else:
            self.left.emit()

    def _move_kernel(self, by: int) -> None:
        selection, last = self._bench.document.selection, self._bench.document.conv.filters - 1
        selection.set_kernel(min(max(selection.kernel + by, 0), last))

    def _move_part(self, by: int) -> None:
        pane = self.panes.get("arithmetic")
        if isinstance(pane, SumPane) and pane.isVisible():
            pane.steps.move(by)
            return
        selection, last = self._bench.document.selection, self._bench.document.conv.channels - 1
        selection.set_channel(min(max(selection.channel + by, 0), last))

    def _restyle(self, _theme: object = None) -> None:
        """Text in proportion to the screen; nothing outside this view is touched."""
        if not self.isVisible():
            return
        points = text_points(self.size(), self.logicalDpiY())
        sheet = style_sheet(self._theming.theme, points)
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _arrange(self, _views: object = None) -> None:
        """Show the chosen views: beside each other, the sum below the other one."""
        if not self.isVisible():
            return
        views = self._presenting.views
        if "arithmetic" in views:
            views = tuple(sorted(views, key=lambda view: view == "arithmetic"))
        while self._box.count():
            self._box.takeAt(0)
        for view, room in self._rooms.items():
            if view not in views:
                room.hide()
        self._watch_sum(views)
        direction = QBoxLayout.Direction
        below = "arithmetic" in views
        self._box.setDirection(direction.TopToBottom if below else direction.LeftToRight)
        for view in views:
            room = self._room(view)
            # A sum needs less height than what stands above it.
            self._box.addWidget(room, 2 if view == "arithmetic" else 3)
            room.show()
        self.keys.mark([f"present.{view}" for view in views])
        self.mark.raise_()
        self.pen.raise_()

    def _watch_sum(self, views: tuple[Presented, ...]) -> None:
        """In Train nobody else looks at the sum."""
        explore = self._bench.settings.mode == "explore"
        self._bench.explainer.set_watched("arithmetic" in views or explore)

    def _room(self, view: Presented) -> Flexible:
        bench, theming = self._bench, self._theming
        make: dict[Presented, Callable[[], QWidget]] = {
            "equation": lambda: EquationPane(bench, theming),
            "map": lambda: MapPane(bench, theming),
            "arithmetic": lambda: SumPane(bench, theming),
            "why": lambda: WhyPane(bench.why, theming),
            "classes": lambda: ClassesPane(bench, theming),
            "curve": lambda: curve_pane(bench, theming),
            "kernels": lambda: MapPane(bench, theming, all_kernels=True),
        }
        if view not in self.panes:
            self.panes[view] = make[view]()
            self._rooms[view] = Flexible(self.panes[view])
        return self._rooms[view]
