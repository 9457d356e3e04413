"""The undo stack: sessions before and after each entry, merged by gesture.

Its methods are named as those of Qt's own. That one can drop old entries only by their number, not
by what they hold, and cannot be put aside; what it holds is freed late or, from Python, never.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from playground.core.session.session import Session, bytes_apart
from playground.models.guard import Guarded

UNDO_LIMIT = 2000
"""Entries: more than anybody goes back through, and few enough to list."""
MEMORY_LIMIT = 256 << 20
"""Bytes that the entries may hold alone: a quarter of a gigabyte, which any laptop can spare."""


@dataclass(frozen=True)
class Focus:
    """What is selected before or after an entry."""

    layer: int
    kernel: int
    leads: bool
    """Whether undo and redo select this layer, because the entry is about it."""


@dataclass(frozen=True)
class Entry:
    """What leads from one session to another; entries of one gesture are one entry."""

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

    def followed_by(self, later: Entry) -> Entry:
        """Both as one entry."""
        return replace(self, after=later.after, focus_after=later.focus_after)


Restore = Callable[[Session, Focus], None]


class UndoStack(Guarded, QObject):
    """Holds entries. Before it goes anywhere, what a run has learned is settled as an entry."""

    changed = Signal()
    """Another entry is the one to be undone, or to be redone."""

    def __init__(
        self, settle: Callable[[], None], restore: Restore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settle, self._restore = settle, restore
        self._entries: tuple[Entry, ...] = ()
        self._index = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them, oldest first; those behind `index` are undone."""
        return self._entries

    @property
    def sessions(self) -> Iterator[Session]:
        """Every session that it can lead to."""
        for entry in self._entries:
            yield from (entry.before, entry.after)

    def count(self) -> int:
        """Entries done and undone."""
        return len(self._entries)

    def index(self) -> int:
        """Entries done."""
        return self._index

    def text(self, place: int) -> str:
        """The name of an entry."""
        return self._entries[place].text

    def canUndo(self) -> bool:
        """Whether there is an entry to be undone."""
        return self._index > 0

    def canRedo(self) -> bool:
        """Whether there is an entry to be redone."""
        return self._index < len(self._entries)

    def undoText(self) -> str:
        """The name of the entry to be undone, or nothing."""
        return self.text(self._index - 1) if self.canUndo() else ""

    def redoText(self) -> str:
        """The name of the entry to be redone, or nothing."""
        return self.text(self._index) if self.canRedo() else ""

    def undo(self) -> None:
        """Undo an entry; that of a run under way first."""
        self._settle()
        self._go(self._index - 1)

    def redo(self) -> None:
        """Redo an entry, unless a run has learned something in its place."""
        self._settle()
        self._go(self._index + 1)

    def setIndex(self, index: int) -> None:
        """Go to where `index` entries are done."""
        self._settle()
        self._go(index)

    def clear(self) -> None:
        """Forget all entries."""
        self.hold((), 0)

    def hold(self, entries: tuple[Entry, ...], index: int) -> None:
        """Hold these entries in place of all others, `index` of them done.

        Where they are too many, or hold too much, the oldest go.
        """
        held, gone = sum(entry.held for entry in entries), 0
        while gone < index and (held > MEMORY_LIMIT or len(entries) - gone > UNDO_LIMIT):
            held, gone = held - entries[gone].held, gone + 1
        self._entries, self._index = entries[gone:], index - gone
        self.changed.emit()

    def goes_on(self, gesture: Hashable | None) -> bool:
        """Whether an entry of `gesture` would become part of the newest entry."""
        newest = self._newest()
        return newest is not None and gesture is not None and newest.gesture == gesture

    def note(self, entry: Entry) -> None:
        """Keep an entry that has been done, alone or as a part of the newest one."""
        done, newest = self._entries[: self._index], self._newest()
        if newest is not None and self.goes_on(entry.gesture):
            done, entry = done[:-1], newest.followed_by(entry)
        # A drag that ends where it began leaves no entry behind.
        merged = len(done) < self._index
        done = done if merged and entry.after == entry.before else (*done, entry)
        self.hold(done, len(done))

    def note_earlier(self, entry: Entry) -> bool:
        """Keep an entry behind the one that led to where it began, wherever that is by now.

        False where that has been let go.
        """
        entries = self._entries
        at = max((n for n, each in enumerate(entries, 1) if each.after is entry.before), default=0)
        if not at and not (entries and entries[0].before is entry.before):
            return False
        behind, index = entries[at:], self._index
        if behind:
            behind = (replace(behind[0], before=entry.after), *behind[1:])
        if at and entries[at - 1].gesture == entry.gesture is not None:
            self.hold((*entries[: at - 1], entries[at - 1].followed_by(entry), *behind), index)
        else:
            self.hold((*entries[:at], entry, *behind), index + (at < index))
        return True

    def _go(self, index: int) -> None:
        """Undo or redo until `index` entries are done, or all there are."""
        index, was = max(0, min(index, len(self._entries))), self._index
        self._index = index
        if index < was:
            self._restore(self._entries[index].before, self._entries[index].focus_before)
        elif index > was:
            self._restore(self._entries[index - 1].after, self._entries[index - 1].focus_after)
        self.changed.emit()

    def _newest(self) -> Entry | None:
        return self._entries[-1] if self._entries and not self.canRedo() else None
