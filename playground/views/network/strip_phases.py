"""Slow motion on the strip: chips and loss are seen one after the other, as the values go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance
from PySide6.QtWidgets import QLabel

from playground.core.explain.slow_motion import Phase
from playground.models.guard import Guarded
from playground.models.words.local_numbers import typographic
from playground.views.network.network_strip import NetworkStrip
from playground.views.network.phase_marks import marks_of

_GAP = 6
"""Pixels between the last chip and the loss behind it."""


class Stages(Protocol):
    """Slow motion, as far as the strip follows it."""

    @property
    def changed(self) -> SignalInstance: ...

    @property
    def done(self) -> tuple[Phase, ...]: ...

    @property
    def moved(self) -> Mapping[int, float]: ...


class StripPhases(Guarded, QObject):
    """Lets the chips of a strip follow slow motion; the loss stands behind the last of them."""

    def __init__(self, strip: NetworkStrip, slow: Stages) -> None:
        super().__init__(strip)
        self._strip, self._slow = strip, slow
        self._visible = True
        self.loss = QLabel(strip)
        self.loss.setProperty("kind", "badge")
        self.loss.hide()
        slow.changed.connect(self._show)

    def set_visible(self, visible: bool) -> None:
        """Show the numbers, or only what the chips say otherwise."""
        self._visible = visible
        self._show(self._slow.done[-1] if self._slow.done else None)

    def _show(self, phase: Phase | None) -> None:
        done = self._slow.done if self._visible else ()
        self._strip.show_phases(marks_of(done, self._slow.moved if done else {}))
        self.loss.hide()
        if not done or phase is None:
            return
        if phase.layer is not None:
            self._strip.bring_into_sight(phase.layer)
        elif phase.kind == "loss":
            self._show_loss(phase.value)
        else:
            self._strip.bring_into_sight(self._strip.current)

    def _show_loss(self, value: float) -> None:
        words = QCoreApplication.translate("Phases", "loss {}")
        self.loss.setText(words.format(typographic(f"{value:.4g}")))
        self.loss.adjustSize()
        chip = self._strip.bring_into_sight(self._strip.last)
        left = min(chip.right() + _GAP, self._strip.width() - self.loss.width() - _GAP)
        self.loss.move(left, (self._strip.height() - self.loss.height()) // 2)
        self.loss.show()
        self.loss.raise_()
