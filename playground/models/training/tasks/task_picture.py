"""The pictures that are looked at while a task is learned."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.core.pictures.picture import Colour, Picture, WorkingSize, recoloured
from playground.core.tasks import ClassTask, PictureTask, Task
from playground.files.pictures.images import load_picture, probe
from playground.files.pictures.sources import ArraySource, Source

_GREY_MODES = ("1", "L", "I", "F", "I;16", "I;16B", "I;16L", "I;16N", "LA", "La")
"""What Pillow calls pictures without colours."""


def picture_for(task: Task, picture: Picture | None) -> Picture | None:
    """`picture` with as many channels as the task's, the spoiled one, or the task's own."""
    channels = task.inputs.shape[3]
    if task.picture is not None or picture is None:
        return task.picture
    if isinstance(task, PictureTask) and task.restores:
        colour: Colour = "grey" if channels == 1 else "rgb"
        return replace(picture, pixels=task.before, colour=colour)
    return in_channels(picture, channels)


def shown_with(task: Task, picture: Picture | None) -> Picture | None:
    """What is looked at when `task` begins: one of its own checking examples where it has classes.

    A photo of a house is none of the things that a network learns to tell apart, and says nothing
    of how it learns them. For other tasks as `picture_for`.
    """
    if not isinstance(task, ClassTask) or task.validation is None:
        return picture_for(task, picture)
    working = None if picture is None else picture.working
    return example_picture(checking_example(task, 0), task.inputs.shape[3], working)


def read_whole(source: Source) -> Picture:
    """A picture at full size: in RGB where it has colours, however its file keeps it."""
    colour: Colour = "grey" if probe(source).mode in _GREY_MODES else "rgb"
    picture = load_picture(source, working_size=None, colour=colour)
    pixels = picture.pixels
    if colour == "rgb" and np.array_equal(pixels.min(axis=2), pixels.max(axis=2)):
        return replace(picture, pixels=pixels[:, :, :1], colour="grey")
    return picture


def in_channels(picture: Picture, channels: int) -> Picture:
    """`picture` itself where it has as many channels; else in grey, or with its grey repeated."""
    if picture.channels == channels or channels not in (1, 3):
        return picture
    colour: Colour = "grey" if channels == 1 else "rgb"
    return replace(picture, pixels=recoloured(picture.pixels, colour), colour=colour)


@dataclass(frozen=True, eq=False)
class Example(ArraySource):
    """One of a task's examples, told apart from other values that the program made."""

    class_name: str = ""
    """What it shows; nothing where the task has no classes."""
    checking: bool = False
    """Whether it is one that the network is checked with, and does not learn from."""


def example_of(task: Task, number: int) -> Example:
    """An example that the network learns from."""
    return Example(_tr("example"), task.inputs[number], task.class_name(number))


def checking_example(task: ClassTask, number: int) -> Example:
    """One of those that the network is checked with; the task has some."""
    assert task.validation is not None
    inputs, labels = task.validation
    name = task.class_names[int(labels[number])]
    return Example(_tr("example"), inputs[number], name, checking=True)


def example_picture(example: Example, channels: int, working: WorkingSize) -> Picture:
    """An example as a picture for kernels of so many channels, at its own size.

    It can be read again, in other colours, like any other; the working size chosen stays.
    """
    pixels = example.values
    height, width, own = pixels.shape
    colour: Colour = "rgb" if own == 3 else "grey"
    picture = Picture(pixels, example.name, (width, height), working, colour, example)
    return in_channels(picture, channels)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TaskPicture", text)
