"""A picture of the window that does not come to be is said, not waited for without end."""

import os
import sys

import pytest
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


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are Unicode")
def test_the_picture_has_the_very_name_that_was_asked_for(qtbot, tmp_path):
    bench, window = Workbench(), QWidget()
    qtbot.addWidget(window)
    target = tmp_path / os.fsdecode(b"out\xff.png")
    shot = Screenshot(window, bench, target)
    with qtbot.waitSignal(shot.done):
        shot._save()
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes()[:4] == b"\x89PNG"
    bench.close()


def test_a_folder_that_is_gone_is_said(qtbot, tmp_path):
    bench, window = Workbench(), QWidget()
    qtbot.addWidget(window)
    shot = Screenshot(window, bench, tmp_path / "gone" / "out.png")
    with qtbot.waitSignal(shot.done):
        shot._save()
    assert "could not be written" in shot.problem
    bench.close()
