"""What the fit of a pair of pictures says, in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.core.pair_fit import PairFit


def fit_text(fit: PairFit) -> str:
    """The verdict and what made it so; what was cut off is said where there is any."""
    text = {
        "linear": _linear,
        "not linear": _not_linear,
        "undetermined": _undetermined,
    }[fit.verdict](fit)
    if not fit.clipped:
        return text
    cut = _tr("{} of the values are cut off at black or white and were not fitted.")
    percent = 100 * fit.clipped
    return f"{text} " + cut.format(f"{percent:.1f} %" if percent >= 0.1 else "< 0.1 %")


def _linear(fit: PairFit) -> str:
    left = 255 * fit.residual
    if fit.remainder == "compression":
        text = _tr(
            "What is left, {:.2f} grey levels, is no more than JPEG compression makes: "
            "one linear filter did it."
        )
        return text.format(left)
    if fit.remainder == "rounding":
        text = _tr(
            "What is left, {:.2f} grey levels, is no more than rounding: one linear filter did it."
        )
        return text.format(left)
    return _tr("Nothing is left: one linear filter did it.")


def _not_linear(fit: PairFit) -> str:
    text = _tr(
        "No linear filter of this size explains the pair: the best leaves {:.2f} grey levels"
    )
    text = text.format(255 * fit.residual)
    if not fit.structure:
        more = _tr(", at one pixel {:.0f}: more than rounding or JPEG compression.")
        return text + more.format(255 * fit.worst)
    words = {
        "brightness": _tr("the brightness"),
        "position": _tr("the place in the picture"),
        "neighbours": _tr("the pixels around"),
        "colour": _tr("the colours"),
    }
    strongest = max(fit.structure, key=lambda name: fit.structure[name])
    whole = fit.structure[strongest] > 1 / 2
    follow = _tr(", which follow {}.") if whole else _tr(", which partly follow {}.")
    return text + follow.format(words[strongest])


def _undetermined(fit: PairFit) -> str:
    because = {
        "too small": _tr("they have too few pixels."),
        "flat": _tr("the first is the same everywhere."),
        "constant channel": _tr("one colour of the first is the same everywhere."),
        "equal channels": _tr("the three colours of the first are equal."),
        "cut off": _tr("too little of the second is neither black nor white."),
        "alike": _tr("too many places of the first look alike."),
    }
    text = _tr("These pictures do not determine the kernel, others do as well: {}")
    return text.format(because.get(fit.open_because, ""))


def _tr(text: str) -> str:
    return QCoreApplication.translate("FitWords", text)
