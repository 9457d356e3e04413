"""A field for one number, read and shown as everywhere: 0.5 and 0,5 are the same."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QToolTip

from playground.core.errors import PlaygroundError
from playground.models.guard import Guarded
from playground.models.words.local_numbers import Local, read_number


class NumberField(Guarded, QDoubleSpinBox):
    """Keeps what is typed until it is complete; a text that is no number leaves the value.

    Without decimals it is a field for whole numbers, which have no separator at all.
    """

    def __init__(self, decimals: int = 0) -> None:
        super().__init__()
        self.setDecimals(decimals)
        # What is typed first may be another number, or part of none: 1 of 1.5, or of 11.
        self.setKeyboardTracking(False)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        # No key is swallowed: 1.5 without its point would be 15.
        state = QValidator.State.Acceptable
        try:
            fits = self.minimum() <= self._read(text) <= self.maximum()
        except PlaygroundError:
            fits = False
        return state if fits else QValidator.State.Intermediate, text, place

    def valueFromText(self, text: str) -> float:
        try:
            return self._read(text)
        except PlaygroundError:
            return self.value()

    def textFromValue(self, value: float) -> str:
        text = f"{Local(value):.{self.decimals()}f}"
        # A small number must not look like none.
        return f"{Local(value):.2g}" if value and not text.strip("-0.,") else text

    def fixup(self, text: str) -> str:
        """Say why what was typed is not taken."""
        try:
            self._read(text)
            ends = (self.textFromValue(end) for end in (self.minimum(), self.maximum()))
            reason = self.tr("Numbers from {} to {} can be set here.").format(*ends)
        except PlaygroundError as error:
            reason = str(error)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), reason, self)
        return text

    def _read(self, text: str) -> float:
        number = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        return read_number(number, whole=not self.decimals())
