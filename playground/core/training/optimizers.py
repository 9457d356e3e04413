"""Optimizers: from the gradient g of every weight w to the weight's next value.

With learning rate η, step t = 1, 2, …, and all operations on each weight by itself,

    SGD       w ← w − η·g
    Momentum  u ← μ·u + g;                          w ← w − η·u
    Nesterov  u ← μ·u + g;                          w ← w − η·(g + μ·u)
    RMSprop   v ← ρ·v + (1 − ρ)·g²;                 w ← w − η·g / (√v + ε)
    Adam      m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²;
              w ← w − η·m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
    AdamW     as Adam, and w ← w − η·λ·w besides

Weight decay λ adds λ·w to g in all but AdamW. Clipping comes first: each value of g to
±clipvalue, or g as a whole to the length global_clipnorm. Formulas and defaults are PyTorch's,
the names Keras's; Momentum starts at u = g.
Sources: B. Polyak 1964; Y. Nesterov 1983; G. Hinton, lecture 6e, 2012; D. Kingma and J. Ba 2015;
I. Loshchilov and F. Hutter 2019.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.checks import is_positive, is_real, shown
from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray
from playground.core.training.clipping import clipped, length_of
from playground.core.training.schedules import Constant, Schedule


class Optimizer(ABC):
    """Changes weights, one vector of them, against their gradients."""

    name: str
    label: str
    memories: tuple[str, ...] = ()
    """What is remembered of each weight from step to step, by the letters of the formulas."""

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        weight_decay: float = 0.0,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        schedule: Schedule | None = None,
    ) -> None:
        """Raises PlaygroundError for a rate or decay below zero and a limit not above it."""
        if not all(is_real(share) and share >= 0 for share in (learning_rate, weight_decay)):
            raise PlaygroundError(
                "Learning rate and weight decay are numbers of zero or more, "
                f"not {shown(learning_rate)} and {shown(weight_decay)}."
            )
        for limit in (clipvalue, global_clipnorm):
            if limit is not None and not is_positive(limit):
                text = f"Gradients are clipped to more than zero, not to {shown(limit)}."
                raise PlaygroundError(text)
        self.learning_rate, self.weight_decay = learning_rate, weight_decay
        self.clipvalue, self.global_clipnorm = clipvalue, global_clipnorm
        self.schedule: Schedule = schedule or Constant()
        self.steps = 0
        self.state: dict[str, FloatArray] = {}
        self._change = self._used = self._spare = np.empty(0, np.float32)

    @property
    def rate(self) -> float:
        """The learning rate that the schedule makes of the chosen one at the next step."""
        return self.learning_rate * self.schedule(self.steps)

    def apply(self, gradients: FloatArray, weights: FloatArray) -> None:
        """One step: `weights` (n,) change in place."""
        weights += self.change(gradients, weights)

    def change(
        self,
        gradients: FloatArray,
        weights: FloatArray,
        learns: NDArray[np.bool_] | None = None,
        length: float | None = None,
    ) -> FloatArray:
        """What to add to `weights` (n,), 0 where not `learns`; valid until the next call.

        Frozen weights count neither for the gradient's length nor for what is remembered.
        Where these are only some of a network's weights, in any shape, `length` is that of the
        whole gradient, by `length_to_clip`.
        """
        self.prepare(weights)
        if learns is not None:
            gradients = gradients * learns
        limits = self.clipvalue, self.global_clipnorm
        gradient = clipped(gradients, *limits, length, self._used)
        if self.weight_decay and not isinstance(self, AdamW):
            np.multiply(weights, weights.dtype.type(self.weight_decay), out=self._spare)
            gradient = np.add(gradient, self._spare, out=self._used)
            if learns is not None:
                gradient *= learns
        rate, self.steps = self.rate, self.steps + 1
        self._direction(gradient)
        self._change *= weights.dtype.type(-rate)
        if isinstance(self, AdamW):
            np.multiply(weights, weights.dtype.type(rate * self.weight_decay), out=self._spare)
            self._change -= self._spare
        if learns is not None:
            np.copyto(self._change, 0, where=~learns)
        return self._change

    def length_to_clip(
        self, gradients: FloatArray, learns: NDArray[np.bool_] | None = None
    ) -> float | None:
        """What clipping to a length looks at; None where nothing is clipped so."""
        if self.global_clipnorm is None:
            return None
        counted = gradients if learns is None else gradients * learns
        limit = self.clipvalue
        return length_of(counted if limit is None else np.clip(counted, -limit, limit))

    def prepare(self, weights: FloatArray) -> None:
        """Make room for what is remembered of `weights` (n,), unless there is."""
        if self._change.shape != weights.shape or self._change.dtype != weights.dtype:
            self._allocate(weights)

    def snapshot(self) -> tuple[int, dict[str, FloatArray]]:
        """Copies of the step counter and of everything remembered."""
        return self.steps, {name: values.copy() for name, values in self.state.items()}

    def restore(self, snapshot: tuple[int, dict[str, FloatArray]]) -> None:
        """Go back to a `snapshot`."""
        self.steps = snapshot[0]
        self.state = {name: values.copy() for name, values in snapshot[1].items()}
        # Before the first step there is no memory yet: the next step makes what is missing.
        self._change = np.empty(0, np.float32)

    @abstractmethod
    def _direction(self, gradient: FloatArray) -> None:
        """Fill `_change` with what the learning rate is multiplied with."""

    def _allocate(self, weights: FloatArray) -> None:
        self._change, self._used, self._spare = (np.empty_like(weights) for _ in range(3))
        kept = self.state
        if any(values.shape != weights.shape for values in kept.values()):
            kept, self.steps = {}, 0
        self.state = {
            name: kept[name].astype(weights.dtype) if name in kept else np.zeros_like(weights)
            for name in self.memories
        }

    def _average(self, memory: FloatArray, values: FloatArray, kept: float) -> None:
        """Memory ← kept·memory + (1 − kept)·values; `values` may be `_change`."""
        memory *= memory.dtype.type(kept)
        np.multiply(values, memory.dtype.type(1 - kept), out=self._spare)
        memory += self._spare


def _check_memory(*kept: float, epsilon: float = 1.0) -> None:
    if not all(is_real(one) for one in (*kept, epsilon)) or not (
        all(0 <= share < 1 for share in kept) and epsilon > 0
    ):
        raise PlaygroundError(
            "An optimizer keeps a share of its memory that is from 0 up to, not including, 1, and "
            "epsilon is above 0."
        )


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum where that is above zero."""

    name, label = "sgd", "SGD"
    memories = ("u",)

    def __init__(
        self,
        learning_rate: float = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(learning_rate, **rest)
        _check_memory(momentum)
        self.momentum, self.nesterov = momentum, nesterov

    def _direction(self, gradient: FloatArray) -> None:
        if not self.momentum:
            self._change[...] = gradient
            return
        memory = self.state["u"]
        memory *= memory.dtype.type(self.momentum)
        memory += gradient
        if self.nesterov:
            np.multiply(memory, memory.dtype.type(self.momentum), out=self._change)
            self._change += gradient
        else:
            self._change[...] = memory


class Momentum(SGD):
    """SGD whose steps go on in the direction they had."""

    name, label = "momentum", "Momentum"

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9, **rest: Any) -> None:
        super().__init__(learning_rate, momentum, **rest)


class Nesterov(SGD):
    """Momentum that looks ahead."""

    name, label = "nesterov", "Nesterov"

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9, **rest: Any) -> None:
        super().__init__(learning_rate, momentum, True, **rest)


class RMSprop(Optimizer):
    """Divides each gradient by its usual size."""

    name, label = "rmsprop", "RMSprop"
    memories = ("v",)

    def __init__(
        self, learning_rate: float = 0.01, rho: float = 0.99, epsilon: float = 1e-8, **rest: float
    ) -> None:
        super().__init__(learning_rate, **rest)  # type: ignore[arg-type]
        _check_memory(rho, epsilon=epsilon)
        self.rho, self.epsilon = rho, epsilon

    def _direction(self, gradient: FloatArray) -> None:
        mean = self.state["v"]
        np.multiply(gradient, gradient, out=self._change)
        self._average(mean, self._change, self.rho)
        np.sqrt(mean, out=self._change)
        self._change += self._change.dtype.type(self.epsilon)
        np.divide(gradient, self._change, out=self._change)


class Adam(Optimizer):
    """Momentum and RMSprop together, with the bias of their first steps taken out."""

    name, label = "adam", "Adam"
    memories = ("m", "v")

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        **rest: float,
    ) -> None:
        super().__init__(learning_rate, **rest)  # type: ignore[arg-type]
        _check_memory(beta_1, beta_2, epsilon=epsilon)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _direction(self, gradient: FloatArray) -> None:
        mean, square = self.state["m"], self.state["v"]
        self._average(mean, gradient, self.beta_1)
        np.multiply(gradient, gradient, out=self._change)
        self._average(square, self._change, self.beta_2)
        kind = self._change.dtype.type
        np.multiply(square, kind(1 / (1 - self.beta_2**self.steps)), out=self._change)
        np.sqrt(self._change, out=self._change)
        self._change += kind(self.epsilon)
        np.divide(mean, self._change, out=self._change)
        self._change *= kind(1 / (1 - self.beta_1**self.steps))


class AdamW(Adam):
    """Adam whose weight decay is kept apart from the gradients."""

    name, label = "adamw", "AdamW"

    def __init__(
        self, learning_rate: float = 0.001, *, weight_decay: float = 0.01, **rest: float
    ) -> None:
        super().__init__(learning_rate, weight_decay=weight_decay, **rest)


ALL: dict[str, type[Optimizer]] = {
    optimizer.name: optimizer for optimizer in (SGD, Momentum, Nesterov, RMSprop, Adam, AdamW)
}


def get(optimizer: str | Optimizer) -> Optimizer:
    """The optimizer called `optimizer` with its usual settings; one itself is passed through."""
    if isinstance(optimizer, Optimizer):
        return optimizer
    if not isinstance(optimizer, str) or optimizer not in ALL:
        raise PlaygroundError(
            f"There is no optimizer called “{optimizer}”: choose one of {', '.join(ALL)}."
        )
    return ALL[optimizer]()
