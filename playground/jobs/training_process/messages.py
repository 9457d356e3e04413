"""Messages between the window's process and the training process: numbers, texts and arrays.

A message is a JSON text, followed by the bytes of its arrays; both lengths come first. Only the
dataclasses of `KNOWN` can be read from it, so nothing that arrives can do more than be read.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from playground.core.layers import LAYER_KINDS
from playground.core.network.weight_edit import WeightEdit
from playground.core.runs.frames import FrameRows
from playground.core.runs.run_updates import RunState, RunUpdate
from playground.core.specs import NetworkSpec
from playground.core.tasks import TASK_KINDS, Task
from playground.core.training import schedules
from playground.core.training.propagation import Passed
from playground.core.training.trainer import Moment
from playground.core.training.training_setup import TrainingSetup
from playground.jobs.training_process.changes import Edit, Freeze, Tune

_LENGTHS = struct.Struct("<QQ")

_ALIGNED = 64
"""Every array begins at a multiple of so many bytes."""


@dataclass(frozen=True)
class Load:
    """Get ready to train: run number `run` is of this task, network and setup."""

    run: int
    task: Task
    network: NetworkSpec
    setup: TrainingSetup


@dataclass(frozen=True)
class Go:
    """Step from `state` on until `goal` steps are done, or until something else is said.

    What is told of it says `number`.
    """

    state: RunState
    goal: int
    number: int


@dataclass(frozen=True)
class Tell:
    """Tell how far it is after the next step; from then on keep every `spacing`-th frame."""

    spacing: int


@dataclass(frozen=True)
class Halt:
    """Stop after the present step."""


@dataclass(frozen=True)
class Ready:
    """The process is there; `run` is what it has loaded, 0 for nothing yet."""

    run: int


@dataclass(frozen=True)
class Alive:
    """The training process lives; it may be within a long step."""


@dataclass(frozen=True)
class Progress:
    """What the Go of this number has gained.

    With `final`, stepping has stopped, for `reason` where there is one: `diverged` where the
    numbers ran away. `seconds` of its time have gone into this message, and into sending the ones
    before.
    """

    update: RunUpdate
    number: int
    final: bool
    seconds: float
    reason: str = ""
    diverged: bool = False


@dataclass(frozen=True)
class Ended:
    """The process has ended; `reason` is the traceback, where there is one."""

    reason: str = ""


KNOWN: dict[str, Callable[..., Any]] = {
    known.__name__: known
    for known in (
        *(Load, Go, Tell, Halt, Ready, Alive, Progress, Ended),
        *(Edit, Freeze, Tune, WeightEdit),
        *(RunState, RunUpdate, FrameRows, Passed, Moment, TrainingSetup),
        *schedules.ALL.values(),
        NetworkSpec,
        *TASK_KINDS,
        *(kind.spec for kind in LAYER_KINDS.values()),
    )
}

_PARTS = {
    name: tuple(field.name for field in fields(cast(Any, kind)) if field.init)
    for name, kind in KNOWN.items()
}
"""What is said of a value of each kind: all that it is made from."""


def send(stream: BinaryIO, message: object) -> None:
    """Write `message`; raises OSError where nobody reads any more."""
    arrays: list[NDArray[Any]] = []
    tree = json.dumps(_packed(message, arrays)).encode()
    stream.write(_LENGTHS.pack(len(tree), sum(map(_room, arrays))))
    stream.write(tree)
    for array in arrays:
        stream.write(array.data if array.size else b"")
        stream.write(bytes(_room(array) - array.nbytes))
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message; raises EOFError where there is none any more.

    Its arrays are one block of memory.
    """
    texts, numbers = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    tree = json.loads(bytes(_exactly(stream, texts)))
    return _unpacked(tree, _exactly(stream, numbers))


def _exactly(stream: BinaryIO, count: int) -> memoryview:
    # Not a bytearray, which would be filled with zeros first while no other thread can run.
    room, done = np.empty(count, np.uint8).data, 0
    while done < count:
        read = stream.readinto(room[done:])  # type: ignore[attr-defined]
        if not read:
            raise EOFError
        done += read
    return room


def _room(array: NDArray[Any]) -> int:
    """Bytes that an array takes in a message."""
    return -(-array.nbytes // _ALIGNED) * _ALIGNED


def _packed(value: Any, arrays: list[NDArray[Any]]) -> Any:
    if isinstance(value, np.ndarray):
        at = sum(map(_room, arrays))
        arrays.append(np.ascontiguousarray(value))
        return {"array": [at, value.dtype.str, list(value.shape)]}
    if isinstance(value, tuple):
        return [_packed(each, arrays) for each in value]
    if isinstance(value, dict):
        return {"dict": {name: _packed(each, arrays) for name, each in value.items()}}
    kind = type(value).__name__
    if kind in _PARTS:
        own = {name: _packed(getattr(value, name), arrays) for name in _PARTS[kind]}
        return {"class": kind, "fields": own}
    return value.item() if isinstance(value, np.generic) else value


def _unpacked(tree: Any, data: memoryview) -> Any:
    if isinstance(tree, list):
        return tuple(_unpacked(each, data) for each in tree)
    if not isinstance(tree, dict):
        return tree
    if "array" in tree:
        at, dtype, shape = tree["array"]
        return np.ndarray(shape, dtype, data, at)
    inner = tree["fields"] if "class" in tree else tree["dict"]
    values = {name: _unpacked(each, data) for name, each in inner.items()}
    return KNOWN[tree["class"]](**values) if "class" in tree else values
