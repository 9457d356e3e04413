"""What every task has: a network that fits it, a trainer, and patches cut at equal places."""

import numpy as np
import pytest

from playground.core import Trainer
from playground.core.datasets import generated
from playground.core.errors import PlaygroundError
from playground.core.runs.run import Run
from playground.core.specs import NetworkSpec
from playground.core.tasks import classify
from playground.core.tasks.base import cut_patches, with_input_shape
from playground.core.training.training_setup import TrainingSetup


@pytest.fixture(scope="module")
def task():
    return classify(generated.oriented_lines(64), kernels=(4,))


def test_its_network_fits_its_examples(task):
    outputs = task.built(task.network).forward(task.inputs[:3])
    assert outputs.shape == (3, 4)


def test_a_network_with_another_end_is_refused(task):
    with pytest.raises(PlaygroundError, match="must end with a dense layer of 4 units"):
        task.built(NetworkSpec(task.network.layers[:-1], task.network.input_shape))


def test_the_trainer_has_the_setup_and_the_same_trainer_stands_at_any_frame(task):
    setup = TrainingSetup("sgd", 0.1, batch_size=16, seed=5, workers=2)
    trainer = task.trainer(task.network, setup)
    assert (trainer.batch_size, trainer.seed, trainer.workers) == (16, 5, 2)
    run = Run(trainer, None)
    run.step(), run.step()
    frame = run.frame()
    again = task.trainer_at(task.network, setup, frame)
    again.network.parameters[:] = frame.moment.parameters
    assert again.step() == trainer.step()


def test_another_kind_of_trainer_can_be_made(task):
    class Mine(Trainer):
        pass

    assert isinstance(task.trainer(task.network, task.setup, make=Mine), Mine)


def test_patches_are_cut_from_all_pictures_at_the_same_places():
    one = np.random.default_rng(0).random((20, 30, 1))
    patches, twice = cut_patches((one, 2 * one), 5, 40, np.random.default_rng(1))
    assert patches.shape == (40, 5, 5, 1)
    np.testing.assert_allclose(twice, 2 * patches, rtol=1e-6)


def test_a_network_can_be_meant_for_pictures_of_another_size(task):
    assert with_input_shape(task.network, (np.int64(9), 8, 1)).input_shape == (9, 8, 1)
