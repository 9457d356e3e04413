"""How many processes train follows from the size of what is trained, and from nothing else."""

import os

import pytest

from playground.core import Network, layers
from playground.jobs.parallel import workers
from playground.jobs.parallel.workers import LEAST_WORK, forward_work, usable_cores, workers_for


def network(kernels: int) -> Network:
    made = [layers.Conv2D(kernels, 3), layers.PReLU(), layers.Flatten(), layers.Dense(5)]
    return Network(made, (10, 10, 2))


def test_work_is_every_weight_of_a_kernel_wherever_it_is_applied():
    assert forward_work(network(4)) == 8 * 8 * (3 * 3 * 2 * 4 + 4 + 4 * 5)


@pytest.mark.parametrize(("cores", "most"), [(1, 1), (2, 1), (3, 2), (8, 7)])
def test_the_window_keeps_a_core(cores, most):
    assert workers_for(network(4), 10**6, cores) == most


def test_a_small_training_has_fewer():
    small = network(4)
    per_example = forward_work(small)
    for count in (1, 2, 3):
        enough = -(-count * LEAST_WORK // per_example)
        assert workers_for(small, enough, 8) == count
        assert workers_for(small, enough - 1, 8) == max(1, count - 1)


def test_cores_are_those_that_this_process_may_use(monkeypatch):
    assert 1 <= usable_cores() <= os.cpu_count()
    monkeypatch.delattr(workers.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: None)
    assert usable_cores() == 1
