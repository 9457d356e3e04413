"""A session: everything that an undo brings back, and that a saved file holds, as one value.

Operations make another session that shares with this one whatever they left alone. Selection and
view are not in it, and neither is what a run under way has learned since its last pause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from playground.core.pictures.picture import Picture
from playground.core.runs.frames import Frame
from playground.core.runs.run import RunStep
from playground.core.session.ids import Marks
from playground.core.session.transfer import Transfer
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
