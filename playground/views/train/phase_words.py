"""A phase of slow motion in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.core.slow_motion import Phase
from playground.core.specs import NetworkSpec
from playground.models.layer_chips import layer_chips


def phase_text(phase: Phase, network: NetworkSpec) -> str:
    """What happens now: "3 of 16 · forward through MaxPool 2: mean |output| 0.21"."""
    where = _tr("{} of {}").format(phase.number + 1, phase.count)
    if phase.kind == "loss":
        return _tr("{} · the loss of this batch: {:.4g}").format(where, phase.value)
    if phase.kind == "update":
        text = _tr("{} · every weight moves against its gradient, learning rate {:.3g}")
        return text.format(where, phase.value)
    assert phase.layer is not None
    name = layer_chips(network, None)[phase.layer + 1].title
    words = {
        "forward": _tr("{} · forward through {}: mean |output| {:.3g}"),
        "backward": _tr("{} · back to {}: mean |gradient| {:.3g}"),
    }
    return words[phase.kind].format(where, name, phase.value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Phases", text)
