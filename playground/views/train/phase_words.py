"""A phase of slow motion in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.core.claims import Claim
from playground.core.explain.slow_motion import Phase
from playground.core.specs import NetworkSpec
from playground.models.local_numbers import Local
from playground.models.network.layer_chips import layer_chips
from playground.models.training.claim_words import claim_text


def phase_text(phase: Phase, network: NetworkSpec, update: Claim | None) -> str:
    """What happens now: "3 of 16 · forward through MaxPool 2: mean |output| 0.21".

    `update` says how the step moves the weights.
    """
    where = _tr("{} of {}").format(phase.number + 1, phase.count)
    if phase.kind == "loss":
        return _tr("{} · the loss of this batch: {:.4g}").format(where, Local(phase.value))
    if phase.kind == "update":
        how = _tr("the weights move") if update is None else claim_text(update)
        return _tr("{} · {}; learning rate {:.3g}").format(where, how, Local(phase.value))
    assert phase.layer is not None
    name = layer_chips(network, None)[phase.layer + 1].title
    words = {
        "forward": _tr("{} · forward through {}: mean |output| {:.3g}"),
        "backward": _tr("{} · back to {}: mean |gradient| {:.3g}"),
    }
    return words[phase.kind].format(where, name, Local(phase.value))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Phases", text)
