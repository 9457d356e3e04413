"""What the settings of a layer are called, in the window and in the undo history."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.core.specs import ActivationName, EdgeMode


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerWords", text)


def activation_names() -> dict[ActivationName, str]:
    """Every activation by its name."""
    return {
        "none": _tr("none"),
        "relu": _tr("ReLU"),
        "leaky_relu": _tr("leaky ReLU"),
        "abs": _tr("abs"),
        "sigmoid": _tr("sigmoid"),
        "tanh": _tr("tanh"),
    }


def edge_names() -> dict[EdgeMode, str]:
    """Every edge mode by its name."""
    return {
        "zero": _tr("zero"),
        "replicate": _tr("replicate"),
        "reflect": _tr("reflect"),
        "wrap": _tr("wrap"),
    }
