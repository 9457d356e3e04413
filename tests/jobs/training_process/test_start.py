"""The training process does not outlive who has started it."""

import os
import subprocess
import sys

import pytest

from playground.jobs.python_process import start

PROGRAM = "playground.jobs.training_process.start"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its owner")
def test_whose_owner_has_ended_already_ends_at_once():
    with start(PROGRAM, "1", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.wait(20) == 0
        assert process.stdout.read() == b""


def test_it_ends_when_nothing_more_can_be_read():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with start(PROGRAM, str(os.getpid()), **pipes) as process:
        process.stdin.close()
        assert process.wait(20) == 0
