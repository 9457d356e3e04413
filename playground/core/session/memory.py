"""How much memory a session holds that another does not: its arrays, and pictures as files."""

from __future__ import annotations

from typing import Any

import numpy as np

_SMALL = frozenset({int, float, bool, str, type(None)})


def bytes_apart(value: object, neighbour: object) -> int:
    """Bytes of all arrays in `value`, however deep, that are not in `neighbour` as well.

    An array counts once, and as much as it keeps alive: a view as all that it is a view of.
    """
    if value is neighbour:
        return 0
    mine: dict[int, Any] = {}
    its: dict[int, Any] = {}
    _gather(value, mine)
    _gather(neighbour, its)
    return sum(memoryview(mine[block]).nbytes for block in mine.keys() - its.keys())


def _gather(value: Any, blocks: dict[int, Any]) -> None:
    """Put arrays and bytes that own their memory into `blocks`, by identity.

    They are looked for in dataclasses, tuples, lists and tables.
    """
    if type(value) in _SMALL:
        return
    while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray | bytes):
        value = value.base
    if isinstance(value, np.ndarray | bytes):
        blocks[id(value)] = value
    elif isinstance(value, tuple | list):
        for each in value:
            _gather(each, blocks)
    elif isinstance(value, dict):
        for each in value.values():
            _gather(each, blocks)
    elif not isinstance(value, type):
        for name in getattr(value, "__dataclass_fields__", ()):
            _gather(getattr(value, name), blocks)
