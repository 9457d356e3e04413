"""Every kind of task, with what only it asks for.

A new kind is a class here and its line in TASK_CHOICES: the menus are made of what it offers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.core.datasets import generated
from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import glorot_uniform
from playground.core.kernels.kernel_ops import to_channels
from playground.core.pictures.picture import Picture
from playground.core.presets import FAMILIES, PRESETS, build_preset, find_preset
from playground.core.specs import Conv2DSpec, FloatArray
from playground.core.tasks import Task, classify, copy_filter, denoise, filter_between
from playground.core.training.training_setup import TrainingSetup
from playground.files.datasets.picture_folder import FolderDataset, load_folder, scan_folder
from playground.files.datasets.shipped import load_clothes, load_digits
from playground.files.pictures.sources import FileSource, Source
from playground.models.state.document import Document
from playground.models.training.tasks.task_choice import Ask, Offer, TaskChoice
from playground.models.training.tasks.task_picture import read_whole

DatasetName: TypeAlias = Literal["digits", "clothes", "shapes", "lines"]

_GENERATED = 2000
"""Drawn pictures of a data set: enough to learn from, drawn in a moment."""

_DATASETS: dict[DatasetName, Callable[[], Dataset]] = {
    "digits": load_digits,
    "clothes": load_clothes,
    "shapes": partial(generated.shapes, _GENERATED),
    "lines": partial(generated.oriented_lines, _GENERATED),
}
_KERNELS: dict[DatasetName, tuple[int, ...]] = {"lines": (8,)}
"""Kernels of each convolution, where two layers would be more than is needed."""

_SIZES = (3, 5, 7, 9, 11)
"""Sides of the kernels that are looked for between two pictures."""

_SIDES = (32, 64, 128)
"""To which one's own pictures are made smaller: larger ones take long to learn from."""

_RESTORERS = (1, 2, 3, 4, 6, 8)
"""Kernels of the layer that restores a picture; one more joins their maps."""


@dataclass(frozen=True, eq=False, kw_only=True)
class CopyChoice(TaskChoice):
    """Learn what one kernel makes of the picture."""

    goal: Conv2DSpec | None = None
    seed: int = 0

    section = "filters"
    needs_picture = True
    name = "copy"

    @classmethod
    def offers(cls) -> Iterator[Offer]:
        menu, seeds = _tr("Copy a filter"), count(1)

        def current(document: Document) -> TaskChoice:
            return cls(goal=kernel_goal(document.conv, document.selection.kernel))

        def random(document: Document) -> TaskChoice:
            seed = next(seeds)
            return cls(goal=random_goal(_channels(document), seed), seed=seed)

        def preset(key: str, document: Document) -> TaskChoice:
            return cls(goal=preset_goal(key, _channels(document)))

        yield Offer((menu, _tr("The current kernel")), current)
        yield Offer((menu, _tr("A random kernel")), random)
        for family in FAMILIES:
            for each in (one for one in PRESETS if one.family == family):
                first = each is PRESETS[0]
                yield Offer((menu, family, each.name), partial(preset, each.key), apart=first)

    def _made(self, picture: Picture | None, *_: Any) -> tuple[Task, str]:
        if self.goal is None:
            raise PlaygroundError("Choose the kernel that is to be copied.")
        assert picture is not None
        return copy_filter(picture.pixels, self.goal, seed=self.seed), ""


@dataclass(frozen=True, eq=False, kw_only=True)
class PairChoice(TaskChoice):
    """Find the kernel that leads from one picture to another."""

    before: Source | None = None
    after: Source | None = None
    size: int = 3
    seed: int = 0

    section = "filters"
    name = "which"

    @classmethod
    def of(cls, before: Path, after: Path, size: int) -> PairChoice:
        """The size × size kernel between two picture files."""
        return cls(before=FileSource(before), after=FileSource(after), size=size)

    @classmethod
    def offers(cls) -> Iterator[Offer]:
        asks = (
            Ask(_tr("The picture before the filter")),
            Ask(_tr("The same picture after the filter")),
        )

        def between(size: int, _document: Document, before: Path, after: Path) -> TaskChoice:
            return cls.of(before, after, size)

        for size in _SIZES:
            text = _tr("Two pictures, kernel {0} × {0}…").format(size)
            yield Offer((_tr("Which filter did this?"), text), partial(between, size), asks)

    def _made(self, _picture: Picture | None, *_: Any) -> tuple[Task, str]:
        if self.before is None or self.after is None:
            raise PlaygroundError("Choose a picture before and a picture after the filter.")
        before, after = read_whole(self.before), read_whole(self.after)
        task = filter_between(before.pixels, after.pixels, size=self.size, seed=self.seed)
        return replace(task, picture=before), ""


@dataclass(frozen=True, eq=False, kw_only=True)
class DatasetChoice(TaskChoice):
    """Tell the classes of a shipped or drawn data set apart."""

    dataset: DatasetName

    section = "classes"

    @property
    def name(self) -> str:
        return self.dataset

    @classmethod
    def offers(cls) -> Iterator[Offer]:
        texts: dict[DatasetName, str] = {
            "digits": _tr("Classify digits"),
            "clothes": _tr("Classify clothes"),
            "shapes": _tr("Classify shapes"),
            "lines": _tr("Classify lines by their direction"),
        }
        for dataset, text in texts.items():
            yield Offer((text,), lambda _document, dataset=dataset: cls(dataset=dataset))

    def _made(self, _picture: Picture | None, *_: Any) -> tuple[Task, str]:
        return replace(_classification(self.dataset)), ""


@dataclass(frozen=True, eq=False, kw_only=True)
class FolderChoice(TaskChoice):
    """Tell one's own pictures apart: a folder with one sub-folder for each class."""

    folder: Path | None = None
    side: int = 64
    colour: bool = False

    section = "classes"
    name = "own"

    @classmethod
    def offers(cls) -> Iterator[Offer]:
        asks = (Ask(_tr("A folder with one folder for each class"), folder=True),)

        def of(side: int, colour: bool, _document: Document, folder: Path) -> TaskChoice:
            return cls(folder=folder, side=side, colour=colour)

        for side in _SIDES:
            for colour, words in ((False, _tr("grey")), (True, _tr("in colour"))):
                text = _tr("Folder, {0} × {0} pixels, {1}…").format(side, words)
                path = _tr("Classify my own pictures"), text
                yield Offer(path, partial(of, side, colour), asks)

    def _made(
        self,
        _picture: Picture | None,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> tuple[Task, str] | None:
        if self.folder is None:
            raise PlaygroundError("Choose a folder with one sub-folder for each class.")
        listing = scan_folder(self.folder)
        read = load_folder(listing, self.side, self.colour, progress, cancelled)
        if read is None:
            return None
        setup = TrainingSetup(learning_rate=0.002, epochs=40, batch_size=16, shift=3, mirror=True)
        task = classify(read.dataset, kernels=(8, 16, 16), setup=setup)
        return task, _left_out(read)


@dataclass(frozen=True, eq=False, kw_only=True)
class RestoreChoice(TaskChoice):
    """Spoil the picture, and learn to restore it."""

    damage: Literal["noise", "blur"] = "noise"
    kernels: int = 8
    strength: float = 0.1
    seed: int = 0

    section = "restoring"
    needs_picture = True

    @property
    def name(self) -> str:
        return "denoise" if self.damage == "noise" else "deblur"

    @classmethod
    def offers(cls) -> Iterator[Offer]:
        for damage, menu in (
            ("noise", _tr("Denoise this picture")),
            ("blur", _tr("Sharpen this picture again")),
        ):
            for kernels in _RESTORERS:
                text = _tr("1 kernel") if kernels == 1 else _tr("{} kernels").format(kernels)
                made: dict[str, Any] = {"damage": damage, "kernels": kernels}
                yield Offer((menu, text), lambda _document, made=made: cls(**made))

    def _made(self, picture: Picture | None, *_: Any) -> tuple[Task, str]:
        assert picture is not None
        chosen = {"damage": self.damage, "strength": self.strength, "kernels": self.kernels}
        return denoise(picture.pixels, seed=self.seed, **chosen), ""  # type: ignore[arg-type]


TASK_CHOICES: tuple[type[TaskChoice], ...] = (
    CopyChoice,
    PairChoice,
    DatasetChoice,
    FolderChoice,
    RestoreChoice,
)
"""Every kind of task, in the menu's order."""


@cache
def _classification(name: DatasetName) -> Task:
    """A task on a shipped or generated data set; its examples are held once, however often chosen.

    Whoever chooses it gets a task of their own, a copy that shares the arrays.
    """
    return classify(_DATASETS[name](), kernels=_KERNELS.get(name, (8, 16)))


def _left_out(read: FolderDataset) -> str:
    """Which files could not be read, in one sentence, or nothing."""
    count = len(read.unreadable)
    if not count:
        return ""
    names = ", ".join(path.name for path, _ in read.unreadable[:3])
    more = "" if count <= 3 else f" and {count - 3} more"
    return f"{count} of the files could not be read and were left out: {names}{more}."


def preset_goal(key: str, channels: int) -> Conv2DSpec:
    """One kernel: the preset `key`, spread over `channels`."""
    kernel = to_channels(build_preset(key)[:, :, np.newaxis, np.newaxis], channels)
    return _alone(kernel, find_preset(key).name)


def random_goal(channels: int, seed: int, size: int = 3) -> Conv2DSpec:
    """One kernel of random weights between about −1 and 1."""
    kernel = glorot_uniform((size, size, channels, 1), seed)
    return _alone(kernel / np.abs(kernel).max(), f"random {seed}")


def kernel_goal(conv: Conv2DSpec, kernel: int) -> Conv2DSpec:
    """A kernel of the bank as it is now, with its bias."""
    one = conv.kernel[..., kernel : kernel + 1]
    turned = one[::-1, ::-1] if conv.flip else one
    bias = conv.bias[kernel : kernel + 1]
    return Conv2DSpec(turned, bias, (conv.names[kernel],))


def _alone(kernel: FloatArray, name: str) -> Conv2DSpec:
    return Conv2DSpec(kernel, np.zeros(1, np.float32), (name,))


def _channels(document: Document) -> int:
    return 1 if document.picture is None else document.picture.channels


def _tr(text: str) -> str:
    return QCoreApplication.translate("TaskChoice", text)
