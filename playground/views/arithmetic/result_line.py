"""What follows the grids of one output value: in their line, or in a block beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from playground.models.guard import Guarded

_APART, _BELOW = 14, 1
"""Pixels between two steps beside each other, and below each other."""


class ResultLine(Guarded, QWidget):
    """Labels beside each other at the height of the grids' middle, or below each other."""

    def __init__(self, steps: Sequence[QLabel]) -> None:
        super().__init__()
        self._steps = steps
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_APART)
        for step in steps:
            self._row.addWidget(step, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def line_width(self) -> int:
        """Pixels that all steps take in one line."""
        widths = [step.sizeHint().width() for step in self._steps if not step.isHidden()]
        return sum(widths) + _APART * (len(widths) - 1)

    def set_in_line(self, in_line: bool) -> None:
        """Stand in one line, or in a block."""
        direction = QBoxLayout.Direction
        wanted = direction.LeftToRight if in_line else direction.TopToBottom
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
            self._row.setSpacing(_APART if in_line else _BELOW)
            for step in self._steps:
                step.setProperty("dense", not in_line)
                step.style().polish(step)
