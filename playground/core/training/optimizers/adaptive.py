"""Optimizers whose steps are divided by the usual size of each weight's own gradient.

    RMSprop   v ← ρ·v + (1 − ρ)·g²;                 w ← w − η·g / (√v + ε)
    Adam      m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²;
              w ← w − η·m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
    AdamW     as Adam, and w ← w − η·λ·w besides

PyTorch's formulas. Sources: G. Hinton, lecture 6e, 2012; D. Kingma and J. Ba 2015;
I. Loshchilov and F. Hutter 2019.
"""

from __future__ import annotations

import math

import numpy as np

from playground.core.specs import FloatArray
from playground.core.training.optimizers.base import Memory, Optimizer, Sheet, as_set, check_memory


class RMSprop(Optimizer):
    """Divides each gradient by its usual size."""

    name, label = "rmsprop", "RMSprop"
    tip = "Divides each gradient by its usual size"
    memories = ("v",)

    def __init__(
        self, learning_rate: float = 0.01, rho: float = 0.99, epsilon: float = 1e-8, **rest: float
    ) -> None:
        super().__init__(learning_rate, **rest)  # type: ignore[arg-type]
        check_memory(rho, epsilon=epsilon)
        self.rho, self.epsilon = rho, epsilon

    def _direction(self, gradient: FloatArray) -> None:
        mean = self.state["v"]
        np.multiply(gradient, gradient, out=self._change)
        self._average(mean, self._change, self.rho)
        np.sqrt(mean, out=self._change)
        self._change += self._change.dtype.type(self.epsilon)
        np.divide(gradient, self._change, out=self._change)

    def explain(self, sheet: Sheet, memory: Memory, g: float) -> tuple[float, str]:
        v = sheet.average("v", self.rho, memory("v"), g * g)
        return g / (math.sqrt(v) + self.epsilon), f"g / (√v + {self.epsilon:g})"


class Adam(Optimizer):
    """Momentum and RMSprop together, with the bias of their first steps taken out."""

    name, label = "adam", "Adam"
    tip = "Momentum and RMSprop together, with the bias of their first steps taken out"
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
        check_memory(beta_1, beta_2, epsilon=epsilon)
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

    def explain(self, sheet: Sheet, memory: Memory, g: float) -> tuple[float, str]:
        first, second, step = self.beta_1, self.beta_2, self.steps + 1
        m = sheet.average("m", first, memory("m"), g)
        v = sheet.average("v", second, memory("v"), g * g)
        m_hat = sheet.add(f"m̂ = m / (1 − {as_set(first)}^{step})", m / (1 - first**step))
        v_hat = sheet.add(f"v̂ = v / (1 − {as_set(second)}^{step})", v / (1 - second**step))
        direction = m_hat / (math.sqrt(v_hat) + self.epsilon)
        return direction, f"m̂ / (√v̂ + {self.epsilon:g})"


class AdamW(Adam):
    """Adam whose weight decay is kept apart from the gradients."""

    name, label = "adamw", "AdamW"
    tip = "Adam whose weight decay is kept apart from the gradients"
    decays_apart = True

    def __init__(
        self, learning_rate: float = 0.001, *, weight_decay: float = 0.01, **rest: float
    ) -> None:
        super().__init__(learning_rate, weight_decay=weight_decay, **rest)
