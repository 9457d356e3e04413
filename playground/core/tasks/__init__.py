"""What a network can be asked to learn, each ready with examples, a network and a setup.

A new task is one class with the function that makes it, and its place in the table here.
"""

from playground.core.tasks.base import PictureTask, Task
from playground.core.tasks.classify import ClassTask, classify
from playground.core.tasks.copy_filter import CopyTask, PairTask, copy_filter, filter_between
from playground.core.tasks.denoise import DenoiseTask, denoise

TASK_KINDS: tuple[type[Task], ...] = (CopyTask, PairTask, ClassTask, DenoiseTask)

__all__ = [
    "TASK_KINDS",
    "ClassTask",
    "CopyTask",
    "DenoiseTask",
    "PairTask",
    "PictureTask",
    "Task",
    "classify",
    "copy_filter",
    "denoise",
    "filter_between",
]
