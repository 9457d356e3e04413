"""From which step of a run something is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def with_step(step: int | None, text: str = "") -> str:
    """`text` behind the step that it is true of; alone where that is none of a run."""
    if step is None:
        return text
    words = QCoreApplication.translate("StepWords", "step {}").format(step)
    return f"{words} · {text}" if text else words
