"""How much memory a session holds that another does not: its arrays, and pictures as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def bytes_apart(value: object, neighbour: object) -> int:
    """Bytes of all arrays in `value`, however deep, that are not in `neighbour` as well.

    An array counts once, and as much as it keeps alive: a view as all that it is a view of.
    """
    if value is neighbour:
        return 0
    shared = {id(block) for block in _blocks(neighbour)}
    apart = {id(block): block for block in _blocks(value) if id(block) not in shared}
    return sum(memoryview(block).nbytes for block in apart.values())


def _blocks(value: object) -> Iterator[Any]:
    """Arrays and bytes that own their memory, found in values, tuples and tables."""
    while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray | bytes):
        value = value.base
    if isinstance(value, np.ndarray | bytes):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _blocks(each)
    elif isinstance(value, Mapping):
        yield from _blocks(tuple(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _blocks(getattr(value, field.name))
