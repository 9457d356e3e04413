"""Memory that two processes see, and that nobody has to tidy up."""

import subprocess
import sys

import numpy as np

from playground.jobs.parallel.shared_memory import SharedMemory

CHILD = """
import sys
from playground.jobs.parallel.shared_memory import SharedMemory
memory = SharedMemory(int(sys.argv[1]), sys.argv[2])
memory.bytes[7] += 1
"""


def test_it_is_zero_and_seen_by_a_process_that_is_given_its_ticket():
    memory = SharedMemory(5000)
    assert bytes(memory.bytes) == bytes(5000)
    memory.bytes[7] = 41
    command = [sys.executable, "-c", CHILD, "5000", memory.ticket]
    subprocess.check_call(command, pass_fds=memory.inherited)
    assert memory.bytes[7] == 42
    memory.close()


def test_two_memories_are_two():
    one, other = SharedMemory(100), SharedMemory(100)
    one.bytes[0] = 1
    assert other.bytes[0] == 0
    one.close(), other.close()


def test_a_view_outlives_its_closing():
    memory = SharedMemory(800)
    view = np.ndarray((100,), np.float64, memory.bytes)
    view[:] = 3
    memory.close()
    assert view.sum() == 300
