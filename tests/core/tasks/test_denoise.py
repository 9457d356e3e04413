"""Noise and blur are undone in part by a few kernels."""

import numpy as np
import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.core.tasks import denoise
from playground.core.tasks.denoise import damaged
from playground.files.assets import asset_path


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    image = Image.open(asset_path("samples", "chelsea.png")).convert("L").resize((150, 100))
    return np.asarray(image, np.float32)[..., np.newaxis] / 255


@pytest.mark.parametrize("damage", ["noise", "blur"])
def test_learning_brings_the_picture_nearer_to_the_clean_one(photo, damage):
    task = denoise(photo, damage=damage)
    trainer = task.trainer(task.network, task.setup)
    for _ in range(1000):
        trainer.step()
    spoiled = float(np.mean((task.inputs - task.targets) ** 2))
    assert trainer.evaluate()[0] < 0.9 * spoiled


@pytest.mark.parametrize("kernels", [1, 8])
def test_one_to_eight_kernels_in_two_layers(photo, kernels):
    task = denoise(photo, kernels=kernels)
    assert [task.network.conv(i).filters for i in task.network.convs] == [kernels, 1]


def test_a_colour_picture_is_restored_in_colour(photo):
    colour = np.concatenate([photo, photo**2, 1 - photo], axis=2)
    task = denoise(colour, kernels=4)
    assert np.array_equal(task.after, colour)
    assert task.before.shape == colour.shape
    trainer = task.trainer(task.network, task.setup)
    for _ in range(1000):
        trainer.step()
    spoiled = float(np.mean((task.inputs - task.targets) ** 2))
    assert trainer.evaluate()[0] < 0.9 * spoiled


@pytest.mark.parametrize("kernels", [0, 9])
def test_other_numbers_are_refused(photo, kernels):
    with pytest.raises(PlaygroundError, match="1 to 8"):
        denoise(photo, kernels=kernels)


@pytest.mark.parametrize("damage", ["noise", "blur"])
def test_damage_leaves_the_picture_it_was_given_alone(photo, damage):
    before = photo.copy()
    spoiled = damaged(photo, damage, 0.1, seed=0)
    assert np.array_equal(photo, before)
    assert spoiled.shape == photo.shape
    assert not np.array_equal(spoiled, photo)
    assert spoiled.min() >= 0
    assert spoiled.max() <= 1 + 1e-6
