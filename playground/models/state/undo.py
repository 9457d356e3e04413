"""The undo stack: sessions before and after each step, merged by gesture."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.core.session.session import Session
from playground.models.guard import Guarded

UNDO_LIMIT = 2000


@dataclass(frozen=True)
class Focus:
    """What is selected before or behind a step."""

    layer: int
    kernel: int
    leads: bool
    """Whether another layer is left for this one, because this one is what the step is about."""


@dataclass(frozen=True)
class Step:
    """What leads from one session to another; steps of one gesture are one step."""

    text: str
    before: Session
    after: Session
    gesture: Hashable | None
    focus_before: Focus
    focus_after: Focus


Restore = Callable[[Session, Focus], None]


class UndoStack(Guarded, QUndoStack):
    """Holds steps. Before it goes anywhere, what a run has learned is settled as a step."""

    def __init__(
        self, settle: Callable[[], None], restore: Restore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settle, self._restore = settle, restore
        self.setUndoLimit(UNDO_LIMIT)

    def undo(self) -> None:
        """Undo a step; that of a run under way first."""
        self._settle()
        super().undo()

    def redo(self) -> None:
        """Redo a step, unless a run has learned something in its place."""
        self._settle()
        super().redo()

    def setIndex(self, index: int) -> None:
        """Go to where `index` steps are done."""
        self._settle()
        super().setIndex(index)

    def goes_on(self, gesture: Hashable | None) -> bool:
        """Whether a step of `gesture` would become part of the newest step."""
        newest = self._newest()
        return newest is not None and gesture is not None and newest.step.gesture == gesture

    def note(self, step: Step) -> None:
        """Keep a step that has been done, alone or as a part of the newest one.

        Qt can merge commands too, but PySide never lets go of one that has been merged away: an
        hour of drags and frames would keep a hundred thousand networks.
        """
        newest = self._newest()
        if newest is None or not self.goes_on(step.gesture):
            self.push(_Command(self._restore, step))
            return
        newest.go_on(step)
        if newest.isObsolete():
            super().undo()  # which undoes nothing, and removes it

    def _newest(self) -> _Command | None:
        command = self.command(self.index() - 1) if self.index() and not self.canRedo() else None
        return command if isinstance(command, _Command) else None


class _Command(Guarded, QUndoCommand):
    """One named step between two sessions."""

    def __init__(self, restore: Restore, step: Step) -> None:
        super().__init__(step.text)
        self._restore = restore
        self._pushed = False
        self.step = step

    def redo(self) -> None:
        # Qt redoes what is pushed; that has been done already.
        if self._pushed:
            self._restore(self.step.after, self.step.focus_after)
        self._pushed = True

    def undo(self) -> None:
        self._restore(self.step.before, self.step.focus_before)

    def go_on(self, step: Step) -> None:
        """Lead to where `step`, of the same gesture, leads."""
        self.step = replace(self.step, after=step.after, focus_after=step.focus_after)
        # A drag that ends where it began leaves no step behind.
        self.setObsolete(self.step.after == self.step.before)
