"""Which part of a long sum is looked at: some rows of one channel, one part after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.explain.explain import OutputExplanation
from playground.core.explain.partial_sums import PartialSum, only, partial_sums
from playground.models.guard import Guarded
from playground.models.maps.explainer import Explainer
from playground.models.state.document import Document


class SumSteps(Guarded, QObject):
    """Follows the explained value; the part's channel is the channel that is selected."""

    changed = Signal()
    """Another part, or another value."""

    def __init__(
        self, document: Document, explainer: Explainer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._selection = document.selection
        self._explainer = explainer
        self._row, self._rows = 0, 1
        self.parts: tuple[PartialSum, ...] = ()
        """All parts of the sum, in their order; none where nothing is explained."""
        explainer.explained.connect(self._follow)
        self._selection.channel_changed.connect(self._tell)
        self._follow()

    @property
    def explanation(self) -> OutputExplanation | None:
        """The value whose sum it is."""
        return self._explainer.explanation if self.parts else None

    @property
    def shown(self) -> OutputExplanation | None:
        """The taps of the part that is looked at, grids (rows, kw, 1)."""
        explanation = self.explanation
        return None if explanation is None else only(explanation, self.parts[self.index])

    @property
    def index(self) -> int:
        """Which of the parts is looked at."""
        last = self.parts[-1].channel if self.parts else 0
        channel = min(self._selection.channel, last)
        here = (
            number
            for number, part in enumerate(self.parts)
            if part.channel == channel and part.last > self._row
        )
        of_channel = (n for n, part in enumerate(self.parts) if part.channel == channel)
        return next(here, max(of_channel, default=0))

    def set_rows(self, rows: int) -> None:
        """Say how many rows of a channel are seen at once."""
        if rows != self._rows:
            self._rows = rows
            self._follow()

    def move(self, by: int) -> None:
        """Look at the part that is `by` further on, as far as there are any."""
        if not self.parts:
            return
        part = self.parts[min(max(self.index + by, 0), len(self.parts) - 1)]
        self._row = part.first
        if part.channel == self._selection.channel:
            self.changed.emit()
        self._selection.set_channel(part.channel)

    def _follow(self, _change: object = None) -> None:
        explanation = self._explainer.explanation
        self.parts = () if explanation is None else partial_sums(explanation, self._rows)
        self.changed.emit()

    def _tell(self, _channel: int) -> None:
        self.changed.emit()
