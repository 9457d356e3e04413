"""One pass forward and one back over some examples: the loss, and its gradient in the network.

L = loss(network(inputs), targets)        g = ∂L/∂parameters
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets.augment import Augmentation
from playground.core.errors import PlaygroundError
from playground.core.layers.base import WorkArrays, batch_last
from playground.core.network.network import Network
from playground.core.specs import FloatArray
from playground.core.training.losses import Loss

_ALL = slice(None)


@dataclass(frozen=True)
class Passed:
    """What came of a pass over `count` examples."""

    count: int
    loss: float
    accuracy: float | None


def part_of(count: int, parts: int, number: int) -> slice:
    """Which of `count` examples belong to part 0, 1 … of as equal parts as there can be."""
    return slice(count * number // parts, count * (number + 1) // parts)


def together(passes: Sequence[Passed]) -> Passed:
    """The mean over all examples of several passes."""
    count = sum(part.count for part in passes)
    loss = sum(part.loss * part.count for part in passes) / count
    right = [part.accuracy * part.count for part in passes if part.accuracy is not None]
    return Passed(count, loss, sum(right) / count if right else None)


def check_examples(network: Network, inputs: FloatArray, targets: NDArray[Any]) -> None:
    """Raises PlaygroundError where the network cannot learn targets (N, …) from inputs (N, …)."""
    if inputs.shape[1:] != network.input_shape:
        raise PlaygroundError(
            f"This network takes pictures of shape {network.input_shape}, not {inputs.shape[1:]}."
        )
    if targets.ndim == 0 or len(inputs) == 0 or len(inputs) != len(targets):
        raise PlaygroundError(
            f"There are {len(inputs)} inputs and {len(np.atleast_1d(targets))} targets: there must "
            "be as many of one as of the other, and at least one."
        )


def all_finite(values: FloatArray) -> bool:
    """Whether every one of `values` (n,) is a finite number."""
    # One product is faster than a look at each value, but overflows long before they do.
    return math.isfinite(float(np.dot(values, values))) or bool(np.isfinite(values).all())


class Propagation:
    """Passes over the examples of one data set; its arrays are kept from pass to pass."""

    def __init__(
        self,
        network: Network,
        loss: Loss,
        inputs: FloatArray,
        targets: NDArray[Any],
        augment: Augmentation | None = None,
    ) -> None:
        """Inputs (N, H, W, C); targets (N, …) or class numbers (N,). Neither is copied.

        `augment` changes the pictures of a training pass at random.
        """
        self.network, self._loss = network, loss
        self._inputs, self._targets = inputs, targets
        self._augment = augment
        self._work = WorkArrays()

    def forward_and_back(
        self, batch: NDArray[np.intp], seed: tuple[int, ...], part: slice = _ALL
    ) -> Passed:
        """Pass over this part of a batch in training; its gradient is left in the network.

        What is random is drawn for the whole batch, in every layer from `seed` and its number.
        """
        network = self.network
        examples, start = batch[part], part.indices(len(batch))[0]
        inputs, targets = self._gather(examples, (seed, start, len(batch)))
        for index, layer in enumerate(network.layers):
            layer.reseed((*seed, index), start, len(batch))
        with np.errstate(all="ignore"):  # the trainer looks for what is not finite
            outputs = network.run(inputs, training=True)
            gradient = self._work.get("gradient", outputs.shape, outputs.dtype)
            loss = self._loss.measure(outputs, targets, gradient)
            network.run_back(gradient, wanted=False)
        return Passed(len(examples), loss, self._loss.accuracy(outputs, targets))

    def forward(self, examples: NDArray[np.intp]) -> Passed:
        """Pass over these examples without learning."""
        inputs, targets = self._gather(examples)
        with np.errstate(all="ignore"):  # a loss beyond all numbers is told as such
            outputs = self.network.run(inputs)
            unused = self._work.get("gradient", outputs.shape, outputs.dtype)
            loss = self._loss.measure(outputs, targets, unused)
        return Passed(len(examples), loss, self._loss.accuracy(outputs, targets))

    def _gather(
        self,
        examples: NDArray[np.intp],
        drawn: tuple[tuple[int, ...], int, int] | None = None,
    ) -> tuple[FloatArray, NDArray[Any]]:
        shape = (len(examples), *self._inputs.shape[1:])
        pictures = self._work.get("pictures", shape, self._inputs.dtype)
        np.take(self._inputs, examples, axis=0, out=pictures, mode="clip")
        if self._augment and drawn is not None:
            seed, start, whole = drawn
            pictures = self._augment(pictures, np.random.default_rng(seed), start, whole)
        targets = self._targets[examples]
        if targets.ndim > 1:
            moved = batch_last(targets)
            targets = self._work.get("targets", moved.shape, self.network.dtype)
            targets[...] = moved
        return self.network.to_inside(self._apart(pictures)), targets

    def _apart(self, pictures: FloatArray) -> FloatArray:
        """The pictures an odd number of cache lines apart.

        A pixel of all pictures is read at once when they are turned batch last. At distances that
        are powers of two, all of them want the same place in the cache: that is 8 times slower.
        """
        count, size = len(pictures), math.prod(pictures.shape[1:])
        line = 64 // pictures.itemsize
        distance = line * (-(-size // line) | 1)
        if distance == size:
            return pictures
        apart = self._work.get("apart", (count, distance), pictures.dtype)[:, :size]
        apart = apart.reshape(pictures.shape)
        apart[...] = pictures
        return apart
