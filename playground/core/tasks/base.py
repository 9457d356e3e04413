"""A task: examples to learn from, a network that may learn them, and a setup to start with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

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

TaskKind: TypeAlias = Literal["copy", "which", "classify", "denoise"]

FOUND = 0.002
"""A hidden kernel is found when no weight is further off than this part of its largest one."""


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
    white_on_black: bool = False
    """Whether ink on paper is turned into what the examples are, light on dark."""
    pace: float | None = None
    """Steps a second at which it can be followed; None for as many as there can be."""

    def distance(self, weights: Sequence[FloatArray]) -> float | None:
        """How far weights, as in `Network.weights`, are from the hidden kernel and its bias.

        The largest difference, as a part of the hidden kernel's largest weight; None where no
        kernel is hidden, and for weights that are not those of one kernel of its size.
        """
        goal = self.goal
        if goal is None or [w.shape for w in weights] != [goal.kernel.shape, goal.bias.shape]:
            return None
        wanted = goal.kernel[::-1, ::-1] if goal.flip else goal.kernel
        off = [np.abs(weights[0] - wanted).max(), np.abs(weights[1] - goal.bias).max()]
        return float(max(off)) / (float(np.abs(wanted).max()) or 1.0)

    def finds(self, weights: Sequence[FloatArray]) -> bool:
        """Whether these weights are the hidden kernel's, but for what nobody can see."""
        distance = self.distance(weights)
        return distance is not None and distance < FOUND

    @property
    def finder(self) -> Callable[[Sequence[FloatArray]], bool] | None:
        """`finds`, where a kernel is hidden."""
        return None if self.goal is None else self.finds

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
