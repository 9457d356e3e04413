"""The way into a presentation and out of it, and the tools that step aside meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.present.present_view import PresentView
from playground.views.present.scale import text_points
from playground.views.theme.theming import Theming, style_sheet
from playground.views.widgets.small_widgets import bare
from playground.views.window.top_bar import MARGIN

_LOOK_MS = 100
"""How often is looked where the pointer is: quick enough for a hand that waits."""

_EDGE = 8
"""Pixels from the upper edge at which the tools come."""

_AWAY = 48
"""Pixels below them at which they step aside again."""


Lent = Sequence[tuple[QVBoxLayout, QWidget]]
"""Widgets, each with the layout that it belongs to."""


class Tools(Guarded, QWidget):
    """Bars and chips at the upper edge, over the presentation, so that nothing below moves."""

    def __init__(self, bench: Workbench, theming: Theming, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenting, self._theming = bench.presenting, theming
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.box = bare(QVBoxLayout(self), 0)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._resting: QPoint | None = None
        """Where the pointer has been since the presentation began; None once it has moved."""
        self._presenting.tools_changed.connect(self.look)
        self.hide()

    def take(self, widget: QWidget) -> None:
        """Have `widget` for now; bars keep their own distance from the window's sides."""
        margin = 0 if widget.property("kind") in ("bar", "strip") else MARGIN
        row = QHBoxLayout()
        row.setContentsMargins(margin, 0, margin, 4 if margin else 0)
        row.addWidget(widget)
        self.box.addLayout(row)
        if self.isVisible():
            self.place()

    def empty(self) -> None:
        """Forget the rows of what has been given back."""
        while self.box.count():
            self.box.takeAt(0)

    def set_presenting(self, presenting: bool) -> None:
        """Wait for the pointer, or for the key; or no longer."""
        if presenting:
            self._resting = QCursor.pos()
            self._timer.start()
        else:
            self._timer.stop()
            self.hide()

    def look(self, _wanted: object = None) -> None:
        """Come or go, as the pointer and the key want it."""
        wanted = self._presenting.tools or self._reached()
        if wanted and not self.isVisible():
            self.place()
        self.setVisible(wanted and self._timer.isActive())

    def _reached(self) -> bool:
        """Whether the pointer is at the edge, or has come from there and is still near."""
        parent = self.parentWidget()
        if parent is None or not parent.isActiveWindow():
            return self.isVisible()
        if self.isVisible() and QApplication.activePopupWidget() is not None:
            return True
        if QCursor.pos() == self._resting:
            return False  # It lies there, and has not come.
        self._resting = None
        at = parent.mapFromGlobal(QCursor.pos())
        depth = self.height() + _AWAY if self.isVisible() else _EDGE
        return parent.rect().contains(at) and at.y() < depth

    def place(self) -> None:
        """Along the upper edge, over everything."""
        parent = self.parentWidget()
        if parent is not None:
            points = text_points(parent.size(), self.logicalDpiY())
            self.setStyleSheet(style_sheet(self._theming.theme, points))
            width = parent.width()
            self.resize(
                width,
                self.box.totalHeightForWidth(width)
                if self.box.hasHeightForWidth()
                else self.sizeHint().height(),
            )
            self.move(QPoint(0, 0))
            self.raise_()


class Presentation(Guarded, QObject):
    """Covers `central`, and has `tools` at its upper edge while it does."""

    def __init__(self, bench: Workbench, view: PresentView, tools: Tools, central: QWidget) -> None:
        super().__init__(central)
        self._bench, self._central = bench, central
        self.view, self.tools = view, tools
        self._homes: list[tuple[QVBoxLayout, int, QWidget]] = []
        central.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._keep_focus)  # type: ignore[union-attr]

    @property
    def active(self) -> bool:
        """Whether a class is presented to."""
        return not self.view.isHidden()

    def begin(self, lent: Lent) -> None:
        """Show the presentation; the widgets `lent` by their layouts are its tools."""
        self.lend(lent)
        self.view.setGeometry(self._central.rect())
        self.view.raise_()
        self.view.show()
        self.tools.set_presenting(True)
        self.view.setFocus()

    def lend(self, lent: Lent) -> None:
        """Take these tools, and show what suits the mode."""
        self._homes = [(home, home.indexOf(widget), widget) for home, widget in lent]
        for _, _, widget in self._homes:
            self.tools.take(widget)
        self._bench.presenting.begin(self._bench.settings.mode)

    def give_back(self) -> None:
        """Each tool stands where it stood."""
        for home, index, widget in self._homes:
            home.insertWidget(index, widget)
        self._homes = []
        self.tools.empty()

    def end(self) -> None:
        """Give everything back."""
        self._bench.presenting.end()
        self.tools.set_presenting(False)
        self.view.hide()
        self.give_back()

    def _keep_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Where what had the focus is gone, the keys would reach nobody."""
        if now is None and self.active and self._central.window().isActiveWindow():
            self.view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.active:
            self.view.setGeometry(self._central.rect())
            if self.tools.isVisible():
                self.tools.place()
        return super().eventFilter(watched, event)
