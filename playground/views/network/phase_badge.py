"""The number of a slow-motion phase, on the layer of the strip that it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView

from playground.core.explain.slow_motion import Phase
from playground.models.guard import Guarded
from playground.models.training.inspect.slow_motion import SlowMotion
from playground.models.words.local_numbers import Local


class PhaseBadge(Guarded, QLabel):
    """Lies over the strip's chip, and goes from chip to chip."""

    def __init__(self, strip: QListView, slow: SlowMotion) -> None:
        super().__init__(strip.viewport())
        self._strip = strip
        self.setProperty("kind", "badge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        slow.changed.connect(self._show)

    def _show(self, phase: Phase | None) -> None:
        if phase is None or phase.layer is None:
            self.hide()
            return
        arrow = "→" if phase.kind == "forward" else "←"
        self.setText(f"{arrow} {Local(phase.value):.2g}")
        self.adjustSize()
        index = self._strip.model().index(phase.layer + 1, 0)
        self._strip.scrollTo(index)
        chip = self._strip.visualRect(index)
        self.move(chip.right() - self.width() - 4, chip.top() + 3)
        self.show()
        self.raise_()
