"""What the step to come will do to the weights, from a frame alone."""

from __future__ import annotations

import numpy as np

from playground.core.frames import Frame
from playground.core.optimizers import Optimizer
from playground.core.specs import FloatArray


def next_change(frame: Frame, optimizer: Optimizer) -> FloatArray | None:
    """What the step will add to the weights (n,); None where their gradient is not known.

    `optimizer` is a fresh one with the run's numbers; it is given the frame's memory and rate.
    """
    if frame.gradients is None:
        return None
    optimizer.restore(frame.moment.optimizer)
    with np.errstate(all="ignore"):  # a run that explodes is told so when it takes the step
        return optimizer.change(frame.gradients, frame.moment.parameters, frame.learns).copy()
