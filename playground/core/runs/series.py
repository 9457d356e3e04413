"""A row of numbers that may grow without end, in a limited amount of memory.

Where one thread adds and others look, they are given a lock that keeps them apart.

The newest numbers are kept as they are. What is older is kept as means of `every` numbers each,
where `every` doubles as often as it must, so that a curve over hours still fits, evenly, into as
much memory as one over minutes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEWEST = 8192
"""So many of the newest numbers, at least, are kept as they are."""
# More points than a curve has pixels.
MOST_MEANS = 16384


class Series:
    """Numbers that are added one by one, or several at a time."""

    def __init__(
        self, dtype: Any = np.float32, lock: AbstractContextManager[object] | None = None
    ) -> None:
        self._lock = lock or nullcontext()
        self._newest: NDArray[Any] = np.empty(256, dtype)
        self._count = 0
        self._means: NDArray[Any] = np.empty(0, dtype)
        self._every = 1

    def __len__(self) -> int:
        with self._lock:
            return self._older + self._count

    @property
    def _older(self) -> int:
        return len(self._means) * self._every

    def append(self, value: float) -> None:
        """Add one number."""
        with self._lock:
            self._make_room(1)
            self._newest[self._count] = value
            self._count += 1

    def extend(self, values: NDArray[Any]) -> None:
        """Add several numbers."""
        with self._lock:
            for start in range(0, len(values), NEWEST):
                some = values[start : start + NEWEST]
                self._make_room(len(some))
                self._newest[self._count : self._count + len(some)] = some
                self._count += len(some)

    def since(self, start: int) -> NDArray[Any]:
        """A copy of the numbers from number `start` on; of old ones, the means they went into."""
        with self._lock:
            older = self._older
            if start >= older:
                return self._newest[start - older : self._count].copy()
            first = start // self._every
            means = np.repeat(self._means[first:], self._every)[start - first * self._every :]
            return np.concatenate([means, self._newest[: self._count]])

    def points(self) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """(counts, values), evenly: the mean of `every` numbers, and how many there were by it."""
        with self._lock:
            every = self._every
            whole = self._count // every
            newest = _means_of(self._newest[: whole * every], every)
            values = np.concatenate([self._means, newest])
        return np.arange(1, len(values) + 1) * every, values

    def until(self, count: int, lock: AbstractContextManager[object] | None = None) -> Series:
        """The first `count` numbers as a row of their own."""
        other = Series(self._newest.dtype, lock)
        with self._lock:
            older = self._older
            other._every, other._means = self._every, self._means
            if count >= older:
                newest = self._newest[: count - older]
            else:
                whole, rest = divmod(count, self._every)
                other._means = self._means[:whole]
                newest = np.repeat(self._means[whole : whole + 1], rest)
            newest = newest.copy()
        other.extend(newest)
        return other

    def _make_room(self, count: int) -> None:
        """Room for `count` more of the newest numbers, of which there are NEWEST at most."""
        needed = self._count + count
        if needed > 2 * NEWEST:
            self._fold()
            needed = self._count + count
        if needed > len(self._newest):
            grown = np.empty(
                max(needed, min(2 * NEWEST, 2 * len(self._newest))), self._newest.dtype
            )
            grown[: self._count] = self._newest[: self._count]
            self._newest = grown

    def _fold(self) -> None:
        """Turn the older half of the newest numbers into means, and means into means of two."""
        every = self._every
        more = self._count // 2 // every
        halves = len(self._means) + more > MOST_MEANS
        if halves and (len(self._means) + more) % 2:
            more -= 1
        folded = more * every
        means = np.concatenate([self._means, _means_of(self._newest[:folded], every)])
        if halves:
            means, self._every = _means_of(means, 2), 2 * every
        self._means = means
        self._count -= folded
        self._newest[: self._count] = self._newest[folded : folded + self._count].copy()


def _means_of(values: NDArray[Any], every: int) -> NDArray[Any]:
    if every == 1:
        return values.copy()
    means: NDArray[Any] = values.reshape(-1, every).mean(axis=1, dtype=np.float64)
    return means.astype(values.dtype)
