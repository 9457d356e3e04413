"""The workbench with a small picture is that of the training tests."""

from tests.models.training.conftest import bench, copying, lines, steps, training

__all__ = ["bench", "copying", "lines", "steps", "training"]
