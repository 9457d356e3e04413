"""What is said of a run above its curve: how far it is, or what a step does in slow motion."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.core.claims import Claim
from playground.core.explain.slow_motion import Phase
from playground.core.specs import NetworkSpec
from playground.models.guard import Guarded
from playground.models.network.strip_model import layer_chips
from playground.models.training.run.training import Training
from playground.models.words.claim_words import claim_text, end_word, measured_text
from playground.models.words.local_numbers import Local


class NewsLine(Guarded, QStackedWidget):
    """Always as high as `detail`: others may ask for more than they need."""

    def __init__(self, detail: QWidget) -> None:
        super().__init__()
        self._detail = detail
        self.addWidget(detail)

    def sizeHint(self) -> QSize:
        return self._detail.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._detail.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return False  # that of a sentence in bold letters would move all rows below


def status(training: Training) -> str:
    """The task, how fast, how far and how well, in one line."""
    run = training.run
    task = training.task if run is None else run.task
    if task is None:
        return ""
    parts = [training.tr("{} examples · {}").format(len(task.inputs), _loss_words(task.loss))]
    transfer, frame = training.transfer, training.frame
    if frame is None and training.origin is not None:
        origin = training.tr("changed by hand from step {} of run {}")
        parts.append(origin.format(training.origin.step, training.origin.run))
    if transfer is not None:
        parts.insert(0, training.tr("kernels of {}").format(transfer.name))
    if run is not None and frame is not None:
        if training.running and training.steps_per_second:
            parts.append(training.tr("{:.0f} steps/s").format(training.steps_per_second))
        each = task.steps_per_epoch(run.setup.batch_size)
        done, planned = frame.step // each, run.setup.epochs
        if frame.step <= run.setup_goal:
            parts.append(training.tr("epoch {} of {}").format(done, planned))
        else:
            words = training.tr("epoch {} of {}, beyond the {} planned")
            parts.append(words.format(done, max(done, -(-run.goal // each)), planned))
        if frame.step:
            changed = training.changed_by_hand
            loss = run.curves.until(frame.step).loss.since(frame.step - 1)
            if accuracy := measured_text(run, frame.step, changed=changed):
                parts.append(accuracy)
            elif len(loss) and not changed:
                parts.append(training.tr("loss {:.3g}").format(Local(loss[-1])))
        if training.end is not None:
            parts.append(end_word(training.end))
    return " · ".join(parts)


def _loss_words(name: str) -> str:
    return {"mean_squared_error": "mean squared error"}.get(name, "cross-entropy")


def phase_text(phase: Phase, network: NetworkSpec, update: Claim | None) -> str:
    """What happens now: "3 of 16 · forward through MaxPool 2: mean |output| 0.21".

    `update` says how the step moves the weights.
    """
    where = _tr("{} of {}").format(phase.number + 1, phase.count)
    if phase.kind == "loss":
        return _tr("{} · the loss of this batch: {:.4g}").format(where, Local(phase.value))
    if phase.kind == "update":
        how = _tr("the weights move") if update is None else claim_text(update)
        return f"{where} · {how}"
    assert phase.layer is not None
    name = layer_chips(network, None)[phase.layer + 1].title
    words = {
        "forward": _tr("{} · forward through {}: mean |output| {:.3g}"),
        "backward": _tr("{} · back to {}: mean |gradient| {:.3g}"),
    }
    return words[phase.kind].format(where, name, Local(phase.value))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Phases", text)
