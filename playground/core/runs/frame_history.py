"""The frames of a run, in as much memory as it is given, however long the run.

Every `spacing`-th frame is kept. When the memory is full, every second one goes and the spacing
doubles, so that any run fits and is covered evenly from its first step to its last. Frames of
pauses are kept between them as long as there is room. All of the memory is asked for at the start,
and used again and again.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import AbstractContextManager, nullcontext

from playground.core.runs.frames import Frame, FrameRows

# Bytes: little beside what a window with pictures takes.
MEMORY_LIMIT = 64 << 20
# A timeline shows no more: it has fewer pixels.
MOST_FRAMES = 2048
LARGE_FRAME = MEMORY_LIMIT // 16
"""Bytes above which frames are kept at the ends of epochs only: there is room for a few."""


class FrameHistory:
    """The kept frames of one run, oldest first; at least the first, whatever its size.

    Where one thread adds and others look, they are given a `lock` that keeps them apart.
    """

    def __init__(
        self,
        memory_limit: int = MEMORY_LIMIT,
        most: int = MOST_FRAMES,
        lock: AbstractContextManager[object] | None = None,
    ) -> None:
        self._limit, self._most = memory_limit, most
        self._lock = lock or nullcontext()
        self._spacing = 1
        self.seldom = False
        """Whether frames are so large that they are kept at pauses and ends of epochs only."""
        self._rows: FrameRows | None = None
        self._kept: list[int] = []
        """The rows of what is kept, oldest first."""
        self._steps: list[int] = []
        self._free: list[int] = []

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Copies of all that are kept."""
        with self._lock:
            return () if self._rows is None else tuple(map(self._rows.get, self._kept))

    @property
    def nbytes(self) -> int:
        """Bytes of all kept arrays."""
        with self._lock:
            return 0 if self._rows is None else len(self._kept) * self._rows.values[0].nbytes

    @property
    def room(self) -> int:
        """Bytes that there are for frames."""
        with self._lock:
            return 0 if self._rows is None else self._rows.values.nbytes

    @property
    def spacing(self) -> int:
        """Steps between two frames that are kept."""
        return self._spacing

    def wants(self, step: int) -> bool:
        """Whether the frame after `step` steps is one to keep."""
        return step % self._spacing == 0

    def keep_every(self, spacing: int) -> None:
        """Let `spacing` steps, at least, lie between two frames that are kept from now on."""
        self._spacing = max(self._spacing, spacing)
        self.seldom = spacing > 1

    def add(self, frame: Frame, *, pause: bool = False) -> None:
        """Keep a copy of `frame`, later than all before, or in place of one of the same step.

        That of a pause is kept whatever its step, where there is room or was an earlier pause.
        """
        with self._lock:
            rows = self._rows or self._room_for(frame)
            if self._steps and self._steps[-1] == frame.step:
                rows.put(self._kept[-1], frame)
                return
            if not self._free:
                self._let_pauses_go(rows)
            while not (self._free or pause):
                self._thin(rows)
            if not self._free or (self._kept and not (pause or self.wants(frame.step))):
                return
            row = self._free.pop()
            rows.put(row, frame)
            self._kept.append(row)
            self._steps.append(frame.step)

    def at(self, step: int) -> Frame | None:
        """A copy of the latest kept frame of at most `step` steps (or of the first there is)."""
        with self._lock:
            if self._rows is None:
                return None
            place = bisect_right(self._steps, step)
            return self._rows.get(self._kept[max(0, place - 1)])

    def after(self, step: int) -> int | None:
        """The step of the first kept frame behind `step`; None where none is."""
        with self._lock:
            place = bisect_right(self._steps, step)
            return self._steps[place] if place < len(self._steps) else None

    def let_go(self) -> None:
        """Give the memory back, with all frames; the next one makes room again."""
        with self._lock:
            self._rows, self._kept, self._steps, self._free = None, [], [], []

    def _room_for(self, frame: Frame) -> FrameRows:
        """All the memory there will ever be; it counts as used only where something is written."""
        row = FrameRows.room(1, frame).values.nbytes
        count = max(2, min(self._most, self._limit // max(1, row)))
        self._rows = FrameRows.room(count, frame)
        self._free = list(reversed(range(count)))
        return self._rows

    def _thin(self, rows: FrameRows) -> None:
        """Let every second frame go, but never the first."""
        self._spacing *= 2
        self._let_pauses_go(rows)

    def _let_pauses_go(self, rows: FrameRows) -> None:
        """Let all frames go but the first and those that are wanted."""
        kept = [row for row in self._kept[1:] if self.wants(int(rows.steps[row]))]
        kept.insert(0, self._kept[0])
        self._free += sorted(set(self._kept) - set(kept), reverse=True)
        self._kept, self._steps = kept, [int(rows.steps[row]) for row in kept]
