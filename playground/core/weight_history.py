"""The weights of a run over time, in as much memory as it is given, however long the run.

Every `spacing`-th moment is kept. When the memory is full, every second one goes and the spacing
doubles, so that any run fits and is covered evenly from its first step to its last. All of the
memory is asked for at the start, and used again and again.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import AbstractContextManager, nullcontext

from playground.core.moment_rows import MomentRows
from playground.core.trainer import Moment

MEMORY_LIMIT = 64 << 20
MOST_MOMENTS = 2048


class WeightHistory:
    """The kept moments of one run, oldest first; at least the first, whatever its size.

    Where one thread adds and others look, they are given a `lock` that keeps them apart.
    """

    def __init__(
        self,
        memory_limit: int = MEMORY_LIMIT,
        most: int = MOST_MOMENTS,
        lock: AbstractContextManager[object] | None = None,
    ) -> None:
        self._limit, self._most = memory_limit, most
        self._lock = lock or nullcontext()
        self._spacing = 1
        self._rows: MomentRows | None = None
        self._kept: list[int] = []
        """The rows of what is kept, oldest first."""
        self._steps: list[int] = []
        self._free: list[int] = []

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Copies of all that are kept."""
        with self._lock:
            return () if self._rows is None else tuple(map(self._rows.get, self._kept))

    @property
    def nbytes(self) -> int:
        """Bytes of all kept arrays."""
        return 0 if self._rows is None else len(self._kept) * self._rows.values[0].nbytes

    @property
    def spacing(self) -> int:
        """Steps between two moments that are kept."""
        return self._spacing

    def wants(self, step: int) -> bool:
        """Whether the moment after `step` steps is one to keep."""
        return step % self._spacing == 0

    def add(self, moment: Moment) -> None:
        """Keep a copy of `moment`, which is later than all before."""
        with self._lock:
            rows = self._rows or self._room_for(moment)
            while not self._free:
                self._thin(rows)
            if self._kept and not self.wants(moment.step):
                return
            row = self._free.pop()
            rows.put(row, moment)
            self._kept.append(row)
            self._steps.append(moment.step)

    def at(self, step: int) -> Moment:
        """A copy of the latest kept moment of at most `step` steps (or of the first there is)."""
        with self._lock:
            assert self._rows is not None
            place = bisect_right(self._steps, step)
            return self._rows.get(self._kept[max(0, place - 1)])

    def cut(self, step: int) -> None:
        """Forget what came after `step`."""
        with self._lock:
            place = bisect_right(self._steps, step)
            self._free += self._kept[place:]
            del self._kept[place:], self._steps[place:]

    def _room_for(self, moment: Moment) -> MomentRows:
        """All the memory there will ever be; it counts as used only where something is written."""
        row = MomentRows.room(1, moment).values.nbytes
        count = max(2, min(self._most, self._limit // max(1, row)))
        self._rows = MomentRows.room(count, moment)
        self._free = list(reversed(range(count)))
        return self._rows

    def _thin(self, rows: MomentRows) -> None:
        """Let every second moment go, but never the first."""
        self._spacing *= 2
        kept = [row for row in self._kept[1:] if self.wants(int(rows.steps[row]))]
        kept.insert(0, self._kept[0])
        self._free += sorted(set(self._kept) - set(kept), reverse=True)
        self._kept, self._steps = kept, [int(rows.steps[row]) for row in kept]
