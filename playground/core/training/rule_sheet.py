"""An optimizer's rule for one weight, line by line, each with the numbers as they are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Memory: TypeAlias = Callable[[str], tuple[str, float]]
"""What is remembered of the weight under a letter: as it is printed, and that value."""


@dataclass(frozen=True)
class RuleLine:
    """One line: "m ← 0.9·0.02 + 0.1·g", what comes out, and how that is printed.

    The last one's value is the next weight, printed behind the present one: "+0.1 → +0.2".
    """

    formula: str
    value: float
    text: str


class Sheet:
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

    def average(self, name: str, kept: float, before: tuple[str, float], new: float) -> float:
        """The line of a memory that keeps a share of what it was: of g in m, of g² in v."""
        term, share = "g" if name == "m" else "g²", as_set(1 - kept)
        formula = f"{name} ← {as_set(kept)}·{before[0]} + {share}·{term}"
        return self.add(formula, kept * before[1] + float(share) * new)


def as_set(value: float) -> str:
    """A number as it was chosen."""
    return f"{value:.12g}"
