"""The training loop: forward, loss, backward, and one change of all weights, again and again.

    for each batch:  g = ∂ loss(network(inputs), targets) / ∂w;   w ← w + optimizer(g)

A step is a function of the weights, the optimizer's memory, the seed and the step's number alone:
the examples are shuffled anew for each epoch from (seed, epoch), and what is random in a step is
drawn from (seed, step, layer) for the whole batch, however it is shared out. So a run can be taken
up again at any step, and whoever explains a step draws what it drew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.checks import is_whole, real_array, shown
from playground.core.datasets.augment import Augmentation
from playground.core.errors import DivergedError, PlaygroundError
from playground.core.network.network import Network
from playground.core.specs import FloatArray
from playground.core.training import losses, optimizers
from playground.core.training.losses import Loss
from playground.core.training.optimizers import Optimizer
from playground.core.training.propagation import (
    Passed,
    Propagation,
    all_finite,
    check_examples,
    part_of,
    together,
)

# Examples passed forward at a time: products are fast, and the maps fit in memory.
_EVALUATION_BATCH = 128
_FEWEST_EXAMPLES_EACH = 8
"""The batch is the last, contiguous axis: shorter rows fill no vector register twice."""
MOST_WORKERS = 64
"""More cores than a machine has on which this program is used; a larger number is a slip."""


@dataclass(frozen=True)
class Moment:
    """A run after `step` steps: everything that the rest of the run follows from.

    parameters (n,) are all weights; `optimizer` is its step counter, and what it remembers of each
    weight by name, (n,) each.
    """

    step: int
    parameters: FloatArray
    optimizer: tuple[int, dict[str, FloatArray]]


@dataclass(frozen=True)
class StepResult:
    """What one step did: `step` counts from 1, loss and accuracy are of its batch before it."""

    step: int
    epoch: int
    loss: float
    accuracy: float | None
    learning_rate: float


@dataclass(frozen=True)
class _Look:
    """A batch that has been passed before its step: for which weights, and what came of it."""

    step: int
    parameters: FloatArray
    passed: Passed


class Trainer:
    """Trains `network` on inputs (N, H, W, C) and targets (N, …) or class numbers (N,)."""

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        *,
        loss: str | Loss = "mean_squared_error",
        optimizer: str | Optimizer = "sgd",
        batch_size: int = 64,
        seed: int = 0,
        augment: Augmentation | None = None,
        workers: int = 1,
    ) -> None:
        """Inputs and targets are kept, not copied, and never changed.

        With `workers`, each batch is cut into as many parts, here one after the other: the run is
        that of as many processes, bit for bit (playground.jobs.ParallelTrainer).
        """
        if not isinstance(network, Network):
            raise PlaygroundError(f"A trainer trains a Network, not {shown(network)}.")
        self.network = network
        self.loss, self.optimizer = losses.get(loss), optimizers.get(optimizer)
        self._inputs, self._targets = real_array(inputs, "inputs"), losses.real_targets(targets)
        check_examples(network, self._inputs, self._targets)
        network.compute_in(np.result_type(network.dtype, self._inputs.dtype))
        if not is_whole(batch_size, 1):
            raise PlaygroundError("A batch has at least one example.")
        self.batch_size = min(batch_size, len(self._inputs))
        if not is_whole(seed, 0):
            raise PlaygroundError(f"A seed is a whole number from 0 on, not {shown(seed)}.")
        self.seed = int(seed)
        self.augment = augment
        self.steps = 0
        self._map: Callable[..., Iterable[Passed]] = map
        self._passes: list[Propagation] = []
        if not is_whole(workers, 1) or workers > MOST_WORKERS:
            raise PlaygroundError(f"There are 1 to {MOST_WORKERS} workers, not {shown(workers)}.")
        self.share_out(map, int(workers))
        self._epoch, self._order = -1, np.arange(0)
        self._before = network.parameters.copy()
        self._looked: _Look | None = None
        self.optimizer.prepare(network.parameters)

    def share_out(self, run: Callable[..., Iterable[Passed]], parts: int) -> None:
        """From now on compute the gradient of each batch in `parts`, by `run` instead of `map`.

        The first part is the caller's own; `run` gets the others. With the `map` of an executor of
        `parts` − 1 threads they run side by side. The sums differ by their rounding alone, and not
        from run to run. Each part has at least 8 examples: small batches are cut into fewer.
        """
        parts = max(1, min(parts, self.batch_size // _FEWEST_EXAMPLES_EACH))
        networks = [self.network, *(self.network.replica() for _ in range(parts - 1))]
        self._map = run
        self._passes = [
            Propagation(network, self.loss, self._inputs, self._targets, self.augment)
            for network in networks
        ]

    @property
    def workers(self) -> int:
        """Into how many parts a batch is cut."""
        return len(self._passes)

    @property
    def examples(self) -> tuple[FloatArray, NDArray[Any]]:
        """Inputs and targets; not copies."""
        return self._inputs, self._targets

    @property
    def steps_per_epoch(self) -> int:
        """Batches that hold every example once; the last may be smaller."""
        return -(-len(self._inputs) // self.batch_size)

    def look(self) -> Passed:
        """Pass the coming batch forward and back, and change nothing: the gradient is known.

        However often it is asked for, it is computed once, and the step to come uses it.
        """
        now = self._looked
        if (
            now is None
            or now.step != self.steps
            or not np.array_equal(now.parameters, self.network.parameters)
        ):
            with np.errstate(all="ignore"):  # the step itself says what is not finite
                passed = self.propagate(self.batch())
            now = self._looked = _Look(self.steps, self.network.parameters.copy(), passed)
        return now.passed

    def have_looked(self, gradients: FloatArray, passed: Passed) -> None:
        """Take over what another trainer saw when it looked at this very step."""
        np.copyto(self.network.gradients, gradients)
        self._looked = _Look(self.steps, self.network.parameters.copy(), passed)

    def step(self) -> StepResult:
        """Learn from one batch. Raises DivergedError where the numbers run away."""
        rate = self.optimizer.rate
        passed = self.propagate(self.batch()) if self._looked is None else self.look()
        self._looked = None
        with np.errstate(all="ignore"):  # what is not finite is looked for
            self._learn(passed.loss)
        epoch = self.steps // self.steps_per_epoch
        self.steps += 1
        return StepResult(self.steps, epoch, passed.loss, passed.accuracy, rate)

    def _learn(self, loss: float) -> None:
        """Change the weights against the gradient that is in the network."""
        network = self.network
        if not math.isfinite(loss):
            self._diverge("The loss")
        if not all_finite(network.gradients):
            self._diverge("A gradient")
        if self._before.dtype != network.dtype:
            self._before = np.empty_like(network.parameters)
        np.copyto(self._before, network.parameters)
        network.parameters += self.optimizer.change(
            network.gradients, network.parameters, network.mask()
        )
        if not all_finite(network.parameters):
            self.optimizer.steps -= 1
            network.parameters[...] = self._before
            self._diverge("A weight")

    def batch(self) -> NDArray[np.intp]:
        """Which examples the next step learns from."""
        epoch, number = divmod(self.steps, self.steps_per_epoch)
        if epoch != self._epoch:
            order = np.random.default_rng((self.seed, epoch)).permutation(len(self._inputs))
            self._epoch, self._order = epoch, order
        start = number * self.batch_size
        return self._order[start : start + self.batch_size]

    def propagate(self, examples: NDArray[np.intp]) -> Passed:
        """Loss and accuracy of these examples; leaves the gradient in the network."""
        count = len(self._passes)
        if any(p.network.parameters is not self.network.parameters for p in self._passes):
            self.share_out(self._map, count)  # the network has moved to other numbers since
        if len(examples) < count * _FEWEST_EXAMPLES_EACH:
            return self._passes[0].forward_and_back(examples, (self.seed, self.steps))
        passed = self._side_by_side(examples)
        total = self.network.gradients
        for number, (propagation, part) in enumerate(zip(self._passes, passed, strict=True)):
            mine = propagation.network.gradients
            mine *= mine.dtype.type(part.count / len(examples))
            if number:
                total += mine
        return together(passed)

    def _side_by_side(self, examples: NDArray[np.intp]) -> list[Passed]:
        (first, *others), seed = self._passes, (self.seed, self.steps)
        count = len(self._passes)
        own, *parts = (part_of(len(examples), count, number) for number in range(count))
        # An executor's map sets its threads to work at once. The calling thread takes its share
        # instead of falling asleep: threads that wake each other tend to end up on one core.
        act = Propagation.forward_and_back
        rest = self._map(act, others, repeat(examples), repeat(seed), parts)
        try:
            mine = first.forward_and_back(examples, seed, own)
        finally:
            passed = list(rest)  # nobody is left at work behind an error
        return [mine, *passed]

    def evaluate(
        self, inputs: ArrayLike | None = None, targets: ArrayLike | None = None
    ) -> tuple[float, float | None]:
        """(loss, accuracy) over inputs and targets, or over the training examples; learns nothing.

        The accuracy is None for losses that know no right and wrong.
        """
        network = self.network
        # In the run's own type: more precise pictures would change how the run goes on.
        pictures = self._inputs if inputs is None else real_array(inputs, "inputs")
        pictures = pictures.astype(network.dtype, copy=False)
        wanted = self._targets if targets is None else losses.real_targets(targets)
        check_examples(network, pictures, wanted)
        propagation = Propagation(network, self.loss, pictures, wanted)
        starts = range(_EVALUATION_BATCH, len(pictures), _EVALUATION_BATCH)
        batches = np.split(np.arange(len(pictures)), starts)
        passed = together([propagation.forward(batch) for batch in batches])
        return passed.loss, passed.accuracy

    def moment(self) -> Moment:
        """A copy of everything the rest of the run follows from."""
        return Moment(self.steps, self.network.parameters.copy(), self.optimizer.snapshot())

    def present(self) -> Moment:
        """The moment as it is, not copied: the next step changes it."""
        return Moment(
            self.steps, self.network.parameters, (self.optimizer.steps, self.optimizer.state)
        )

    def return_to(self, moment: Moment) -> None:
        """Go on from `moment`; raises PlaygroundError where that is another network's."""
        if moment.parameters.shape != self.network.parameters.shape:
            raise PlaygroundError(
                f"This network has {self.network.parameters.size} weights, but the moment to "
                f"return to has {moment.parameters.size}: it belongs to another network."
            )
        self.steps = moment.step
        self.network.parameters[...] = moment.parameters
        self._before = self.network.parameters.copy()
        self.optimizer.restore(moment.optimizer)

    def _diverge(self, what: str) -> NoReturn:
        self.optimizer.restore((self.optimizer.steps, {}))  # what it remembers led here
        if not self.steps:
            raise DivergedError(
                f"{what} is not a finite number at the first step: look for numbers that are "
                "missing or far too large in the pictures, the targets or the weights, or try a "
                "smaller learning rate."
            )
        if self._before.shape == self.network.parameters.shape:
            self.network.parameters[...] = self._before
        raise DivergedError(
            f"{what} is no longer a finite number at step {self.steps + 1}: the steps are too "
            "large. The last finite weights are back; try a smaller learning rate, or clip the "
            "gradients."
        )
