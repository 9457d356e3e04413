"""A worker computes the gradient of its part of the batch, and ends with its pipe."""

import subprocess

import numpy as np

from playground.core import Network, layers, losses
from playground.core.training.propagation import Propagation
from playground.jobs.parallel.layout import COUNT, NOT_READY, STEP, Layout, Shared
from playground.jobs.parallel.meeting import announce, wait_for
from playground.jobs.parallel.orders import Orders, packed
from playground.jobs.parallel.shared_memory import SharedMemory
from playground.jobs.python_process import start


def test_it_leaves_the_gradient_of_its_part_where_its_number_says():
    made = Network([layers.Conv2D(2, 3), layers.GlobalAveragePool2D()], (6, 6, 1))
    inputs = np.random.default_rng(0).random((9, 6, 6, 1), np.float32)
    targets = np.ones((9, 2), np.float32)
    layout = Layout(2, made.parameters.size, 6, (inputs.shape, "<f4"), (targets.shape, "<f4"))
    memory = SharedMemory(layout.size)
    shared, kind = Shared(layout, memory), made.dtype
    shared.inputs[:], shared.targets[:], shared.weights(kind)[:] = inputs, targets, made.parameters
    shared.batch[:6] = batch = np.array([8, 1, 0, 5, 4, 2])
    shared.words[STEP], shared.words[COUNT], mine = 0, 6, shared.line(2)
    shared.words[mine] = NOT_READY
    loss = losses.MeanSquaredError()
    orders = Orders(2, 3, memory.ticket, layout, made, loss, None, 0)
    options = {"stdin": subprocess.PIPE, "pass_fds": memory.inherited}
    with start("playground.jobs.parallel.worker", **options) as process:
        process.stdin.write(packed(orders))
        process.stdin.flush()
        wait_for(shared.words, mine, 0)
        announce(shared.words, 0, 1)
        wait_for(shared.words, mine, 1)
    assert process.returncode == 0
    passing = Propagation(made, loss, inputs, targets)
    assert shared.result(2) == passing.forward_and_back(batch, (0, 0), slice(4, 6))
    assert np.array_equal(shared.gradient(2, kind), made.gradients)
