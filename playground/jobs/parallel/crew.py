"""The caller's end of its workers: starts them, hands them their parts, watches and ends them."""

from __future__ import annotations

import contextlib
import subprocess
import weakref
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from playground.core.errors import PlaygroundError
from playground.core.network.network import Network
from playground.core.training.propagation import Passed
from playground.core.training.trainer import Trainer
from playground.jobs.parallel.layout import COUNT, DOUBLE, FAILED, NOT_READY, STEP, Layout, Shared
from playground.jobs.parallel.meeting import announce, wait_for
from playground.jobs.parallel.orders import Orders, packed
from playground.jobs.parallel.shared_memory import SharedMemory
from playground.jobs.python_process import start

_PROGRAM = "playground.jobs.parallel.worker"

_END_SECONDS = 2.0
"""For which a worker is waited for that has nothing more to read."""


class WorkerEndedError(PlaygroundError):
    """A worker has ended that nobody has ended: nothing can be computed without its part."""


class Crew:
    """The processes beside the caller's own that train one network."""

    def __init__(self, trainer: Trainer) -> None:
        """Start them, and wait until they are ready; raises PlaygroundError where they are not."""
        workers = trainer.workers
        inputs, targets = (np.ascontiguousarray(array) for array in trainer.examples)
        layout = Layout(
            workers - 1,
            trainer.network.parameters.size,
            trainer.batch_size,
            *((array.shape, array.dtype.str) for array in (inputs, targets)),
        )
        self._numbers = range(1, workers)
        self._number = 0
        self._limits = threadpool_limits(1, "blas")
        self._memory = SharedMemory(layout.size)
        self._shared: Shared | None = Shared(layout, self._memory)
        np.copyto(self._shared.inputs, inputs)
        np.copyto(self._shared.targets, targets)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._end = weakref.finalize(self, _end, self._processes)
        orders = partial(
            Orders,
            parts=workers,
            ticket=self._memory.ticket,
            layout=layout,
            network=trainer.network,
            loss=trainer.loss,
            augment=trainer.augment,
            seed=trainer.seed,
        )
        try:
            self._start([packed(orders(worker)) for worker in self._numbers])
        except BaseException:
            self.close()
            raise

    @property
    def ended(self) -> bool:
        """Whether the processes are gone."""
        return self._shared is None

    def take_over(self, networks: Sequence[Network]) -> None:
        """Let the networks of all parts, the caller's first, have their numbers where all see."""
        shared, dtype = self._there(), networks[0].dtype
        weights = shared.weights(dtype)
        np.copyto(weights, networks[0].parameters)
        networks[0].use(weights, networks[0].gradients)
        for worker in self._numbers:
            networks[worker].use(weights, shared.gradient(worker, dtype))
        shared.words[DOUBLE] = int(dtype == np.float64)

    def pass_on(
        self,
        _function: object,
        _parts: object,
        batches: Iterable[NDArray[np.intp]],
        seeds: Iterable[tuple[int, int]],
        _slices: object,
    ) -> Iterator[Passed]:
        """As map, for Trainer.share_out: set the workers to work; what comes of it, in order."""
        shared, batch, (_, step) = self._there(), next(iter(batches)), next(iter(seeds))
        shared.batch[: len(batch)] = batch
        shared.words[STEP], shared.words[COUNT] = step, len(batch)
        self._number += 1
        announce(shared.words, 0, self._number)
        return map(self._passed, self._numbers)

    def close(self) -> None:
        """End the processes, and let the memory go."""
        self._end()
        self._shared = None
        self._memory.close()
        self._limits.restore_original_limits()

    def _start(self, orders: Sequence[bytes]) -> None:
        words = self._there().words
        for worker, line in zip(self._numbers, orders, strict=True):
            words[self._there().line(worker)] = NOT_READY
            try:
                process = start(_PROGRAM, stdin=subprocess.PIPE, pass_fds=self._memory.inherited)
            except OSError as error:
                raise PlaygroundError(f"No worker can be started: {error}") from error
            self._processes.append(process)
            assert process.stdin is not None
            with contextlib.suppress(OSError):  # It has ended: that is seen below.
                process.stdin.write(line)
                process.stdin.flush()
        for worker in self._numbers:
            self._wait(worker, 0)

    def _passed(self, worker: int) -> Passed:
        shared = self._there()
        self._wait(worker, self._number)
        if shared.words[shared.line(worker) + FAILED]:
            raise PlaygroundError(shared.error(worker))
        return shared.result(worker)

    def _wait(self, worker: int, number: int) -> None:
        shared = self._there()
        wait_for(shared.words, shared.line(worker), number, partial(self._check, worker))

    def _check(self, worker: int) -> None:
        status = self._processes[worker - 1].poll()
        if status is not None:
            how = f"by signal {-status}" if status < 0 else f"with status {status}"
            raise WorkerEndedError(
                f"A process that trained ended unexpectedly, {how}. The weights are those of the "
                "last whole step; train again, or with one worker."
            )

    def _there(self) -> Shared:
        assert self._shared is not None
        return self._shared


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """End all: each as soon as its pipe closes, or else by force."""
    for process in processes:
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_SECONDS)
        process.kill()
        process.wait()
