"""A trainer whose batches are shared out among processes, one core each.

Threads of one Python process meet at every call of NumPy, a hundred times a step; processes meet
once. Each takes a fixed part of every batch and leaves its gradient in shared memory; the caller,
which takes the first part itself, adds the gradients up in the order of the parts and changes the
weights. So a run is the same, bit for bit, wherever the same number of workers does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.errors import PlaygroundError
from playground.core.network.network import Network
from playground.core.training.propagation import Passed
from playground.core.training.trainer import Trainer
from playground.jobs.parallel.crew import Crew, WorkerEndedError


class ParallelTrainer(Trainer):
    """Trains as Trainer does, with `workers` processes, of which the caller's is one.

    It is a context manager: at its end the other processes are gone, and the network has its
    weights to itself. Until then BLAS computes with one thread in the caller's process too.
    """

    def __init__(
        self, network: Network, inputs: ArrayLike, targets: ArrayLike, **settings: Any
    ) -> None:
        """As Trainer's.

        Raises PlaygroundError for layers and losses that the other processes do not know, and
        where no process can be started.
        """
        self._crew: Crew | None = None
        super().__init__(network, inputs, targets, **settings)
        if self.workers > 1:
            self._crew = Crew(self)
            self.share_out(self._crew.pass_on, self.workers)

    def share_out(self, run: Callable[..., Iterable[Passed]], parts: int) -> None:
        """As Trainer's, with the weights and all gradients where every process sees them."""
        super().share_out(run, parts)
        if self._crew is not None:
            self._crew.take_over([each.network for each in self._passes])

    def propagate(self, examples: NDArray[np.intp]) -> Passed:
        """As Trainer's; raises PlaygroundError where a worker has ended, and closes itself."""
        if self._crew is not None and self._crew.ended:
            raise PlaygroundError("This training is closed: make another trainer to go on.")
        try:
            return super().propagate(examples)
        except WorkerEndedError:
            self.close()
            raise

    def close(self) -> None:
        """End the other processes and give the network its weights to itself. Twice is fine."""
        if self._crew is not None and not self._crew.ended:
            for each in self._passes:
                network = each.network
                network.use(network.parameters.copy(), network.gradients.copy())
            self._passes = self._passes[:1]
            self._crew.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
