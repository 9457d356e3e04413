"""What an optimizer does next: for all weights at once, and for one weight line by line."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.runs.frames import Frame
from playground.core.specs import FloatArray
from playground.core.training.optimizers import SGD, Adam, AdamW, Optimizer, RMSprop

FROZEN = "w ← w"
"""The formula of a weight that does not learn."""

_DECIMALS, _MOST_DECIMALS = 5, 9
_DIGITS, _MOST_DIGITS = 4, 9


@dataclass(frozen=True)
class RuleLine:
    """One line: "m ← 0.9·0.02 + 0.1·g", what comes out, and how that is printed.

    The last one's value is the next weight, printed behind the present one: "+0.1 → +0.2".
    """

    formula: str
    value: float
    text: str


def update_rule(
    optimizer: Optimizer,
    index: int,
    weights: FloatArray,
    gradients: FloatArray,
    learns: NDArray[np.bool_] | None = None,
) -> tuple[RuleLine, ...]:
    """From the gradient of weight `index` to its next value.

    `weights` and `gradients` (n,) are all that there are, `learns` (n,) says which are not frozen;
    the optimizer is as it stands before the step, and stays so.
    """
    weight, gradient = float(weights[index]), float(gradients[index])
    if learns is not None and not learns[index]:
        first = _Sheet(_DIGITS)
        first.add("g = ∂L/∂w", gradient)
        same = f"{weight:+.{_DECIMALS}f}"
        return (*first.lines, RuleLine(FROZEN, weight, f"{same} → {same}"))
    with np.errstate(all="ignore"):  # a run that explodes is told so when it takes the step
        changed = weights + copy.deepcopy(optimizer).change(gradients, weights, learns)
        total = optimizer.length_to_clip(gradients, learns) or 0.0
    after = float(changed[index])
    most = _decimals(weight, after)
    for decimals, digits, more in product(
        range(most, -1, -1), range(_DIGITS, _MOST_DIGITS + 1), range(4)
    ):
        sheet = _Sheet(digits)
        before = f"{weight:+.{decimals + more}f}"
        formula, moved = _followed(sheet, optimizer, index, float(before), gradient, total)
        result = f"{after:+.{decimals}f}"
        if float(f"{moved:.{decimals}f}") == float(result):
            break
    return (*sheet.lines, RuleLine(formula, after, f"{before} → {result}"))


class _Sheet:
    """Lines that go on with the numbers of earlier ones as they are printed there."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.lines: list[RuleLine] = []

    def add(self, formula: str, value: float) -> float:
        """Another line; gives back its value as it is printed."""
        text = f"{value:+.{self.digits}g}"
        self.lines.append(RuleLine(formula, value, text))
        return float(text)

    def number(self, value: float) -> tuple[str, float]:
        """A number within a formula, and its value as it is printed."""
        text = f"{value:.{self.digits}g}"
        return f"({text})" if value < 0 else text, float(text)


def _followed(
    sheet: _Sheet, optimizer: Optimizer, index: int, weight: float, gradient: float, total: float
) -> tuple[str, float]:
    """Fill the sheet up to the last line; gives back that one's formula, and what it comes to."""
    g = sheet.add("g = ∂L/∂w", gradient)
    limit, clipnorm, decay = optimizer.clipvalue, optimizer.global_clipnorm, optimizer.weight_decay
    if limit is not None and abs(g) > limit:
        g = sheet.add(f"g clipped to ±{_setting(limit)}", math.copysign(limit, g))
    if clipnorm is not None and clipnorm < total + 1e-6:
        long = sheet.add("‖g‖", total)
        formula = f"g ← g · {_setting(clipnorm)} / (‖g‖ + 1e-06)"
        g = sheet.add(formula, g * clipnorm / (long + 1e-6))
    if decay and not isinstance(optimizer, AdamW):
        w, shown = sheet.number(weight)
        g = sheet.add(f"g ← g + {_setting(decay)}·{w}", g + decay * shown)
    rate, seen = sheet.number(optimizer.rate)
    direction, term = _direction(sheet, optimizer, index, g)
    moved, formula = weight - seen * direction, f"w ← w − {rate}·{term}"
    if decay and isinstance(optimizer, AdamW):
        moved -= seen * decay * weight
        formula += f" − {rate}·{_setting(decay)}·w"
    return formula, moved


def _direction(sheet: _Sheet, optimizer: Optimizer, index: int, g: float) -> tuple[float, str]:
    """Lines between the gradient and the step; the direction, and what it is called."""

    def remembered(name: str) -> tuple[str, float]:
        return sheet.number(float(optimizer.state[name][index]) if optimizer.state else 0.0)

    if isinstance(optimizer, SGD):
        if not optimizer.momentum:
            return g, "g"
        mu = optimizer.momentum
        u_text, u = remembered("u")
        u = sheet.add(f"u ← {_setting(mu)}·{u_text} + g", mu * u + g)
        return (g + mu * u, f"(g + {_setting(mu)}·u)") if optimizer.nesterov else (u, "u")
    if isinstance(optimizer, RMSprop):
        v = _average(sheet, "v", optimizer.rho, remembered("v"), g * g)
        return g / (math.sqrt(v) + optimizer.epsilon), f"g / (√v + {optimizer.epsilon:g})"
    assert isinstance(optimizer, Adam)
    first, second, step = optimizer.beta_1, optimizer.beta_2, optimizer.steps + 1
    m = _average(sheet, "m", first, remembered("m"), g)
    v = _average(sheet, "v", second, remembered("v"), g * g)
    m_hat = sheet.add(f"m̂ = m / (1 − {_setting(first)}^{step})", m / (1 - first**step))
    v_hat = sheet.add(f"v̂ = v / (1 − {_setting(second)}^{step})", v / (1 - second**step))
    term = f"m̂ / (√v̂ + {optimizer.epsilon:g})"
    return m_hat / (math.sqrt(v_hat) + optimizer.epsilon), term


def _average(sheet: _Sheet, name: str, kept: float, before: tuple[str, float], new: float) -> float:
    """The line of a memory that keeps a share of what it was: of g in m, of g² in v."""
    term, share = "g" if name == "m" else "g²", _setting(1 - kept)
    formula = f"{name} ← {_setting(kept)}·{before[0]} + {share}·{term}"
    return sheet.add(formula, kept * before[1] + float(share) * new)


def _setting(value: float) -> str:
    """A number as it was chosen."""
    return f"{value:.12g}"


def _decimals(weight: float, after: float) -> int:
    """Decimals that show two digits of the step at least, and none that float32 does not know."""
    step, largest = abs(after - weight), max(abs(weight), abs(after))
    if not math.isfinite(largest) or not largest:
        return _DECIMALS
    known = math.floor(-math.log10(2 * float(np.spacing(np.float32(max(largest, step))))))
    wanted = math.ceil(-math.log10(step)) + 1 if step else 0
    return max(0, min(max(_DECIMALS, wanted), known, _MOST_DECIMALS))


def next_change(
    frame: Frame, optimizer: Optimizer, places: NDArray[np.intp] | None = None
) -> FloatArray | None:
    """What the step will add to the weights (n,); None where their gradient is not known.

    With `places` in that vector, what it will add to those weights, in the shape of `places`.
    `optimizer` is a fresh one with the run's numbers; it is given the frame's memory and rate.
    """
    if frame.gradients is None:
        return None
    steps, memories = frame.moment.optimizer
    at: Any = slice(None) if places is None else places
    optimizer.restore((steps, {name: memory[at] for name, memory in memories.items()}))
    gradients, learns = frame.gradients, frame.learns
    with np.errstate(all="ignore"):  # a run that explodes is told so when it takes the step
        length = optimizer.length_to_clip(gradients, learns)
        some = None if learns is None else learns[at]
        return optimizer.change(gradients[at], frame.moment.parameters[at], some, length).copy()
