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


def test_each_number_is_the_mean_of_what_leaves_a_layer_or_comes_back_to_there():
    rng = np.random.default_rng(1)
    network = Network([layers.Conv2D(2, 3), layers.ReLU()], (5, 5, 1))
    inputs, targets = rng.random((4, 5, 5, 1), np.float32), rng.random((4, 3, 3, 2), np.float32)
    trainer = Trainer(network, inputs, targets, batch_size=4)
    phases = step_phases(trainer)
    outputs = network.forward(inputs)
    forward = [phase for phase in phases if phase.kind == "forward"]
    assert forward[-1].value == pytest.approx(np.abs(outputs).mean(), rel=1e-5)
    (last, *_) = [phase for phase in phases if phase.kind == "backward"]
    assert last.layer == 1
    # The slope of the mean squared error over all outputs.
    slope = 2 * (outputs - targets) / outputs.size
    assert last.value == pytest.approx(np.abs(slope).mean(), rel=1e-5)
