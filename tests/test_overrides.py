"""Whatever Qt calls in the package may fail: it is said once, and the window goes on."""

import logging

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from playground.models.faults import QUIET_SECONDS, Faults
from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen
from tests.overrides import all_overrides, overrides_of
from tests.stimuli import instances, stimulate
from tests.views.hand import Hand

OVERRIDES = all_overrides()
SENTENCE = "Something went wrong; your work is kept, and the log file has the details."
FAILURE = "index 7 is out of bounds"


def test_every_method_that_qt_calls_is_guarded():
    assert len(OVERRIDES) > 200
    assert [str(each) for each in OVERRIDES if not each.guarded] == []


def test_a_new_one_without_a_guard_is_found():
    class Plain:
        def wheelEvent(self, event):
            """Of no class of Qt's, until it is mixed in."""

    class Scratch(QWidget):
        def paintEvent(self, event):
            """Unguarded."""

    class Mixed(Plain, Guarded, QWidget):
        def paintEvent(self, event):
            """Guarded; what is mixed in is not."""

        @staticmethod
        def heightForWidth(width):
            """Unguarded."""

    def unguarded(cls):
        return sorted(each.name for each in overrides_of(cls) if not each.guarded)

    assert unguarded(Scratch) == ["paintEvent"]
    assert unguarded(Mixed) == ["heightForWidth", "wheelEvent"]


class Failing:
    """Makes one override after the other fail as C code does, and hears what is said of it."""

    def __init__(self, window, caplog):
        self.caplog, self.now, self.calls = caplog, 0.0, 0
        self.faults = Faults(window.bench.document, clock=lambda: self.now)
        self.said = []
        window.bench.document.problem.connect(self.said.append)

    def fail(self, override):
        """Let Qt call a failing `override`, or call it ourselves; whether Qt did."""
        self.calls, cell = 0, override.inner
        self.caplog.clear()
        self.said.clear()
        self.now += QUIET_SECONDS
        written = cell.cell_contents

        def inner(*args, **kwargs):
            self.calls += 1
            return np.zeros(3)[7]

        cell.cell_contents = inner
        try:
            stimulate(override.cls, close=override.name == "closeEvent")
            reached = self.calls > 0
            if not reached:
                override.method(None)
        finally:
            cell.cell_contents = written
        QApplication.processEvents()
        return reached

    @property
    def logged(self):
        """How often this failure was logged; what it leads to may be logged as well."""
        return sum(FAILURE in record.getMessage() for record in self.caplog.records)


@pytest.fixture
def window(qtbot):
    bench = Workbench()
    window = MainWindow(bench, Theming(bench.settings, bench))
    window.bench = bench
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    bench.settings.set_mode("train")
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(chosen("lines"))
    qtbot.waitUntil(lambda: not bench.preview.busy)
    yield window
    bench.close()


def test_each_may_fail_and_it_is_said_once_and_the_window_goes_on(qtbot, window, caplog):
    caplog.set_level(logging.CRITICAL, "playground")
    failing, wrong, reached = Failing(window, caplog), [], []
    failing.faults.install()
    try:
        for override in OVERRIDES:
            if failing.fail(override):
                reached.append(override)
            if failing.logged != 1 or SENTENCE not in failing.said:
                wrong.append((str(override), failing.calls, failing.logged))
    finally:
        failing.faults.uninstall()
    assert wrong == []
    assert len(reached) > 200
    goes_on(qtbot, window)


def goes_on(qtbot, window):
    """It is painted, the document is edited, and the edit is undone."""
    document, grid = window.bench.document, window.kernel.grid
    assert not window.grab().isNull()
    before = document.conv
    Hand(grid).wheel(grid.visualRect(grid.model().index(0, 0)).center())
    assert document.conv != before
    document.undo_stack.undo()
    assert document.conv == before
    qtbot.waitUntil(lambda: not window.bench.preview.busy)


def test_a_failing_paint_event_is_said_once_over_many_paints(qtbot, window, caplog):
    caplog.set_level(logging.CRITICAL, "playground")
    said = []
    window.bench.document.problem.connect(said.append)
    override = next(each for each in OVERRIDES if str(each).endswith("LegendBar.paintEvent"))
    cell, legends = override.inner, instances(override.cls)
    written, cell.cell_contents = override.inner.cell_contents, lambda *_: np.zeros(3)[7]
    faults = Faults(window.bench.document)
    faults.install()
    try:
        for _ in range(30):
            legends[0].grab()
    finally:
        cell.cell_contents = written
        faults.uninstall()
    assert len(caplog.records) == 1
    assert said == [window.messages.text] == [SENTENCE]
    assert not legends[0].grab().isNull()
