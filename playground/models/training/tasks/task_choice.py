"""Which task was asked for, and how it is made ready from the document and the shipped data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from playground.core.datasets import generated
from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.kernels.initializers import glorot_uniform
from playground.core.kernels.kernel_ops import to_channels
from playground.core.pictures.picture import Picture
from playground.core.presets import build_preset, find_preset
from playground.core.session.session import Transfer
from playground.core.specs import Conv2DSpec, FloatArray
from playground.core.tasks import Task, classify, copy_filter, denoise, filter_between
from playground.core.training.training_setup import TrainingSetup
from playground.files.datasets.picture_folder import FolderDataset, load_folder, scan_folder
from playground.files.datasets.shipped import load_clothes, load_digits
from playground.files.pictures.sources import FileSource, Source
from playground.models.training.tasks.task_picture import read_whole

TaskName: TypeAlias = Literal[
    "copy", "which", "digits", "clothes", "shapes", "lines", "own", "denoise", "deblur"
]

_GENERATED = 2000
_DATASETS: dict[str, Callable[[], Dataset]] = {
    "digits": load_digits,
    "clothes": load_clothes,
    "shapes": partial(generated.shapes, _GENERATED),
    "lines": partial(generated.oriented_lines, _GENERATED),
}
_KERNELS: dict[str, tuple[int, ...]] = {"lines": (8,)}


@dataclass(frozen=True, eq=False)
class TaskChoice:
    """A task by name, with what the learner chose beside it."""

    name: TaskName
    seed: int = 0
    goal: Conv2DSpec | None = None
    """The one kernel to copy."""
    before: Source | None = None
    after: Source | None = None
    """The two pictures that a filter leads from and to."""
    size: int = 3
    kernels: int = 8
    strength: float = 0.1
    folder: Path | None = None
    """One sub-folder of pictures for each class."""
    side: int = 64
    colour: bool = False
    transfer: Transfer | None = None
    """Whose convolutions are kept, where the task is not begun from random ones."""

    @classmethod
    def of_pair(cls, before: Path, after: Path, size: int) -> TaskChoice:
        """Find the size × size kernel between two picture files."""
        return cls("which", before=FileSource(before), after=FileSource(after), size=size)

    @property
    def needs_picture(self) -> bool:
        """Whether the task is made from the picture that is shown."""
        return self.name in ("copy", "denoise", "deblur")

    def make(
        self,
        picture: Picture | None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Task, str] | None:
        """The task, ready to be learned, and a remark on what was left out; None if cancelled.

        Raises PlaygroundError where something is missing.
        """
        made: tuple[Task, str] | None = None
        if self.name == "own":
            made = self._of_folder(progress or (lambda *_: None), cancelled or (lambda: False))
        else:
            made = self._task(picture), ""
        if made is None or self.transfer is None:
            return made
        return self.transfer.applied(made[0]), made[1]

    def _task(self, picture: Picture | None) -> Task:
        match self.name:
            case "copy" | "denoise" | "deblur":
                if picture is None:
                    raise PlaygroundError("This task needs a picture: open one first.")
                return self._of_picture(picture)
            case "which":
                if self.before is None or self.after is None:
                    raise PlaygroundError("Choose a picture before and a picture after the filter.")
                before, after = read_whole(self.before), read_whole(self.after)
                task = filter_between(before.pixels, after.pixels, size=self.size, seed=self.seed)
                return replace(task, picture=before)
            case _:
                return replace(_classification(self.name))

    def _of_folder(
        self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
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

    def _of_picture(self, picture: Picture) -> Task:
        if self.name == "copy":
            if self.goal is None:
                raise PlaygroundError("Choose the kernel that is to be copied.")
            return copy_filter(picture.pixels, self.goal, seed=self.seed)
        return denoise(
            picture.pixels,
            damage="noise" if self.name == "denoise" else "blur",
            strength=self.strength,
            kernels=self.kernels,
            seed=self.seed,
        )


@cache
def _classification(name: TaskName) -> Task:
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
