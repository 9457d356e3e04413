"""Optimizers that step down the gradient, with or without momentum.

    SGD       w ← w − η·g
    Momentum  u ← μ·u + g;     w ← w − η·u
    Nesterov  u ← μ·u + g;     w ← w − η·(g + μ·u)

PyTorch's formulas: u begins as g. Sources: B. Polyak 1964; Y. Nesterov 1983.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.core.specs import FloatArray
from playground.core.training.optimizers.base import Memory, Optimizer, Sheet, as_set, check_memory


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum where that is above zero."""

    name, label = "sgd", "SGD"
    tip = "A step straight down the gradient"
    memories = ("u",)
    settings = (*Optimizer.settings, "momentum")

    def __init__(
        self,
        learning_rate: float = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(learning_rate, **rest)
        check_memory(momentum)
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

    def explain(self, sheet: Sheet, memory: Memory, g: float) -> tuple[float, str]:
        if not self.momentum:
            return g, "g"
        mu = self.momentum
        text, u = memory("u")
        u = sheet.add(f"u ← {as_set(mu)}·{text} + g", mu * u + g)
        return (g + mu * u, f"(g + {as_set(mu)}·u)") if self.nesterov else (u, "u")


class Momentum(SGD):
    """SGD whose steps go on in the direction they had."""

    name, label = "momentum", "Momentum"
    tip = "SGD whose steps go on in the direction they had"
    takes_momentum = True

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9, **rest: Any) -> None:
        super().__init__(learning_rate, momentum, **rest)


class Nesterov(SGD):
    """Momentum that looks ahead."""

    name, label = "nesterov", "Nesterov"
    tip = "Momentum that looks ahead"
    takes_momentum = True

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9, **rest: Any) -> None:
        super().__init__(learning_rate, momentum, True, **rest)
