"""What can be learned, as it is chosen: what a kind of task asks for, offers, and becomes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, TypeAlias

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Picture
from playground.core.session.session import Transfer
from playground.core.tasks import Task

Section: TypeAlias = Literal["filters", "classes", "restoring"]


class Ask(NamedTuple):
    """A question before a task can be made: the title of a dialog for a picture, or a folder."""

    title: str
    folder: bool = False


class Offer(NamedTuple):
    """An entry of a menu. `path` are the menus' titles and its own text."""

    path: tuple[str, ...]
    make: Callable[..., TaskChoice]
    """The choice, from the document and an answer to each of `asks`."""
    asks: tuple[Ask, ...] = ()
    apart: bool = False
    """Whether a line parts it from those before it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class TaskChoice(ABC):
    """A kind of task, with what the learner chose for it."""

    transfer: Transfer | None = None
    """Whose convolutions are kept, where the task is not begun from random ones."""

    section: ClassVar[Section]
    """Kinds of one section stand together in the menu."""
    needs_picture: ClassVar[bool] = False
    """Whether the task is made from the picture that is shown."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What tells it from others; one learned again keeps its pace."""

    @classmethod
    @abstractmethod
    def offers(cls) -> Iterator[Offer]:
        """The entries of a menu, in order."""

    @abstractmethod
    def _made(
        self,
        picture: Picture | None,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> tuple[Task, str] | None:
        """As `make`, begun from random kernels."""

    def make(
        self,
        picture: Picture | None,
        progress: Callable[[int, int], None] = lambda *_: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Task, str] | None:
        """The task, ready to be learned, and a remark on what was left out; None if cancelled.

        Raises PlaygroundError where something is missing.
        """
        if self.needs_picture and picture is None:
            raise PlaygroundError("This task needs a picture: open one first.")
        made = self._made(picture, progress, cancelled)
        if made is None or self.transfer is None:
            return made
        return self.transfer.applied(made[0]), made[1]
