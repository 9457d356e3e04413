"""The pictures that are looked at while a task is learned."""

from __future__ import annotations

from dataclasses import replace

from playground.core.errors import PlaygroundError
from playground.core.picture import Colour, Picture, WorkingSize, recoloured
from playground.core.specs import FloatArray
from playground.core.tasks import Task
from playground.files.images import load_picture
from playground.files.sources import ArraySource


def picture_for(task: Task, picture: Picture) -> Picture:
    """`picture` with as many channels as the task's; or the spoiled one that is to be restored."""
    channels = task.inputs.shape[3]
    if task.kind == "denoise" and task.before is not None:
        colour: Colour = "grey" if channels == 1 else "rgb"
        return replace(picture, pixels=task.before, colour=colour)
    return in_channels(picture, channels)


def read_for(task: Task, picture: Picture) -> Picture:
    """As `picture_for`, but read again from the source where the pixels lack the task's colours.

    Takes as long as reading a file; where that fails, the pixels at hand are turned.
    """
    if task.before is None and picture.channels < task.inputs.shape[3] and picture.source:
        try:
            return load_picture(picture.source, working_size=picture.working, colour="rgb")
        except PlaygroundError:
            pass
    return picture_for(task, picture)


def in_channels(picture: Picture, channels: int) -> Picture:
    """`picture` itself where it has as many channels; else in grey, or with its grey repeated."""
    if picture.channels == channels or channels not in (1, 3):
        return picture
    colour: Colour = "grey" if channels == 1 else "rgb"
    return replace(picture, pixels=recoloured(picture.pixels, colour), colour=colour)


def example_picture(pixels: FloatArray, name: str, channels: int, working: WorkingSize) -> Picture:
    """An example (H, W, 1 or 3) as a picture for kernels of so many channels, at its own size.

    It can be read again, in other colours, like any other; the working size chosen stays.
    """
    height, width, own = pixels.shape
    colour: Colour = "rgb" if own == 3 else "grey"
    source = ArraySource(name, pixels)
    picture = Picture(pixels, name, (width, height), working, colour, source)
    return in_channels(picture, channels)
