"""A picture of the window that does not come to be is said, not waited for without end."""

from PySide6.QtWidgets import QWidget

from playground.models.workbench import Workbench
from playground.views.window import screenshot
from playground.views.window.screenshot import Screenshot


def test_maps_that_are_not_drawn_in_time_are_given_up_with_a_sentence(qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(screenshot, "_LONGEST_MS", 1)
    bench, window = Workbench(), QWidget()
    qtbot.addWidget(window)
    shot = Screenshot(window, bench, tmp_path / "never.png")
    with qtbot.waitSignal(shot.done):
        shot.start()
    assert "took too long" in shot.problem
    assert not list(tmp_path.iterdir())
    bench.close()
