"""A session: everything that an undo brings back, and that a saved file holds, as one value.

Operations make another session that shares with this one whatever they left alone. Selection and
view are not in it, and neither is what a run under way has learned since its last pause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Protocol

import numpy as np

from playground.core.network.transfer import transplanted, with_kernels_of
from playground.core.pictures.picture import Picture
from playground.core.runs.frames import Frame
from playground.core.runs.run import RunStep
from playground.core.session.ids import Marks
from playground.core.specs import NetworkSpec
from playground.core.tasks import Task
from playground.core.training.training_setup import TrainingSetup

_ORIGIN = frozenset({"place", "pinned"})
"""Parts that say where weights come from, and nothing of what they are."""


class TaskRecipe(Protocol):
    """What was chosen for a task, from which it can be made again."""

    @property
    def needs_picture(self) -> bool:
        """Whether the task is made from the picture that is shown."""


@dataclass(frozen=True, eq=False)
class OwnKernels:
    """The learner's own network, as it was when a task put another in its place."""

    network: NetworkSpec
    frozen: Marks = frozenset()
    """What of it does not learn."""


@dataclass(frozen=True, eq=False)
class Session:
    """Picture, network, and what is learned.

    Picture and kernels belong together: a session whose first convolution looks at another number
    of channels than the picture has is refused with a ValueError, wherever it comes from.
    """

    picture: Picture | None
    network: NetworkSpec
    task: Task | None = None
    recipe: TaskRecipe | None = None
    setup: TrainingSetup = field(default_factory=TrainingSetup)
    frozen: Marks = frozenset()
    """Layers, kernels and weights that do not learn, by their lasting ids."""
    transfer: Transfer | None = None
    """Whose kernels the task was begun with, where they were not random."""
    own: Picture | None = None
    """The learner's own picture, where the task shows another: a spoiled or a grey one."""
    own_kernels: OwnKernels | None = None
    """The learner's own kernels, while a task shows others."""
    place: RunStep | None = None
    """The frame of a run that the weights come from, or, changed by hand, went out from."""
    pinned: Frame | None = field(default=None, repr=False)
    """That frame itself: whatever its run lets go of, a session keeps the one that it names."""

    def __post_init__(self) -> None:
        if self.pinned is not None and (self.place is None or self.place.step != self.pinned.step):
            object.__setattr__(self, "pinned", None)
        picture, channels = self.picture, self.network.first_conv.channels
        if picture is not None and picture.channels != channels:
            raise ValueError(
                f"kernels for {channels} channels and a picture of {picture.channels} "
                "do not belong together"
            )

    @property
    def clean(self) -> Picture | None:
        """The picture that a task is made from: the learner's own."""
        return self.picture if self.own is None else self.own

    def has(self, parts: Mapping[str, Any]) -> bool:
        """Whether these parts are equal to its own, wherever the weights may come from."""
        pairs = ((getattr(self, name), part) for name, part in parts.items() if name not in _ORIGIN)
        return all(mine is part or mine == part for mine, part in pairs)

    def __eq__(self, other: object) -> bool:
        """Equal in every part; parts that are shared are equal without a look."""
        if not isinstance(other, Session):
            return NotImplemented
        return self.place == other.place and self.has(
            {name: getattr(other, name) for name in self.__dataclass_fields__}
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, eq=False)
class Transfer:
    """The convolutions of `donor` are kept; `name` says of what, "Digits"."""

    donor: NetworkSpec
    name: str
    frozen: bool = True
    """Whether the kept layers keep their weights while the head learns."""

    def applied(self, task: Task) -> Task:
        """`task` with the kept layers; raises PlaygroundError where they do not fit it."""
        setup = task.setup
        network = transplanted(
            task.network, self.donor, initializer=setup.initializer, seed=setup.seed
        )
        return replace(task, network=network)

    def put_back(self, network: NetworkSpec) -> NetworkSpec:
        """`network` with the kept kernels as they came."""
        return with_kernels_of(network, self.donor)


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
