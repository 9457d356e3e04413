"""What each setting of a layer can be, and what it does, in a learner's words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.core.specs import ACTIVATION_NAMES, EDGE_MODES

Choices = dict[object, tuple[str, str]]
"""The text and the explanation of each value."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerChoices", text)


def paddings() -> Choices:
    """How far the kernel may reach beyond the image."""
    return {
        "same": (
            _tr("same"),
            _tr(
                "As many pixels around it that the map has the image's size,\n"
                "divided by the stride and rounded up"
            ),
        ),
        "valid": (
            _tr("valid"),
            _tr("None: the kernel stays inside, and the larger it is, the smaller is the map"),
        ),
        "custom": (_tr("custom"), _tr("So many pixels as you say")),
    }


def edges() -> Choices:
    """What the kernel finds outside the image."""
    tips = {
        "zero": (_tr("zero"), _tr("Zeros, as black: what networks do")),
        "replicate": (_tr("replicate"), _tr("The pixel at the edge, again and again")),
        "reflect": (_tr("reflect"), _tr("The image in a mirror on its last pixel")),
        "symmetric": (
            _tr("symmetric"),
            _tr("The image in a mirror behind its last pixel, as SciPy and scikit-image do"),
        ),
        "wrap": (_tr("wrap"), _tr("The opposite side of the image")),
    }
    return {edge: tips[edge] for edge in EDGE_MODES}


def flips() -> Choices:
    """Whether the kernel is turned before it is laid down."""
    return {
        False: (_tr("correlation"), _tr("The kernel lies as you see it: what networks do")),
        True: (_tr("convolution"), _tr("The kernel is turned by half a turn first, as in maths")),
    }


def activations() -> Choices:
    """What happens to every sum."""
    tips = {
        "none": _tr("The sum stays as it is"),
        "relu": _tr("Negative sums become 0: max(0, x)"),
        "leaky_relu": _tr("Negative sums are made small, not 0: slope · x"),
        "abs": _tr("The sign is dropped: |x|"),
        "sigmoid": _tr("Squeezed between 0 and 1: 1 / (1 + e⁻ˣ)"),
        "tanh": _tr("Squeezed between −1 and 1"),
    }
    return {key: (name, tips[key]) for key, name in ACTIVATION_NAMES.items()}


def pools() -> Choices:
    """What each window of a map becomes."""
    return {
        None: (_tr("none"), _tr("Every value stays as it is")),
        "max": (_tr("max"), _tr("Each window becomes its largest value")),
        "average": (_tr("average"), _tr("Each window becomes its mean")),
    }


def explanations() -> dict[str, str]:
    """What each control is for."""
    return {
        "stride": _tr(
            "Stride: how many pixels the kernel moves from one output to the next.\n"
            "With 2 the map is about half as high and half as wide"
        ),
        "dilation": _tr(
            "Dilation: how many pixels lie from one weight's place to the next.\n"
            "With 2 the same weights look at a wider area, with gaps"
        ),
        "padding": _tr("Padding: how far the kernel may reach beyond the image"),
        "sides": _tr(
            "Padding in pixels: one number for all sides, or four: top, bottom, left, right.\n"
            "Enter keeps it"
        ),
        "edge": _tr("Edge mode: what the kernel finds where it reaches beyond the image"),
        "flip": _tr(
            "Correlation lays the kernel down as you see it, as networks do.\n"
            "Convolution turns it by half a turn first"
        ),
        "activation": _tr("Activation: what happens to every sum before it becomes the output"),
        "slope": _tr("Slope: what leaky ReLU multiplies negative sums with"),
        "pool": _tr("Pooling: each window of the map becomes one value, so the map gets smaller"),
        "pool_size": _tr("Pooling size: the height and the width of the windows"),
        "formula": _tr(
            "The output's height ↕ and width ↔:\n"
            "⌊(input + padding − pixels the kernel spans) / stride⌋ + 1, then pooling"
        ),
    }
