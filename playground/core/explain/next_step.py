"""What the step to come will do to the weights, from a frame alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.runs.frames import Frame
from playground.core.specs import FloatArray
from playground.core.training.optimizers import Optimizer


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
