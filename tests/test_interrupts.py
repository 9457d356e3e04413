"""Ctrl-C, the system's request to end, and a kill: the window goes, and no process stays."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX knows them")

ROOT = Path(__file__).parents[1]
END_SECONDS = 2.0
_START_SECONDS = 60.0

_UNINTERRUPTED = (
    "import os, signal, sys\n"
    "for name in ('SIGINT', 'SIGTERM', 'SIGHUP'):\n"
    "    signal.signal(getattr(signal, name), signal.SIG_DFL)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
)
"""Whoever runs the tests may have these signals ignored, which is inherited."""

_TELLS = (
    "import sys\n"
    "from PySide6.QtCore import QTimer\n"
    "from playground import app, cli\n"
    "made = app.Interrupts\n"
    "def told(application):\n"
    "    QTimer.singleShot(0, lambda: (sys.stdout.write('idle\\n'), sys.stdout.flush()))\n"
    "    return made(application)\n"
    "app.Interrupts = told\n"
    "sys.exit(cli.main())\n"
)
"""The app, which says so when its event loop has come to the end of its events."""


@pytest.fixture
def start():
    """Start a Python program; what is left of it is killed."""
    started = []

    def begin(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", _UNINTERRUPTED, *arguments],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # as a terminal does, so that its group can be signalled
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def trains(start):
    """A program that trains, and its training process."""

    def begin(*arguments):
        process = start("-m", "tests.training_window", *arguments)
        return process, psutil.Process(int(process.stdout.readline()))

    return begin


@pytest.fixture
def window(start):
    """The app, once its event loop has nothing left to do."""
    process = start("-c", _TELLS, "--log-level", "error")
    assert process.stdout.readline() == "idle\n"
    return process


def wait_until(holds, seconds):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "in vain"
        time.sleep(0.02)


def is_gone(process):
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def ends(process, status):
    """Whether it ends in time, in order, and without a word."""
    began = time.monotonic()
    _, complaints = process.communicate(timeout=_START_SECONDS)
    assert complaints == ""
    assert process.returncode == status
    assert time.monotonic() - began < END_SECONDS


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_idle_window_closes_at_once(window, number, status):
    window.send_signal(number)
    ends(window, status)


def test_ctrl_c_reaches_all_processes_of_the_terminal_and_none_complains(trains):
    process, training = trains()
    os.killpg(process.pid, signal.SIGINT)
    ends(process, 130)
    assert is_gone(training)


def test_a_request_to_end_ends_the_training_process_too(trains):
    process, training = trains()
    process.terminate()
    ends(process, 143)
    assert is_gone(training)


def test_a_signal_that_was_to_be_ignored_stays_ignored(qapp):
    from playground.interrupts import Interrupts

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    interrupts = Interrupts(qapp)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    interrupts.close()
    interrupts.deleteLater()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("slow", [[], ["slow"]], ids=["quick steps", "a long step"])
def test_with_the_window_killed_no_process_stays(trains, slow):
    process, training = trains(*slow)
    process.kill()
    wait_until(lambda: is_gone(training), END_SECONDS)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a stopped process so")
def test_with_the_window_killed_a_stopped_process_does_not_stay_either(trains):
    process, training = trains()
    training.suspend()
    process.kill()
    wait_until(lambda: is_gone(training), END_SECONDS)


def test_a_window_that_is_stopped_and_killed_leaves_none_that_is_blocked_in_writing(trains):
    process, training = trains()
    process.send_signal(signal.SIGSTOP)
    wait_until(lambda: psutil.Process(process.pid).status() == psutil.STATUS_STOPPED, END_SECONDS)
    process.kill()
    wait_until(lambda: is_gone(training), END_SECONDS)


def test_a_probe_does_not_outlive_the_one_who_asks(start, tmp_path):
    said = tmp_path / "said"
    waits = f"import time\nopen({str(said)!r}, 'x')\ntime.sleep(60)"
    asks = (
        "from playground import probe\n"
        f"probe._TRY_QT = probe._TRY_QT.partition('from PySide6')[0] + {waits!r}\n"
        "probe._qt_problem({})\n"
    )
    process = start("-c", asks)
    owner = psutil.Process(process.pid)
    wait_until(lambda: bool(owner.children()), _START_SECONDS)
    child = owner.children()[0]
    wait_until(said.exists, _START_SECONDS)  # by then it is bound to its owner
    process.kill()
    wait_until(lambda: is_gone(child), END_SECONDS)
