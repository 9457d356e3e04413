"""The undo stack: sessions before and after each step, merged by gesture.

It speaks as Qt's does. Qt's own can drop old steps by their number alone, not by what they hold,
and cannot be put aside; what it holds is freed late or, from Python, never.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter

from PySide6.QtCore import QObject, Signal

from playground.core.session.session import Session, bytes_apart
from playground.models.guard import Guarded

UNDO_LIMIT = 2000
MEMORY_LIMIT = 256 << 20
"""Bytes that the steps may hold together which their neighbours do not."""


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
    held: int = field(init=False)
    """Bytes that are held only to get back to what was before."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "held", bytes_apart(self.before, self.after))

    def followed_by(self, later: Step) -> Step:
        """Both as one step."""
        return replace(self, after=later.after, focus_after=later.focus_after)


Restore = Callable[[Session, Focus], None]
_held = attrgetter("held")


class UndoStack(Guarded, QObject):
    """Holds steps. Before it goes anywhere, what a run has learned is settled as a step."""

    changed = Signal()
    """Another step is the one to be undone, or to be redone."""

    def __init__(
        self, settle: Callable[[], None], restore: Restore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settle, self._restore = settle, restore
        self._steps: tuple[Step, ...] = ()
        self._index = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of them, oldest first; those behind `index` are undone."""
        return self._steps

    @property
    def sessions(self) -> Iterator[Session]:
        """Every session that it can lead to."""
        for step in self._steps:
            yield from (step.before, step.after)

    def count(self) -> int:
        """Steps done and undone."""
        return len(self._steps)

    def index(self) -> int:
        """Steps done."""
        return self._index

    def text(self, place: int) -> str:
        """The name of a step."""
        return self._steps[place].text

    def canUndo(self) -> bool:
        """Whether there is a step to be undone."""
        return self._index > 0

    def canRedo(self) -> bool:
        """Whether there is a step to be redone."""
        return self._index < len(self._steps)

    def undoText(self) -> str:
        """The name of the step to be undone, or nothing."""
        return self.text(self._index - 1) if self.canUndo() else ""

    def redoText(self) -> str:
        """The name of the step to be redone, or nothing."""
        return self.text(self._index) if self.canRedo() else ""

    def undo(self) -> None:
        """Undo a step; that of a run under way first."""
        self._settle()
        self._go(self._index - 1)

    def redo(self) -> None:
        """Redo a step, unless a run has learned something in its place."""
        self._settle()
        self._go(self._index + 1)

    def setIndex(self, index: int) -> None:
        """Go to where `index` steps are done."""
        self._settle()
        self._go(index)

    def clear(self) -> None:
        """Forget all steps."""
        self.hold((), 0)

    def hold(self, steps: tuple[Step, ...], index: int) -> None:
        """Hold these steps in place of all others, `index` of them done.

        Where they are too many, or hold too much, the oldest go.
        """
        held, gone = sum(map(_held, steps)), 0
        while gone < index and (held > MEMORY_LIMIT or len(steps) - gone > UNDO_LIMIT):
            held, gone = held - steps[gone].held, gone + 1
        self._steps, self._index = steps[gone:], index - gone
        self.changed.emit()

    def goes_on(self, gesture: Hashable | None) -> bool:
        """Whether a step of `gesture` would become part of the newest step."""
        newest = self._newest()
        return newest is not None and gesture is not None and newest.gesture == gesture

    def note(self, step: Step) -> None:
        """Keep a step that has been done, alone or as a part of the newest one."""
        done, newest = self._steps[: self._index], self._newest()
        if newest is not None and self.goes_on(step.gesture):
            done, step = done[:-1], newest.followed_by(step)
        # A drag that ends where it began leaves no step behind.
        merged = len(done) < self._index
        done = done if merged and step.after == step.before else (*done, step)
        self.hold(done, len(done))

    def note_earlier(self, step: Step) -> bool:
        """Keep a step behind the one that led to where it began, wherever that is by now.

        False where that has been let go.
        """
        steps = self._steps
        at = max((n for n, each in enumerate(steps, 1) if each.after is step.before), default=0)
        if not at and not (steps and steps[0].before is step.before):
            return False
        behind, index = steps[at:], self._index
        if behind:
            behind = (replace(behind[0], before=step.after), *behind[1:])
        if at and steps[at - 1].gesture == step.gesture is not None:
            self.hold((*steps[: at - 1], steps[at - 1].followed_by(step), *behind), index)
        else:
            self.hold((*steps[:at], step, *behind), index + (at < index))
        return True

    def _go(self, index: int) -> None:
        """Be where `index` steps are done, as far as there are so many."""
        index, was = max(0, min(index, len(self._steps))), self._index
        self._index = index
        if index < was:
            self._restore(self._steps[index].before, self._steps[index].focus_before)
        elif index > was:
            self._restore(self._steps[index - 1].after, self._steps[index - 1].focus_after)
        self.changed.emit()

    def _newest(self) -> Step | None:
        return self._steps[-1] if self._steps and not self.canRedo() else None
