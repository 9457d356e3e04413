"""Every part of the shared memory has a place of its own."""

import numpy as np

from playground.core.training.propagation import Passed
from playground.jobs.parallel.layout import Layout, Shared
from playground.jobs.parallel.shared_memory import SharedMemory

LAYOUT = Layout(3, 11, 8, ((8, 3, 3, 1), "<f4"), ((8,), "<i8"))


def test_nothing_overlaps_and_all_begins_with_a_cache_line():
    memory = SharedMemory(LAYOUT.size)
    shared = Shared(LAYOUT, memory)
    doubles = np.dtype(np.float64)
    parts = [shared.batch, shared.inputs, shared.targets, shared.weights(doubles)]
    parts += [shared.gradient(worker, doubles) for worker in (1, 2, 3)]
    for number, part in enumerate(parts):
        part[...] = number + 1
        assert part.ctypes.data % 64 == 0
    for worker in (0, 1, 2, 3):
        shared.words[shared.line(worker)] = -1 - worker
    for worker in (1, 2, 3):
        shared.say_error(worker, f"worker {worker}")
        shared.say_result(worker, Passed(worker, 0.5, None if worker == 2 else 0.25))
    for number, part in enumerate(parts):
        assert (part == number + 1).all()
    assert [shared.words[shared.line(worker)] for worker in range(4)] == [-1, -2, -3, -4]
    assert shared.error(3) == "worker 3"
    assert shared.result(1) == Passed(1, 0.5, 0.25)
    assert shared.result(2) == Passed(2, 0.5, None)


def test_a_long_error_is_cut_off_not_written_over_the_next():
    shared = Shared(LAYOUT, SharedMemory(LAYOUT.size))
    shared.say_error(2, "short")
    shared.say_error(1, "é" * 10_000)
    assert shared.error(1).startswith("éé")
    assert shared.error(2) == "short"


def test_single_precision_stands_where_double_does():
    shared = Shared(LAYOUT, SharedMemory(LAYOUT.size))
    shared.weights(np.dtype(np.float32))[:] = 1.5
    assert shared.weights(np.dtype(np.float32)).tolist() == [1.5] * 11
    assert shared.gradient(1, np.dtype(np.float64)).tolist() == [0.0] * 11
