"""An optimizer's rule for one weight, with its numbers, line by line (formulas: optimizers.py)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.core.optimizers import SGD, Adam, AdamW, Optimizer, RMSprop


@dataclass(frozen=True)
class RuleLine:
    """One line: "m = 0.9·m + 0.1·g", and what comes out."""

    formula: str
    value: float


def update_rule(
    optimizer: Optimizer, index: int, weight: float, gradient: float, length: float
) -> tuple[RuleLine, ...]:
    """From the gradient of parameter `index` to its next value, which is the last line's.

    The optimizer is as it stands before the step; `length` is that of the whole gradient.
    """
    lines = [RuleLine("g = ∂L/∂w", gradient)]
    g = gradient
    if optimizer.clipvalue is not None and abs(g) > optimizer.clipvalue:
        g = math.copysign(optimizer.clipvalue, g)
        lines.append(RuleLine(f"g clipped to ±{optimizer.clipvalue:g}", g))
    if optimizer.global_clipnorm is not None:
        factor = min(1.0, optimizer.global_clipnorm / (length + 1e-6))
        if factor < 1:
            g *= factor
            lines.append(RuleLine(f"g ← g · {optimizer.global_clipnorm:g} / ‖g‖", g))
    decay, rate = optimizer.weight_decay, optimizer.rate
    if decay and not isinstance(optimizer, AdamW):
        g += decay * weight
        lines.append(RuleLine(f"g ← g + {decay:g}·w", g))
    memory = {name: float(values[index]) for name, values in optimizer.state.items()}
    more, direction, term = _direction(optimizer, memory, g)
    lines += more
    moved = weight - rate * direction
    formula = f"w ← w − {rate:.3g}·{term}"
    if decay and isinstance(optimizer, AdamW):
        moved -= rate * decay * weight
        formula += f" − {rate:.3g}·{decay:g}·w"
    lines.append(RuleLine(formula, moved))
    return tuple(lines)


def _direction(
    optimizer: Optimizer, memory: dict[str, float], g: float
) -> tuple[list[RuleLine], float, str]:
    """Lines between the gradient and the step, the direction, and what it is called."""
    if isinstance(optimizer, SGD):
        if not optimizer.momentum:
            return [], g, "g"
        mu = optimizer.momentum
        u = mu * memory.get("u", 0.0) + g
        lines = [RuleLine(f"u ← {mu:g}·u + g", u)]
        if optimizer.nesterov:
            return lines, g + mu * u, f"(g + {mu:g}·u)"
        return lines, u, "u"
    if isinstance(optimizer, RMSprop):
        rho = optimizer.rho
        v = rho * memory.get("v", 0.0) + (1 - rho) * g * g
        lines = [RuleLine(f"v ← {rho:g}·v + {1 - rho:.3g}·g²", v)]
        return lines, g / (math.sqrt(v) + optimizer.epsilon), "g / √v"
    assert isinstance(optimizer, Adam)
    first, second, step = optimizer.beta_1, optimizer.beta_2, optimizer.steps + 1
    m = first * memory.get("m", 0.0) + (1 - first) * g
    v = second * memory.get("v", 0.0) + (1 - second) * g * g
    m_hat, v_hat = m / (1 - first**step), v / (1 - second**step)
    lines = [
        RuleLine(f"m ← {first:g}·m + {1 - first:.3g}·g", m),
        RuleLine(f"v ← {second:g}·v + {1 - second:.3g}·g²", v),
        RuleLine(f"m̂ = m / (1 − {first:g}^{step})", m_hat),
        RuleLine(f"v̂ = v / (1 − {second:g}^{step})", v_hat),
    ]
    return lines, m_hat / (math.sqrt(v_hat) + optimizer.epsilon), "m̂ / √v̂"
