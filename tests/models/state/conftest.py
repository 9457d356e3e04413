"""The workbench with a small picture is that of the training tests."""

from tests.models.training.conftest import bench, copying, steps, training

__all__ = ["bench", "copying", "steps", "training"]
