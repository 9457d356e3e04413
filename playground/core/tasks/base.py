"""A task: examples to learn from, a network that may learn them, and a setup to start with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import PlaygroundError
from playground.core.network.building import build, freeze
from playground.core.network.network import Network
from playground.core.pair_fit import PairFit
from playground.core.pictures.picture import Picture
from playground.core.runs.frames import Frame
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec, Padding
from playground.core.training.trainer import Trainer
from playground.core.training.training_setup import TrainingSetup


@dataclass(frozen=True, eq=False, kw_only=True)
class Task:
    """What to learn. Inputs (N, H, W, C); targets (N, …), or class numbers (N,).

    Each kind of task is a class of its own beside this file, with what only it has.
    """

    name: str
    inputs: FloatArray
    targets: NDArray[Any]
    loss: str
    network: NetworkSpec
    setup: TrainingSetup
    validation: tuple[FloatArray, NDArray[Any]] | None = None
    picture: Picture | None = field(default=None, repr=False)
    """Looked at while it is learned, where the task brings its own."""
    pace: float | None = None
    """Steps a second at which it can be followed; None for as many as there can be."""

    padding: ClassVar[Padding | None] = None
    """That of every convolution while it learns, where that is not the network's."""
    augments: ClassVar[bool] = False
    """Whether an example that is moved or mirrored is as good a one."""

    @property
    def finder(self) -> Callable[[Sequence[FloatArray]], bool] | None:
        """Whether weights, as in `Network.weights`, are those that are looked for, if any are."""
        return None

    def class_name(self, _example: int) -> str:
        """What an example shows; nothing where the task has no classes."""
        return ""

    def for_training(self) -> Self:
        """The task without what is only looked at, to be sent to where it is learned."""
        return replace(self, picture=None)

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
        make: Callable[..., Trainer] = Trainer,
    ) -> Trainer:
        """A trainer for `network`, with its weights; raises what `built` does.

        `frozen` says of each weight, as it is seen, whether it keeps its value; `make` is the
        kind of trainer.
        """
        built = self.built(network)
        freeze(built, network, frozen)
        batch = min(setup.batch_size, len(self.inputs))
        return make(
            built,
            self.inputs,
            self.targets,
            loss=self.loss,
            optimizer=setup.make_optimizer(self.steps_per_epoch(batch)),
            batch_size=batch,
            seed=setup.seed,
            augment=setup.augmentation if self.augments else None,
            workers=setup.workers,
        )

    def trainer_at(self, network: NetworkSpec, setup: TrainingSetup, frame: Frame) -> Trainer:
        """A trainer about to take the step behind `frame`, with the weights of `network`.

        Its optimizer remembers, and is frozen what was frozen, as the frame says; the step follows
        from that, the seed and the numbers of `setup`.
        """
        trainer = self.trainer(network, setup)
        weights = trainer.network.parameters.copy()
        trainer.return_to(frame.moment)
        trainer.network.parameters[...] = weights
        if frame.learns is not None:
            trainer.network.freeze(trainer.network.unpacked(~frame.learns))
        return trainer

    def steps_per_epoch(self, batch_size: int) -> int:
        """How many batches it takes to see every example once."""
        return -(-len(self.inputs) // min(batch_size, len(self.inputs)))

    def _check_output(self, shape: tuple[int, ...]) -> None:
        """Raises PlaygroundError where the network does not end with what the targets ask for."""
        if shape != self.targets.shape[1:]:
            wanted = " × ".join(map(str, self.targets.shape[1:]))
            made = " × ".join(map(str, shape))
            raise PlaygroundError(
                f"For this task the network must make {wanted} out of every example, but it makes "
                f"{made}."
            )


@dataclass(frozen=True, eq=False, kw_only=True)
class PictureTask(Task):
    """Learn what leads from one whole picture to another, both (H, W, C), from patches of them."""

    before: FloatArray = field(repr=False)
    after: FloatArray = field(repr=False)

    restores: ClassVar[bool] = False
    """Whether `after` is what `before` was before something was done to it."""

    def for_training(self) -> Self:
        nothing = np.zeros((0, 0, 1), np.float32)
        return replace(self, picture=None, before=nothing, after=nothing)

    @property
    def hidden(self) -> Conv2DSpec | None:
        """The kernel that led from one to the other, where it is known."""
        return None

    @property
    def best(self) -> PairFit | None:
        """The best kernel between them, where that was looked for."""
        return None


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
