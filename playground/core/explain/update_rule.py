"""What an optimizer does next: for all weights at once, and for one weight line by line.

Whoever follows the lines with the numbers that are printed arrives at the result that is printed,
in all its digits; and that is the weight that the optimizer arrives at.
"""

from __future__ import annotations

import copy
import math
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.runs.frames import Frame
from playground.core.specs import FloatArray
from playground.core.training.optimizers import Optimizer
from playground.core.training.optimizers.base import RuleLine, Sheet, as_set

FROZEN = "w ← w"
"""The formula of a weight that does not learn."""

# At first few enough to read at ease; at most as many as float32 can hold.
_DECIMALS, _MOST_DECIMALS = 5, 9
_DIGITS, _MOST_DIGITS = 4, 9


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
        first = Sheet(_DIGITS)
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
        sheet = Sheet(digits)
        before = f"{weight:+.{decimals + more}f}"
        formula, moved = _followed(sheet, optimizer, index, float(before), gradient, total)
        result = f"{after:+.{decimals}f}"
        if float(f"{moved:.{decimals}f}") == float(result):
            break
    return (*sheet.lines, RuleLine(formula, after, f"{before} → {result}"))


def _followed(
    sheet: Sheet, optimizer: Optimizer, index: int, weight: float, gradient: float, total: float
) -> tuple[str, float]:
    """Fill the sheet up to the last line; gives back that one's formula, and what it comes to."""

    def memory(name: str) -> tuple[str, float]:
        return sheet.number(float(optimizer.state[name][index]) if optimizer.state else 0.0)

    g = sheet.add("g = ∂L/∂w", gradient)
    limit, clipnorm, decay = optimizer.clipvalue, optimizer.global_clipnorm, optimizer.weight_decay
    if limit is not None and abs(g) > limit:
        g = sheet.add(f"g clipped to ±{as_set(limit)}", math.copysign(limit, g))
    if clipnorm is not None and clipnorm < total + 1e-6:
        long = sheet.add("‖g‖", total)
        formula = f"g ← g · {as_set(clipnorm)} / (‖g‖ + 1e-06)"
        g = sheet.add(formula, g * clipnorm / (long + 1e-6))
    if decay and not optimizer.decays_apart:
        w, shown = sheet.number(weight)
        g = sheet.add(f"g ← g + {as_set(decay)}·{w}", g + decay * shown)
    rate, seen = sheet.number(optimizer.rate)
    direction, term = optimizer.explain(sheet, memory, g)
    moved, formula = weight - seen * direction, f"w ← w − {rate}·{term}"
    if decay and optimizer.decays_apart:
        moved -= seen * decay * weight
        formula += f" − {rate}·{as_set(decay)}·w"
    return formula, moved


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
