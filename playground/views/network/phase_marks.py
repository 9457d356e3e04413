"""What slow motion writes on the chips: the number of every stage, as values go out and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from playground.core.explain.slow_motion import Phase
from playground.models.words.local_numbers import typographic


@dataclass(frozen=True)
class PhaseMarks:
    """What stands on the chips: a text for each layer that was reached, and which are at work."""

    texts: Mapping[int, str] = field(default_factory=dict)
    here: frozenset[int] = frozenset()


NO_MARKS = PhaseMarks()


def marks_of(done: Iterable[Phase], moved: Mapping[int, float]) -> PhaseMarks:
    """The marks after the phases `done`; each layer has the number of the last that was its own.

    `moved` is how far the weights of each layer move, in the phase in which they do.
    """
    texts: dict[int, str] = {}
    here: frozenset[int] = frozenset()
    for phase in done:
        here = frozenset() if phase.layer is None else frozenset({phase.layer})
        if phase.layer is not None:
            arrow = "→" if phase.kind == "forward" else "←"
            texts[phase.layer] = f"{arrow} {short_number(phase.value)}"
    texts |= {layer: f"Δw {short_number(value)}" for layer, value in moved.items()}
    return PhaseMarks(texts, here | moved.keys())


def short_number(value: float) -> str:
    """Two digits of a number: 0.25, 1.2e−5."""
    return typographic(f"{value:.2g}")
