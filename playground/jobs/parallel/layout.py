"""Where everything stands in the memory that the processes of one training share.

words        one line for the caller and one for each worker, of whole numbers
results      (workers, 3): examples of the part, loss, accuracy (NaN where there is none)
errors       one text for each worker
batch        the examples of the step, as indices
weights      the network's, which the caller alone changes
gradients    one vector for each worker
inputs, targets    of all examples, as the trainer was given them
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.training.propagation import Passed
from playground.jobs.parallel.shared_memory import SharedMemory

_LINE = 64
"""Bytes of a cache line: what two processes write must not stand in one."""

_WORDS = _LINE // 8
_ERROR_BYTES = 2048
_WIDEST = 8
"""Bytes of a weight that turns out to be float64."""

STEP, COUNT, DOUBLE = 1, 2, 3
"""Words of the caller's line after the number that it announces: the step, examples in its batch,
whether the weights are float64."""

NOT_READY = -1
"""What a worker's line begins with until it is ready for the first step."""

FAILED = 1
"""Of a worker's line, after the number that it announces: whether it ends with an error."""


@dataclass(frozen=True)
class Layout:
    """How many workers beside the caller, weights and examples in a batch; kinds of examples."""

    workers: int
    weights: int
    batch_size: int
    inputs: tuple[tuple[int, ...], str]
    targets: tuple[tuple[int, ...], str]

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Where each part begins, and how many bytes it has."""
        sizes = {
            "words": (1 + self.workers) * _LINE,
            "results": self.workers * _LINE,
            "errors": self.workers * _ERROR_BYTES,
            "batch": self.batch_size * 8,
            "weights": self.weights * _WIDEST,
            "gradients": self.workers * self.row,
            "inputs": _bytes(self.inputs),
            "targets": _bytes(self.targets),
        }
        places, start = {}, 0
        for name, size in sizes.items():
            places[name] = start, size
            start += -(-size // _LINE) * _LINE
        return places

    @property
    def row(self) -> int:
        """Bytes from one gradient to the next."""
        return -(-self.weights * _WIDEST // _LINE) * _LINE

    @property
    def size(self) -> int:
        """Bytes of it all."""
        start, size = self.places["targets"]
        return start + max(size, _LINE)


class Shared:
    """The parts of shared memory, as arrays."""

    def __init__(self, layout: Layout, memory: SharedMemory) -> None:
        self._layout, self._memory = layout, memory.bytes
        self.words = self._bytes("words").cast("q")
        self.batch = self._array("batch", (layout.batch_size,), np.int64)
        self.inputs = self._array("inputs", *layout.inputs)
        self.targets = self._array("targets", *layout.targets)
        self._results = self._array("results", (layout.workers, _WORDS), np.float64)

    def line(self, worker: int) -> int:
        """Where the words of a worker begin; those of the caller, which is number 0, at 0."""
        return worker * _WORDS

    def weights(self, dtype: np.dtype[Any]) -> NDArray[Any]:
        """The network's weights (n,), read as this type."""
        return self._array("weights", (self._layout.weights,), dtype)

    def gradient(self, worker: int, dtype: np.dtype[Any]) -> NDArray[Any]:
        """The gradient (n,) of the part that worker 1, 2 … takes."""
        start = (worker - 1) * self._layout.row
        return self._array("gradients", (self._layout.weights,), dtype, start)

    def result(self, worker: int) -> Passed:
        """What came of the part that a worker took."""
        count, loss, accuracy = self._results[worker - 1, :3].tolist()
        return Passed(int(count), loss, None if math.isnan(accuracy) else accuracy)

    def say_result(self, worker: int, passed: Passed) -> None:
        """Leave the `result`."""
        accuracy = math.nan if passed.accuracy is None else passed.accuracy
        self._results[worker - 1, :3] = passed.count, passed.loss, accuracy

    def error(self, worker: int) -> str:
        """What a worker that has failed says."""
        return bytes(self._error(worker)).split(b"\0", 1)[0].decode("utf-8", "replace")

    def say_error(self, worker: int, text: str) -> None:
        """Leave a text for `error`."""
        said = text.encode()[: _ERROR_BYTES - 1]
        self._error(worker)[: len(said)] = said

    def _error(self, worker: int) -> memoryview:
        return self._bytes("errors")[(worker - 1) * _ERROR_BYTES : worker * _ERROR_BYTES]

    def _bytes(self, name: str) -> memoryview:
        start, size = self._layout.places[name]
        return self._memory[start : start + size]

    def _array(
        self, name: str, shape: tuple[int, ...], dtype: Any, offset: int = 0
    ) -> NDArray[Any]:
        start, _ = self._layout.places[name]
        return np.ndarray(shape, dtype, self._memory, start + offset)


def _bytes(kind: tuple[tuple[int, ...], str]) -> int:
    shape, dtype = kind
    return math.prod(shape) * np.dtype(dtype).itemsize
