"""A moment of a training run: everything that the rest of the run follows from."""

from __future__ import annotations

from dataclasses import dataclass

from playground.core.specs import FloatArray


@dataclass(frozen=True)
class Moment:
    """A run after `step` steps.

    parameters (n,) are all weights; `optimizer` is its step counter, and what it remembers of each
    weight by name, (n,) each.
    """

    step: int
    parameters: FloatArray
    optimizer: tuple[int, dict[str, FloatArray]]
