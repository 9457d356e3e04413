"""How much memory a session holds that another does not: its arrays, and pictures as files."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np

_SMALL = frozenset({int, float, bool, str, type(None)})


def bytes_apart(value: object, neighbour: object) -> int:
    """Bytes of all arrays in `value`, however deep, that are not in `neighbour` as well.

    An array counts once, and as much as it keeps alive: a view as all that it is a view of.
    """
    if value is neighbour:
        return 0
    met: dict[int, Any] = {}
    _gather(neighbour, met)
    known = len(met)
    _gather(value, met)
    return sum(map(_size, islice(met.values(), known, None)))


def _size(value: object) -> int:
    return (
        value.nbytes
        if isinstance(value, np.ndarray)
        else len(value)
        if isinstance(value, bytes)
        else 0
    )


def _gather(value: Any, met: dict[int, Any]) -> None:
    """Put `value` and all in it into `met`, by identity; what was met before is passed by.

    Arrays and bytes, as what owns their memory, are looked for in dataclasses, tuples, lists and
    tables.
    """
    while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray | bytes):
        value = value.base
    if id(value) in met:
        return
    met[id(value)] = value
    if isinstance(value, np.ndarray | bytes | type):
        return
    if isinstance(value, tuple | list):
        parts: Iterable[Any] = value
    elif isinstance(value, dict):
        parts = value.values()
    else:
        names = getattr(value, "__dataclass_fields__", ())
        parts = [getattr(value, name) for name in names]
    for each in parts:
        if type(each) not in _SMALL:
            _gather(each, met)
