"""Slow motion goes through the very step that training takes, whatever is random in it."""

import numpy as np
import pytest

from playground.core import Network, Trainer, layers
from playground.core.datasets.augment import Augmentation
from playground.core.explain.slow_motion import step_phases


@pytest.mark.parametrize("parts", [1, 2])
def test_the_phases_are_those_of_the_step_with_dropout_and_moved_pictures(parts):
    rng = np.random.default_rng(0)
    stack = [
        *(layers.Conv2D(4, 3), layers.ReLU(), layers.Dropout(0.4), layers.Flatten()),
        *(layers.Dropout(0.3), layers.Dense(3)),
    ]
    inputs, classes = rng.random((40, 8, 8, 1), np.float32), rng.integers(0, 3, 40)
    moved = Augmentation(shift=2, mirror=True)
    network = Network(stack, (8, 8, 1))
    trainer = Trainer(
        *(network, inputs, classes),
        loss="softmax_cross_entropy", optimizer="adam", batch_size=32, augment=moved,
    )  # fmt: skip
    trainer.share_out(map, parts)
    trainer.step()
    phases = step_phases(trainer)
    (loss,) = (phase.value for phase in phases if phase.kind == "loss")
    assert trainer.step().loss == pytest.approx(loss, rel=1e-5)
