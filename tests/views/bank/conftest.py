"""The panel of a bank on the (virtual) screen, with a hand on it, for the tests of its parts."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.bank.bank_panel import BankPanel
from playground.views.theme.theming import Theming
from tests.views.hand import Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Bench:
    """A panel on the (virtual) screen and hands to work it with."""

    def __init__(self, qtbot, channels=1, width=320, height=300):
        self.document = Document(Session(None, NetworkSpec((starter_bank(channels),))))
        self.selection = self.document.selection
        settings = ViewSettings()
        settings.set_theme("light")
        self.theming = Theming(settings)
        self.panel = BankPanel(self.document, self.theming)
        self.view = self.panel.view
        qtbot.addWidget(self.panel)
        self.panel.resize(width, height)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        qtbot.waitUntil(self.panel.isActiveWindow)
        self.view.setFocus()
        self.hand = Hand(self.view)
        self.told = []
        self.document.problem.connect(self.told.append)

    @property
    def names(self):
        return self.document.conv.names

    @property
    def chosen(self):
        """The current kernel and all selected, as every other view sees them."""
        return self.selection.kernel, sorted(self.selection.kernels)

    @property
    def marked(self):
        """The current row and the selected rows, as the list shows them."""
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        return self.view.currentIndex().row(), rows

    def at(self, row):
        """The middle of a thumbnail."""
        return self.view.visualRect(self.panel.model.index(row)).center()

    def edge(self, row):
        """Between a thumbnail and the one before it."""
        rect = self.view.visualRect(self.panel.model.index(row))
        return QPoint(rect.left() + 1, rect.center().y())

    def click(self, row, modifiers=Qt.KeyboardModifier.NoModifier):
        self.hand.click(self.at(row), modifiers)
        assert self.marked[1] == self.chosen[1]

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.view, key, modifiers)

    @property
    def columns(self):
        """Thumbnails side by side."""
        tops = [self.view.visualRect(self.panel.model.index(row)).top() for row in range(12)]
        return tops[: len(self.names)].count(tops[0])

    def picture_of(self, row):
        """Where in a thumbnail its weights are drawn."""
        rect = self.view.visualRect(self.panel.model.index(row))
        side = self.view.plan.side
        box = QRectF(0, 0, side, side)
        box.moveCenter(QPointF(rect.center().x() + 0.5, rect.top() + 4 + side / 2))
        return box

    def colour(self, x, y):
        """(r, g, b) of one pixel of the list as it is drawn."""
        drawn = self.view.viewport().grab().toImage().pixelColor(int(x), int(y))
        return drawn.red(), drawn.green(), drawn.blue()

    def editor(self):
        """The field in which a name is being typed."""
        return self.view.findChild(QLineEdit)

    def finish(self, key):
        """End the typing of a name."""
        QTest.keyClick(self.editor(), key)
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def drag(self, rows, to, model=None):
        """Drop thumbnails at a point of the list; this platform has no drags of its own."""
        model = model or self.panel.model
        data = model.mimeData([model.index(row) for row in rows])
        move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
        none, port = Qt.KeyboardModifier.NoModifier, self.view.viewport()
        entered = QDragEnterEvent(to, move, data, left, none)
        QApplication.sendEvent(port, entered)
        moved = QDragMoveEvent(to, move, data, left, none)
        QApplication.sendEvent(port, moved)
        if entered.isAccepted() and moved.isAccepted():
            QApplication.sendEvent(port, QDropEvent(QPointF(to), move, data, left, none))
            return True
        return False


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)
