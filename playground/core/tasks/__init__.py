"""What a network can be asked to learn, each ready with examples, a network and a setup."""

from playground.core.tasks.base import Task
from playground.core.tasks.classify import classify
from playground.core.tasks.copy_filter import copy_filter, filter_between
from playground.core.tasks.denoise import denoise

__all__ = ["Task", "classify", "copy_filter", "denoise", "filter_between"]
