"""Facts as values: what is true, of how many things, and whether all of them were looked at.

A sentence on screen that states a fact is made from a Claim, which says how it was found out; the
words stand elsewhere. A share is written by one function: all is 100 %, none is 0 %, and nothing
else is either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from playground.core.specs import FloatArray

ClaimKind: TypeAlias = Literal[
    "accuracy",
    "against gradient",
    "all dead",
    "all frozen",
    "best kernel",
    "cut off",
    "dead",
    "examples better",
    "few maps",
    "few steps",
    "finished",
    "found",
    "linear",
    "loss falling",
    "loss resting",
    "loss risen",
    "loss still",
    "no numbers",
    "not linear",
    "rate run down",
    "rate zero",
    "restored",
    "separable",
    "undetermined",
    "used",
]

# Enough to tell 1,999 of 2,000 from all.
_MOST_DECIMALS = 2


@dataclass(frozen=True)
class Claim:
    """One fact of this kind, its numbers, over how many things it was found out.

    It is `exact` where those were all there are, and an estimate where they were some of them.
    `because` names what made it so, where there are several such things.
    """

    kind: ClaimKind
    numbers: tuple[float, ...] = ()
    over: int = 0
    exact: bool = True
    because: str = ""

    @property
    def share(self) -> float:
        """The first number of all that were looked at; 0 of nothing."""
        return self.numbers[0] / self.over if self.over else 0.0


def percent(share: float, decimals: int = 0, most: int = _MOST_DECIMALS) -> str:
    """A share from 0 to 1 in percent: 100 % means all and 0 % none, however it is rounded.

    With `decimals`, or with up to `most` where it would look like all or none; what still does is
    said to be more or less than the last number that does not.

    >>> [percent(part / whole) for part, whole in ((255, 256), (1999, 2000), (1, 300), (7, 7))]
    ['99.6 %', '99.95 %', '0.3 %', '100 %']
    """
    if share in (0, 1):
        return f"{100 * share:.0f} %"
    for places in range(decimals, max(decimals, most) + 1):
        text = f"{100 * share:.{places}f}"
        if 0 < float(text) < 100:
            return f"{text.rstrip('0').rstrip('.') if places else text} %"
    step = 10.0**-places
    return f"> {100 - step:.{places}f} %" if share > 0.5 else f"< {step:.{places}f} %"


def chance(share: float) -> str:
    """A chance that a network gives, in percent; it is never sure, whatever rounding says.

    >>> chance(0.834), chance(1.0), chance(0.0)
    ('83 %', '> 99.9 %', '< 0.1 %')
    """
    least = 1e-9
    return percent(min(max(share, least), 1 - least), most=1)


def against_gradient(gradients: FloatArray, change: FloatArray) -> Claim:
    """How many of the weights with a gradient a step moves to the side against it; both (n,)."""
    sloping = gradients != 0
    against = sloping & (np.sign(change) == -np.sign(gradients))
    return Claim("against gradient", (int(against.sum()),), int(sloping.sum()))


def accuracy(share: float, count: int) -> Claim:
    """So many of `count` examples were right; `share` may have been rounded to single precision."""
    return Claim("accuracy", (round(share * count),), count)
