"""A kernel panel and a grid on the (virtual) screen, with hands on them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.kernel.kernel_panel import KernelPanel
from playground.views.kernel.weight_delegate import WeightEditor
from playground.views.kernel.weight_grid import WeightGrid
from playground.views.theme.theming import Theming
from playground.views.widgets.popover import ParameterPopover
from tests.views.hand import Hand

KEY, SHIFT, CTRL, ALT, NONE = (
    Qt.Key,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton


class PanelBench:
    """A kernel panel on the (virtual) screen."""

    def __init__(self, qtbot, channels=1, size=(330, 300)):
        self.document = Document(Session(None, NetworkSpec((starter_bank(channels),))))
        self.settings = ViewSettings()
        self.theming = Theming(self.settings)
        self.panel = KernelPanel(self.document, self.theming)
        qtbot.addWidget(self.panel)
        self.panel.resize(*size)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.problems = []
        self.document.problem.connect(self.problems.append)

    @property
    def weights(self):
        return self.document.conv.kernel[:, :, 0, 0]

    @property
    def entries(self):
        stack = self.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    def popover(self, kind=ParameterPopover):
        return next(p for p in self.panel.findChildren(kind) if p.isVisible())


@pytest.fixture
def bench(qtbot):
    return PanelBench(qtbot)


def choose(menu, *path):
    """Pick an entry by its words, through the submenus on the way."""
    for word in path[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == word)
    menu.popup(QPoint(0, 0))
    action = next(a for a in menu.actions() if a.text().rstrip("…") == path[-1])
    menu.setActiveAction(action)
    QTest.keyClick(menu, KEY.Key_Return)
    QApplication.processEvents()


def click(widget):
    QTest.mouseClick(widget, LEFT)


class GridBench:
    """A grid over kernel 0, Sobel x, and a hand on it."""

    def __init__(self, qtbot, channels=1, channel=None, size=(320, 240)):
        self.document = Document(Session(None, NetworkSpec((starter_bank(channels),))))
        self.settings = ViewSettings()
        self.theming = Theming(self.settings)
        self.edits = KernelEdits(self.document)
        self.grid = WeightGrid(self.document, self.edits, self.theming, channel)
        qtbot.addWidget(self.grid)
        self.grid.resize(*size)
        self.grid.show()
        qtbot.waitExposed(self.grid)
        self.hand = Hand(self.grid)
        self.problems = []
        self.document.problem.connect(self.problems.append)

    def place(self, row, column):
        return self.grid.visualRect(self.grid.table.index(row, column)).center()

    def choose(self, row, column):
        self.hand.click(self.place(row, column))

    def keys(self, *keys, modifiers=NONE):
        """Press keys on whatever of the grid has the focus."""
        for key in keys:
            editor = self.editor()
            QTest.keyClick(editor or self.grid, key, modifiers)
            settle()

    def type(self, text):
        for letter in text:
            QTest.keyClicks(self.editor() or self.grid, letter)

    def editor(self):
        return next((e for e in self.grid.findChildren(WeightEditor) if e.isVisible()), None)

    @property
    def weights(self):
        return self.document.conv.kernel[:, :, self.grid.table.channel, 0]

    @property
    def entries(self):
        stack = self.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    @property
    def chosen(self):
        return sorted(cell[:2] for cell in self.grid.chosen_cells())

    @property
    def current(self):
        index = self.grid.currentIndex()
        return index.row(), index.column()


def settle():
    """Enter and Tab take effect in the next turn of the event loop."""
    QApplication.processEvents()


def open_menu(bench, qtbot, place):
    viewport = bench.grid.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    return next(menu for menu in bench.grid.findChildren(QMenu) if menu.isVisible())


def choose_from(menu, word):
    action = next(a for a in menu.actions() if a.text().startswith(word))
    menu.setActiveAction(action)
    QTest.keyClick(menu, KEY.Key_Return)
