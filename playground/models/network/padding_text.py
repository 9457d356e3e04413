"""Padding as it is typed: "same", "valid", one number of pixels, or four."""

from __future__ import annotations

import re

from playground.core.errors import PlaygroundError
from playground.core.specs import Padding

LARGEST_PADDING = 64

_BETWEEN = re.compile(r"[\s,;()\[\]]+")


def read_padding(text: str) -> Padding:
    """The padding that `text` says: "1", "1, 2, 1, 2" (top, bottom, left, right), "same", "valid".

    Raises PlaygroundError where it says something else, or more than LARGEST_PADDING pixels.
    """
    words = [word for word in _BETWEEN.split(text.lower()) if word]
    if words == ["same"]:
        return "same"
    if words == ["valid"]:
        return "valid"
    fits = all(word.isdecimal() and len(word) < 10 for word in words)
    sides = [int(word) for word in words] if fits else []
    if len(sides) not in (1, 4) or max(sides) > LARGEST_PADDING:
        raise PlaygroundError(
            f"Padding is one whole number from 0 to {LARGEST_PADDING}, or four of them: "
            f"top, bottom, left, right."
        )
    return simplest((sides * 4)[:4] if len(sides) == 1 else sides)


def write_padding(padding: Padding) -> str:
    """`padding` as `read_padding` takes it."""
    return ", ".join(map(str, padding)) if isinstance(padding, tuple) else str(padding)


def simplest(sides: list[int] | tuple[int, ...]) -> int | tuple[int, int, int, int]:
    """One number where all four sides are the same, else the four."""
    top, bottom, left, right = sides
    return top if top == bottom == left == right else (top, bottom, left, right)
