"""Claims about a restored picture in words: whether it is better, and what keeps it from being."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from playground.core.claims import Claim, percent
from playground.models.words.local_numbers import Local, localised


def levels(error: float) -> str:
    """An error of values from 0 to 1 in grey levels."""
    return f"{Local(255 * error):.2f}"


def _restored(claim: Claim) -> str:
    before, after = claim.numbers
    shown = levels(before), levels(after)
    if shown[0] == shown[1]:
        return _tr("No better and no worse than before: off by {} grey levels.").format(shown[0])
    if after < before:
        return _tr("Better: off by {1} grey levels, {0} before.").format(*shown)
    return _tr("Worse: off by {1} grey levels, {0} before.").format(*shown)


def _best_kernel(claim: Claim) -> str:
    least, size, before = claim.numbers
    hopeless = least >= before or levels(least) == levels(before)
    if claim.over == 1:
        words = (
            _tr("Even the best single kernel of {0} × {0}, alike at every place, would leave {1}.")
            if hopeless
            else _tr("The best single kernel of {0} × {0}, alike at every place, would leave {1}.")
        )
    else:
        words = (
            _tr("Even the best kernels of {0} × {0}, one for each colour, would leave {1}.")
            if hopeless
            else _tr("The best kernels of {0} × {0}, one for each colour, would leave {1}.")
        )
    left = levels(least) if claim.exact else _tr("about {}").format(levels(least))
    return words.format(int(size), left)


def _few_maps(claim: Claim) -> str:
    maps = int(claim.numbers[0])
    if maps == 1:
        return _tr("All {} colours are made from 1 map.").format(claim.over)
    return _tr("All {} colours are made from {} maps.").format(claim.over, maps)


def _few_steps(claim: Claim) -> str:
    return _tr("Steps taken so far: {}.").format(int(claim.numbers[0]))


def _falling(claim: Claim) -> str:
    words = _tr("The loss still falls, over the last {} steps by {}: train longer.")
    return words.format(claim.over, localised(percent(claim.numbers[0], 1)))


def _resting(claim: Claim) -> str:
    words = _tr(
        "Over the last {} steps the loss has not clearly fallen: try “New weights” or more kernels."
    )
    return words.format(claim.over)


def _on_examples(claim: Claim) -> str:
    before, after = map(levels, claim.numbers)
    words = _tr("On the {} examples it is better, {} in place of {}: this picture is unlike them.")
    return words.format(claim.over, after, before)


RESTORING: dict[str, Callable[[Claim], str]] = {
    "best kernel": _best_kernel,
    "examples better": _on_examples,
    "few maps": _few_maps,
    "few steps": _few_steps,
    "loss falling": _falling,
    "loss resting": _resting,
    "restored": _restored,
}
"""Words for each kind of these claims."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Claims", text)
