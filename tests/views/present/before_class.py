"""A window that presents a picture of a cat, at the size of a projector."""

from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.models.state.presenting import PRESENTED
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow

ALL_VIEWS = [*((view,) for view in PRESENTED), *combinations(PRESENTED, 2)]
"""Each view alone, and every two of them."""

PROJECTOR = 1280, 720


class Stage:
    """The window, and what is done before a class."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.bench = Workbench()
        self.theming = Theming(self.bench.settings, self.bench)
        self.theming.apply()
        self.window = MainWindow(self.bench, self.theming)
        qtbot.addWidget(self.window)
        self.window.show()
        with qtbot.waitSignal(self.bench.loading.opened):
            self.bench.sources.open_sample(first=True)

    @property
    def view(self):
        return self.window.presentation.view

    @property
    def presenting(self):
        return self.bench.presenting

    def begin(self, size=PROJECTOR):
        """Present in a window of this size: the screen of a test has another one."""
        self.window.top_bar.present.setChecked(True)
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(*size)
        self.settle()

    def show(self, *views):
        """Show one view, or two."""
        self.presenting.announce("views", views)
        self.settle()

    def press(self, key):
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget(), key)

    def settle(self):
        """All that is computed is computed, and all is laid out."""
        for _ in range(3):
            QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.bench.preview.busy)
        for _ in range(3):
            QApplication.processEvents()
