"""What has happened between two banks, in the terms of a list: rows moved, gone, come, changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from playground.core.specs import Conv2DSpec


@dataclass(frozen=True)
class Difference:
    """First rows move, then from row `at` on `gone` rows go and `come` rows come."""

    order: list[int] | None = None
    """Row j is the earlier row `order[j]`; None where none have moved."""
    at: int = 0
    gone: int = 0
    come: int = 0
    changed: list[int] = field(default_factory=list)
    """Rows of the later bank that have stayed but say something else."""


def difference(before: Conv2DSpec, after: Conv2DSpec) -> Difference:
    """What makes `before` into `after`."""
    if before.filters != after.filters:
        return _resized(before, after)
    if before.kernel.shape != after.kernel.shape:
        return Difference(changed=list(range(after.filters)))
    if before.names != after.names and sorted(before.names) == sorted(after.names):
        order = _permutation(before, after)
        if order is not None:
            return Difference(order=order)
    differs = np.any(before.kernel != after.kernel, axis=(0, 1, 2))
    differs |= before.bias != after.bias
    differs |= [a != b for a, b in zip(before.names, after.names, strict=True)]
    return Difference(changed=[int(row) for row in np.flatnonzero(differs)])


def moves(order: list[int]) -> Iterator[tuple[int, int]]:
    """Single moves (from row, to row), one after the other, that bring rows into `order`."""
    rows = sorted(order)
    for target, wanted in enumerate(order):
        source = rows.index(wanted)
        if source == target:
            continue
        # One row that went down has let all the others up: that is one move, not one for each.
        step = (target, order.index(rows[target])) if source == target + 1 else (source, target)
        rows.insert(step[1], rows.pop(step[0]))
        yield step


def _resized(before: Conv2DSpec, after: Conv2DSpec) -> Difference:
    """What lies between the rows that both banks begin and end with is gone, or has come."""
    fewer = min(before.filters, after.filters)
    head = 0
    while head < fewer and _same(before, head, after, head):
        head += 1
    tail = 0
    while tail < fewer - head and _same(before, -1 - tail, after, -1 - tail):
        tail += 1
    return Difference(at=head, gone=before.filters - tail - head, come=after.filters - tail - head)


def _permutation(before: Conv2DSpec, after: Conv2DSpec) -> list[int] | None:
    """The order in which `after` has the rows of `before`, or None where it has others, too."""
    left, order = list(range(before.filters)), []
    for row in range(after.filters):
        found = next((i for i in left if _same(before, i, after, row)), None)
        if found is None:
            return None
        left.remove(found)
        order.append(found)
    return order


def _same(before: Conv2DSpec, i: int, after: Conv2DSpec, j: int) -> bool:
    return (
        before.names[i] == after.names[j]
        and bool(before.bias[i] == after.bias[j])
        and np.array_equal(before.kernel[..., i], after.kernel[..., j])
    )
