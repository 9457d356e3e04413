"""A task: examples to learn from, a network that may learn them, and a setup to start with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.building import build, freeze
from playground.core.errors import PlaygroundError
from playground.core.network import Network
from playground.core.pair_fit import PairFit
from playground.core.picture import Picture
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec, Padding
from playground.core.trainer import Trainer
from playground.core.training_setup import TrainingSetup

TaskKind: TypeAlias = Literal["copy", "which", "classify", "denoise"]


@dataclass(frozen=True, eq=False)
class Task:
    """What to learn. Inputs (N, H, W, C); targets (N, …), or class numbers (N,).

    `goal` is the kernel to be found, where it is known; `before` and `after` are the whole
    pictures (H, W, C) that a filter leads from and to, and `fit` the best kernel between them,
    where that was looked for. `picture` is looked at while it is learned, where the task brings
    its own. `padding` is that of every convolution while it learns: patches of a picture have no
    outside to fill.
    """

    kind: TaskKind
    name: str
    inputs: FloatArray
    targets: NDArray[Any]
    loss: str
    network: NetworkSpec
    setup: TrainingSetup
    validation: tuple[FloatArray, NDArray[Any]] | None = None
    class_names: tuple[str, ...] = ()
    goal: Conv2DSpec | None = None
    before: FloatArray | None = field(default=None, repr=False)
    after: FloatArray | None = field(default=None, repr=False)
    padding: Padding | None = None
    fit: PairFit | None = field(default=None, repr=False)
    picture: Picture | None = field(default=None, repr=False)

    def built(self, network: NetworkSpec) -> Network:
        """`network` ready to learn this task.

        Raises ImpossibleLayerError at the layer that does not fit, and PlaygroundError where what
        comes out at the end is not what the targets ask for.
        """
        built = build(network, self.inputs.shape[1:], padding=self.padding)
        self._check_output(built.shapes[-1])
        return built

    def trainer(
        self,
        network: NetworkSpec,
        setup: TrainingSetup,
        frozen: Sequence[NDArray[np.bool_]] | None = None,
    ) -> Trainer:
        """A trainer for `network`, with its weights; raises what `built` does.

        `frozen` says of each weight, as it is seen, whether it keeps its value.
        """
        built = self.built(network)
        freeze(built, network, frozen)
        batch = min(setup.batch_size, len(self.inputs))
        return Trainer(
            built,
            self.inputs,
            self.targets,
            loss=self.loss,
            optimizer=setup.make_optimizer(self.steps_per_epoch(batch)),
            batch_size=batch,
            seed=setup.seed,
            augment=setup.augmentation if self.kind == "classify" else None,
        )

    def steps_per_epoch(self, batch_size: int) -> int:
        """How many batches it takes to see every example once."""
        return -(-len(self.inputs) // min(batch_size, len(self.inputs)))

    def _check_output(self, shape: tuple[int, ...]) -> None:
        """Whether the network ends with what the targets ask for."""
        made = " × ".join(map(str, shape))
        if self.kind == "classify":
            count = len(self.class_names)
            if shape != (count,):
                raise PlaygroundError(
                    f"This task tells {count} classes apart, so the network must end with a dense "
                    f"layer of {count} units; it ends with {made}."
                )
        elif shape != self.targets.shape[1:]:
            wanted = " × ".join(map(str, self.targets.shape[1:]))
            raise PlaygroundError(
                f"For this task the network must make {wanted} out of every example, but it makes "
                f"{made}."
            )


def with_input_shape(network: NetworkSpec, shape: tuple[int, ...]) -> NetworkSpec:
    """`network` for pictures of `shape` (H, W, C)."""
    height, width, channels = shape
    return replace(network, input_shape=(int(height), int(width), int(channels)))


def cut_patches(
    pictures: tuple[FloatArray, ...], size: int, count: int, generator: np.random.Generator
) -> list[FloatArray]:
    """`count` patches (count, size, size, C) from each of `pictures` (H, W, C), at equal places.

    The pictures are of one size, which is at least `size`.
    """
    height, width = pictures[0].shape[:2]
    tops = generator.integers(0, height - size + 1, count)
    lefts = generator.integers(0, width - size + 1, count)
    cut = []
    for picture in pictures:
        windows = np.lib.stride_tricks.sliding_window_view(picture, (size, size), axis=(0, 1))
        patches = windows[tops, lefts].transpose(0, 2, 3, 1)
        cut.append(np.ascontiguousarray(patches, dtype=np.float32))
    return cut
