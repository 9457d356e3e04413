"""Earlier runs are listed, and drawn behind the present one."""

from PySide6.QtCore import Qt

from tests.views.train.hands import (
    click,
    paused,
    reached,
)


def test_a_ticked_earlier_run_is_drawn_behind(qtbot, window, copying):
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    click(window.train.run_controls.again)
    runs = window.bench.runs
    runs.setData(runs.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    window.train.curves.redraw()
    assert len(window.train.curves.earlier_lines) == 1
    assert len(window.train.curves.earlier_lines[0].getOriginalDataset()[0]) == 1
