"""The pictures that are looked at while a task is learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Colour, Picture, WorkingSize, recoloured
from playground.core.specs import FloatArray
from playground.core.tasks import PictureTask, Task
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


def read_for(task: Task, picture: Picture | None) -> Picture | None:
    """As `picture_for`, but read again from the source where the pixels lack the task's colours.

    Takes as long as reading a file; where that fails, the pixels at hand are turned.
    """
    wanted = picture_for(task, picture)
    if picture is None or isinstance(task, PictureTask) or picture.source is None:
        return wanted
    if wanted is not None and wanted.channels > picture.channels:
        try:
            return load_picture(picture.source, picture.working, "rgb", stretched=picture.stretched)
        except PlaygroundError:
            pass
    return wanted


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


def example_picture(pixels: FloatArray, name: str, channels: int, working: WorkingSize) -> Picture:
    """An example (H, W, 1 or 3) as a picture for kernels of so many channels, at its own size.

    It can be read again, in other colours, like any other; the working size chosen stays.
    """
    height, width, own = pixels.shape
    colour: Colour = "rgb" if own == 3 else "grey"
    source = ArraySource(name, pixels)
    picture = Picture(pixels, name, (width, height), working, colour, source)
    return in_channels(picture, channels)
