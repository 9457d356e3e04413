"""Classify: say of each picture which of several things it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.network.building import initialized
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    FlattenSpec,
    LayerSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.core.tasks.base import Task, with_input_shape
from playground.core.training.training_setup import TrainingSetup

_SMALLEST_MAP = 4
"""Behind the last pooling; smaller maps leave the dense layer nothing to tell places by."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ClassTask(Task):
    """Tell classes apart; the targets are their numbers."""

    class_names: tuple[str, ...]
    white_on_black: bool = False
    """Whether ink on paper is turned into what the examples are, light on dark."""

    augments: ClassVar[bool] = True

    def class_name(self, example: int) -> str:
        return self.class_names[int(self.targets[example])]

    def _check_output(self, shape: tuple[int, ...]) -> None:
        count = len(self.class_names)
        if shape != (count,):
            raise PlaygroundError(
                f"This task tells {count} classes apart, so the network must end with a dense "
                f"layer of {count} units; it ends with {' × '.join(map(str, shape))}."
            )


def classify(
    dataset: Dataset,
    *,
    kernels: tuple[int, ...] = (8, 16),
    setup: TrainingSetup | None = None,
    validation: float = 0.2,
) -> ClassTask:
    """Learn the classes of `dataset`; one convolution block for each number of `kernels`."""
    learn, test = dataset.split(validation)
    setup = setup or TrainingSetup(
        optimizer="adam", learning_rate=0.003, epochs=30, schedule="cosine", shift=1
    )
    network = initialized(
        classifier(dataset.inputs.shape[1:], kernels, dataset.class_names),
        setup.initializer,
        setup.seed,
        dataset.inputs.shape[1:],
    )
    return ClassTask(
        name=dataset.name,
        inputs=learn.inputs,
        targets=learn.labels,
        loss="softmax_cross_entropy",
        network=network,
        setup=setup,
        validation=(test.inputs, test.labels),
        class_names=dataset.class_names,
        white_on_black=dataset.white_on_black,
    )


def classifier(
    shape: tuple[int, ...], kernels: tuple[int, ...], class_names: tuple[str, ...]
) -> NetworkSpec:
    """Convolution, ReLU and pooling for each number of kernels, then one dense layer; all zero."""
    layers: list[LayerSpec] = []
    channels, side = shape[2], min(shape[:2])
    for number, count in enumerate(kernels):
        size = 5 if number == 0 and side >= 16 else 3
        names = tuple(f"kernel {index}" for index in range(count))
        kernel = np.zeros((size, size, channels, count), np.float32)
        layers.append(Conv2DSpec(kernel, np.zeros(count, np.float32), names))
        layers.append(ActivationSpec("relu"))
        if side // 2 >= _SMALLEST_MAP:
            layers.append(Pool2DSpec("max", 2))
            side //= 2
        channels = count
    layers.append(FlattenSpec())
    units = len(class_names)
    layers.append(DenseSpec(np.zeros((1, units)), np.zeros(units), class_names))
    return with_input_shape(NetworkSpec(tuple(layers)), shape)
