"""A window is killed at any moment, its processes running or stopped: none of them stays."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[1]
KILLS = 40
END_SECONDS = 2.0
_MOMENTS = (0.2, 1.6)
"""So many seconds after its start a window is killed: while it loads, or while it trains."""


def is_bound(process):
    """Whether it has got as far as to bind itself to the window; it ignores SIGINT after that.

    Nothing ends one that is stopped in the hundredths of a second before, but its own pipe.
    """
    try:
        status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    except FileNotFoundError:
        return False
    ignored = next(line for line in status.splitlines() if line.startswith("SigIgn"))
    return bool(int(ignored.split()[1], 16) >> (signal.SIGINT - 1) & 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a stopped process so")
def test_no_process_outlives_a_window_that_is_killed(part_of):
    chance = random.Random(5)
    for _ in range(part_of(KILLS)):
        window = subprocess.Popen(
            [sys.executable, "-m", "tests.training_window"],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(*_MOMENTS))
        children = psutil.Process(window.pid).children(recursive=True)
        if chance.random() < 0.5:
            for child in filter(is_bound, children):
                child.suspend()
        window.send_signal(signal.SIGKILL)
        window.wait()
        gone, alive = psutil.wait_procs(children, END_SECONDS)
        for child in alive:
            child.kill()
        assert not alive, f"{len(alive)} of {len(gone) + len(alive)} stay"
