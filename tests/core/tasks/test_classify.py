"""Classifiers are ready at once, fit their pictures, and learn."""

import numpy as np
import pytest

from playground.core.datasets.dataset import Dataset
from playground.core.datasets.generated import oriented_lines
from playground.core.network.network import Network
from playground.core.tasks import classify
from playground.core.training.training_setup import TrainingSetup


def test_lines_are_told_apart_after_a_dozen_epochs():
    task = classify(oriented_lines(800), kernels=(8,))
    trainer = task.trainer(task.network, task.setup)
    for _ in range(12 * trainer.steps_per_epoch):
        trainer.step()
    assert trainer.evaluate(*task.validation)[1] > 0.9


def test_examples_are_split_and_nothing_is_in_both_parts():
    data = oriented_lines(200)
    task = classify(data)
    assert len(task.inputs) + len(task.validation[0]) == 200
    seen = {picture.tobytes() for picture in task.inputs}
    assert not any(picture.tobytes() in seen for picture in task.validation[0])


@pytest.mark.parametrize("shape", [(28, 28, 1), (64, 64, 3), (32, 40, 3), (8, 8, 1)])
@pytest.mark.parametrize("kernels", [(4,), (8, 16), (4, 8, 8)])
def test_the_network_fits_its_pictures(shape, kernels):
    inputs = np.random.default_rng(0).random((12, *shape), np.float32)
    data = Dataset(inputs, np.arange(12) % 2, ("a", "b"), "pair")
    task = classify(data, kernels=kernels, setup=TrainingSetup(batch_size=4))
    trainer = task.trainer(task.network, task.setup)
    assert isinstance(trainer.network, Network)
    assert np.isfinite(trainer.step().loss)
    assert task.network.input_shape == shape
