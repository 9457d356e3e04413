"""What a run's weights were, at steps that lie further apart the longer it lasts.

Every `spacing`-th moment is kept. When the memory is full, every second one goes and the spacing
doubles, so that any run fits and is covered evenly from its first step to its last.
"""

from __future__ import annotations

from bisect import bisect_right

from playground.core.trainer import Moment

MEMORY_LIMIT = 64 << 20
MOST_MOMENTS = 2048


class WeightHistory:
    """The kept moments of one run, oldest first; at least the first, whatever its size."""

    def __init__(self, memory_limit: int = MEMORY_LIMIT, most: int = MOST_MOMENTS) -> None:
        self._limit, self._most = memory_limit, most
        self._spacing = 1
        self._moments: list[Moment] = []

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All that are kept."""
        return tuple(self._moments)

    @property
    def nbytes(self) -> int:
        """Bytes of all kept arrays."""
        return sum(_size(moment) for moment in self._moments)

    @property
    def spacing(self) -> int:
        """Steps between two moments that are kept."""
        return self._spacing

    def wants(self, step: int) -> bool:
        """Whether the moment after `step` steps is one to keep."""
        return step % self._spacing == 0

    def add(self, moment: Moment) -> None:
        """Keep `moment`, which is later than all before."""
        self._moments.append(moment)
        room = max(2, min(self._most, self._limit // max(1, _size(moment))))
        while len(self._moments) > room:
            self._spacing *= 2
            self._moments = [m for m in self._moments if m.step % self._spacing == 0]

    def at(self, step: int) -> Moment:
        """The latest kept moment of at most `step` steps (or the first there is)."""
        place = bisect_right(self._moments, step, key=lambda moment: moment.step)
        return self._moments[max(0, place - 1)]

    def cut(self, step: int) -> None:
        """Forget what came after `step`."""
        self._moments = [moment for moment in self._moments if moment.step <= step]


def _size(moment: Moment) -> int:
    remembered = sum(values.nbytes for values in moment.optimizer[1].values())
    return int(moment.parameters.nbytes) + remembered
