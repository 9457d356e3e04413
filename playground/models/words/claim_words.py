"""Claims in words: one sentence for each kind, and what to try where something is wrong."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.core.claims import Claim, accuracy, percent
from playground.core.runs.run import EndKind
from playground.core.tasks import Task
from playground.models.state.training_run import TrainingRun
from playground.models.words.local_numbers import Local, localised
from playground.models.words.restoring_words import RESTORING

FEW = 100
"""Of fewer things than this, one percent is less than one: their number is said as well."""


def claim_text(claim: Claim) -> str:
    """The sentence, or its part, that says what `claim` states."""
    numbers, over = claim.numbers, claim.over
    match claim.kind:
        case "accuracy":
            words = _tr("accuracy {} on {} pictures") if over < FEW else _tr("accuracy {}")
            return words.format(localised(percent(claim.share, 1)), over)
        case "cut off":
            words = _tr("{} of the values are cut off at black or white and were not fitted.")
            return words.format(localised(percent(claim.share, 1)))
        case "dead":
            words = _tr("{} of {} dead") if claim.exact else _tr("{} of {} dead?")
            return words.format(*numbers)
        case "all dead":
            words = (
                _tr(
                    "Every kernel before ReLU {} is dead: its map is zero for all {} examples, "
                    "so no gradient reaches it, and it learns nothing. Start again with a smaller "
                    "learning rate, or use leaky ReLU."
                )
                if claim.exact
                else _tr(
                    "Every kernel before ReLU {} seems dead: its map is zero for the {} examples "
                    "that were looked at, and no gradient reaches it. Start again with a smaller "
                    "learning rate, or use leaky ReLU."
                )
            )
            return words.format(int(numbers[0]), over)
        case "no numbers":
            words = (
                _tr(
                    "The network's outputs are not finite numbers for {} of {} pictures, so "
                    "they name no class: its weights are too large. Undo, or start again with a "
                    "smaller learning rate."
                )
                if over > 1
                else _tr("no class: the outputs are not finite numbers")
            )
            return words.format(int(numbers[0]), over)
        case "found":
            words = _tr(
                "Found after {} steps: no weight is further from the hidden kernel's than {} of "
                "its largest."
            )
            return words.format(int(numbers[0]), localised(percent(numbers[1], 1)))
        case "finished":
            words = _tr("Finished: the planned epochs are done ({}).")
            return words.format(int(numbers[0]))
        case "loss risen":
            words = _tr(
                "The loss of the last {} steps is about {:.0f} times that of the first ones: the "
                "steps are too large. Try a learning rate ten times smaller."
            )
            return words.format(over, numbers[0])
        case "loss still":
            words = _tr(
                "The loss has changed by less than a ten-thousandth in {} steps: try another "
                "learning rate or other fresh weights."
            )
            return words.format(over)
        case "all frozen" | "rate zero" | "rate run down":
            return _of_rates()[claim.kind]
        case _:
            return _BY_KIND[claim.kind](claim)


def accuracy_text(task: Task, share: float) -> str:
    """The accuracy over the validation pictures of `task`."""
    count = 0 if task.validation is None else len(task.validation[1])
    return claim_text(accuracy(share, count))


def measured_text(run: TrainingRun, step: int, *, changed: bool) -> str:
    """The last accuracy that was measured by a step, and when if not there; or nothing.

    `changed` says that weights were changed by hand since that step.
    """
    curves = run.curves.until(step)
    shares = curves.validation_accuracy.since(0)
    if not len(shares) or not np.isfinite(shares[-1]):
        return ""
    text = accuracy_text(run.task, float(shares[-1]))
    if (at := int(curves.validation_step.since(0)[-1])) != step:
        return _tr("{} at step {}").format(text, at)
    return _tr("{} before a change by hand").format(text) if changed else text


def _of_rates() -> dict[str, str]:
    return {
        "all frozen": _tr(
            "Every weight is frozen, so none moves: a right click on a kernel or a layer lets it "
            "learn again."
        ),
        "rate zero": _tr(
            "The learning rate is zero, so no weight moves: move the slider to the right."
        ),
        "rate run down": _tr(
            "All planned epochs are done, and the schedule has brought the learning rate to zero: "
            "no weight moves any more. Choose more epochs, or a constant rate."
        ),
    }


def _against_gradient(claim: Claim) -> str:
    """Which weights move against their gradient; those that have none are not counted."""
    against, over = int(claim.numbers[0]), claim.over
    if not over:
        return _tr("no weight has a gradient")
    if against == over:
        return _tr("every weight that has a gradient moves against it")
    return _tr("{} of {} weights move against their gradient").format(against, over)


def _linear(claim: Claim) -> str:
    words = {
        "nothing": _tr("Nothing is left: one linear filter did it."),
        "rounding": _tr(
            "What is left, {:.2f} grey levels, is no more than rounding: one linear filter did it."
        ),
        "compression": _tr(
            "What is left, {:.2f} grey levels, is no more than JPEG compression makes: "
            "one linear filter did it."
        ),
    }
    return words[claim.because].format(Local(255 * claim.numbers[0]))


def _not_linear(claim: Claim) -> str:
    error, worst, share = claim.numbers
    text = _tr(
        "No linear filter of this size explains the pair: the best leaves {:.2f} grey levels"
    )
    text = text.format(Local(255 * error))
    if not claim.because:
        more = _tr(", at one pixel {:.0f}: more than rounding or JPEG compression.")
        return text + more.format(255 * worst)
    words = {
        "brightness": _tr("the brightness"),
        "position": _tr("the place in the picture"),
        "neighbours": _tr("the pixels around"),
        "colour": _tr("the colours"),
    }
    follow = _tr(", which follow {}.") if share > 1 / 2 else _tr(", which partly follow {}.")
    return text + follow.format(words[claim.because])


def _undetermined(claim: Claim) -> str:
    because = {
        "too small": _tr("they have too few pixels."),
        "flat": _tr("the first is the same everywhere."),
        "constant channel": _tr("a colour of the first is the same everywhere."),
        "equal channels": _tr("the three colours of the first are equal."),
        "cut off": _tr("too little of the second is neither black nor white."),
        "alike": _tr("too many places of the first look alike."),
    }
    text = _tr("These pictures do not determine the kernel, others do as well: {}")
    return text.format(because[claim.because])


def _separable(claim: Claim) -> str:
    """Of a kernel whose channels are not all multiples of one column times one row."""
    channels, rank = claim.numbers
    if rank == 0:
        return _tr("all weights are zero")
    if channels == claim.over:
        return _tr("separable in each channel, by different vectors")
    return _tr("not separable (rank {})").format(int(rank))


def _used(claim: Claim) -> str:
    """Outside, a weight is multiplied too, but with no pixel of the picture."""
    used = int(claim.numbers[0])
    text, outside = _tr("this weight: used {} times").format(used), claim.over - used
    return text + _tr(", and {} outside").format(outside) if outside else text


def end_word(end: EndKind) -> str:
    """How a run came to rest, in a word."""
    return {
        "found": _tr("found"),
        "finished": _tr("finished"),
        "paused": _tr("paused"),
        "diverged": _tr("diverged"),
        "stopped": _tr("stopped"),
        "interrupted": _tr("interrupted"),
    }[end]


_BY_KIND = RESTORING | {
    "against gradient": _against_gradient,
    "linear": _linear,
    "not linear": _not_linear,
    "separable": _separable,
    "undetermined": _undetermined,
    "used": _used,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Claims", text)


def with_step(step: int | None, text: str = "") -> str:
    """`text` behind the step that it is true of; alone where that is none of a run."""
    if step is None:
        return text
    words = QCoreApplication.translate("StepWords", "step {}").format(step)
    return f"{words} · {text}" if text else words
