"""A process that takes one part of every batch: its gradient, by the weights that all share.

    wait for the caller's number → gradient of the own part → announce the number

It ends with the process that has started it, in whatever way that ends: nothing can be read any
more, and it has another parent.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from itertools import count

import numpy as np
from threadpoolctl import threadpool_limits

from playground.core.errors import PlaygroundError
from playground.core.training.propagation import Propagation, part_of
from playground.jobs.parallel.layout import COUNT, DOUBLE, FAILED, STEP, Shared
from playground.jobs.parallel.meeting import announce, wait_for
from playground.jobs.parallel.orders import Orders, unpacked
from playground.jobs.parallel.shared_memory import SharedMemory


def serve(orders: Orders, shared: Shared) -> None:
    """Take part in every step until the process ends, or the part fails."""
    network, words = orders.network, shared.words
    passing = Propagation(network, orders.loss, shared.inputs, shared.targets, orders.augment)
    mine, parent = shared.line(orders.worker), os.getppid()
    announce(words, mine, 0)

    def check() -> None:
        if os.getppid() != parent:
            os._exit(0)

    for number in count(1):
        wait_for(words, 0, number, check)
        dtype = np.dtype(np.float64 if words[DOUBLE] else np.float32)
        if number == 1 or network.dtype != dtype:
            network.use(shared.weights(dtype), shared.gradient(orders.worker, dtype))
        try:
            batch = shared.batch[: words[COUNT]].copy()
            part = part_of(len(batch), orders.parts, orders.worker)
            passed = passing.forward_and_back(batch, (orders.seed, words[STEP]), part)
        except PlaygroundError as error:
            shared.say_error(orders.worker, str(error))
            words[mine + FAILED] = 1
        else:
            shared.say_result(orders.worker, passed)
            words[mine + FAILED] = 0
        announce(words, mine, number)


def _end_with_the_pipe() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


def main() -> None:
    """Serve the process that has started this one, by the orders in the first line it writes."""
    # Ctrl-C in the terminal reaches every process that was started there: the caller decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders = unpacked(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_pipe, daemon=True).start()
    memory = SharedMemory(orders.layout.size, orders.ticket)
    with threadpool_limits(1, "blas"):
        serve(orders, Shared(orders.layout, memory))


if __name__ == "__main__":
    main()
