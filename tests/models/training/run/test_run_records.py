"""Runs that are left behind are kept for comparison."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

CHECKED = Qt.CheckState.Checked


def test_starting_again_keeps_the_run_before(bench, copying, steps):
    runs = bench.runs
    QAbstractItemModelTester(runs, QAbstractItemModelTester.FailureReportingMode.Fatal, runs)
    steps(copying, 3)
    curves = copying.curves
    copying.reset()
    assert runs.rowCount() == 1
    assert runs.record(0).curves is curves
    assert "3 steps" in runs.index(0).data()
    assert runs.compared == ()


def test_a_ticked_run_is_compared(qtbot, bench, copying, steps):
    steps(copying, 1)
    copying.reset()
    with qtbot.waitSignal(bench.runs.changed):
        bench.runs.setData(bench.runs.index(0), CHECKED, Qt.ItemDataRole.CheckStateRole)
    assert bench.runs.compared == (bench.runs.record(0),)


def test_a_run_without_a_step_is_not_kept_and_old_ones_go(bench, copying, steps):
    copying.reset()
    assert bench.runs.rowCount() == 0
    for _ in range(14):
        steps(copying, 1)
        copying.reset()
    assert bench.runs.rowCount() == 12
