"""A machine on which Qt cannot start gets a sentence, never a traceback or a core dump."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playground import probe

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere Qt brings everything itself"
)


ROOT = Path(__file__).parent.parent


DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")


def start(tmp_path, *arguments, broken=(), **variables):
    """Run the command with these variables, where the libraries in `broken` cannot be loaded."""
    environment = {k: v for k, v in os.environ.items() if k not in DISPLAY_VARIABLES}
    for library in broken:
        (tmp_path / library).write_text("not a library")
    if broken:
        environment["LD_LIBRARY_PATH"] = str(tmp_path)
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "playground", *arguments]
    return subprocess.run(
        command, env=environment | variables, cwd=tmp_path, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def sentence(result):
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("playground: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_without_a_display_it_says_what_to_set(tmp_path):
    said = sentence(start(tmp_path))
    assert "There is no display" in said
    assert "DISPLAY" in said
    assert not list(tmp_path.glob("core*"))


def test_a_display_that_is_not_there_is_named(tmp_path):
    said = sentence(start(tmp_path, DISPLAY=":4711"))
    assert "The display :4711 cannot be reached" in said or "lacks libraries for a window" in said


def test_a_wayland_display_without_its_libraries_or_a_compositor_is_said(tmp_path):
    said = sentence(start(tmp_path, WAYLAND_DISPLAY="wayland-4711", XDG_RUNTIME_DIR=str(tmp_path)))
    assert "The display wayland-4711 cannot be reached" in said or "libwayland-cursor" in said


def test_a_missing_library_of_qt_is_named_by_its_package(tmp_path):
    said = sentence(start(tmp_path, broken=["libGL.so.1", "libEGL.so.1"]))
    assert "libgl1 libegl1" in said or "libGL.so.1, libEGL.so.1" in said


def test_a_missing_library_for_windows_is_named_by_its_package(tmp_path):
    said = sentence(start(tmp_path, broken=["libxcb-cursor.so.0"], DISPLAY=":4711"))
    assert "libxcb-cursor" in said
    assert "libgl1" not in said


@pytest.mark.parametrize("platform", ["xcb", "nonsense", "nonsense;xcb"])
def test_a_platform_of_the_users_that_cannot_work_is_said(tmp_path, platform):
    sentence(start(tmp_path, "--screenshot", "out.png", QT_QPA_PLATFORM=platform))
    assert list(tmp_path.iterdir()) == []


def test_a_display_that_keeps_silent_does_not_hold_the_command_up(monkeypatch):
    monkeypatch.setattr(probe, "_PATIENCE", 0.2)
    monkeypatch.setattr(probe, "_plugin_problem", lambda *_: "")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        number = silent.getsockname()[1] - 6000
        began = time.monotonic()
        problem = probe.prepare(False, {"DISPLAY": f"127.0.0.1:{number}"})
    assert "cannot be reached" in problem
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "variables", [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "wayland-4711"}]
)
def test_a_screenshot_falls_back_on_drawing_offscreen(variables):
    environment = dict(variables)
    assert probe.prepare(True, environment) == ""
    assert environment == variables | {"QT_QPA_PLATFORM": "offscreen"}


def test_the_users_platform_is_honoured():
    environment = {"QT_QPA_PLATFORM": "minimal:enable_fonts"}
    assert probe.prepare(True, environment) == ""
    assert probe.prepare(False, environment) == ""
    assert environment == {"QT_QPA_PLATFORM": "minimal:enable_fonts"}


def test_no_font_is_said(monkeypatch):
    monkeypatch.setattr(probe, "has_fonts", lambda: False)
    assert "font" in probe.prepare(True, {"QT_QPA_PLATFORM": "offscreen"})


def test_qt_is_looked_at_without_a_child_process(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a normal start was slowed")

    monkeypatch.setattr(subprocess, "run", refuse)
    assert probe.prepare(False, {"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert probe.prepare(False, {"DISPLAY": ":4711"})


def test_the_probe_as_a_program_says_whether_tests_can_run():
    command = [sys.executable, "-m", "playground.probe"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
