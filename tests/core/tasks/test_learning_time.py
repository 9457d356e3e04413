"""How long a kernel takes to be learned is known before the first step."""

import numpy as np
import pytest
from PIL import Image

from playground.core.presets import build_preset
from playground.core.specs import Conv2DSpec
from playground.core.tasks import copy_filter, filter_between
from playground.core.tasks.copy_filter import FOUND
from playground.core.tasks.learning_time import pace_and_epochs, steps_to
from playground.core.training.training_setup import TrainingSetup
from playground.files.assets import asset_path

SETUP = TrainingSetup(optimizer="momentum", learning_rate=0.1, momentum=0.9)


def picture(name="chelsea.png"):
    grey = Image.open(asset_path("samples", name)).convert("L")
    return np.asarray(grey, np.float32)[..., np.newaxis] / 255


def copying(key, name="chelsea.png"):
    kernel = np.asarray(build_preset(key), np.float32)[:, :, np.newaxis, np.newaxis]
    return copy_filter(picture(name), Conv2DSpec(kernel, np.zeros(1, np.float32), ("goal",)))


def learned(task, *parts):
    """Steps until the kernel is so near, for each of `parts`, from the largest on."""
    trainer, taken = task.trainer(task.network, task.setup), []
    for part in parts:
        while task.distance(trainer.network.weights) >= part:
            trainer.step()
        taken.append(trainer.steps)
    return taken


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("sobel_x", "chelsea.png"),
        ("sharpen", "coffee.jpg"),
        ("laplacian_of_gaussian", "chelsea.png"),
        ("roberts_down", "brick.png"),
    ],
)
def test_a_class_can_follow_and_the_kernel_is_found_within_the_plan(key, name):
    task = copying(key, name)
    seen, found = learned(task, 0.02, FOUND)
    assert 9 < seen / task.pace < 16
    assert found / task.pace < 35
    each = task.steps_per_epoch(task.setup.batch_size)
    assert found < task.setup.epochs * each
    assert task.setup.epochs <= max(100, 6 * found / each), "and not long after"


def test_what_takes_too_many_steps_to_be_followed_goes_as_fast_as_can_be():
    task = copying("motion_blur", "brick.png")
    assert task.pace is None
    assert task.setup.epochs == 5000


def test_a_filter_between_two_pictures_has_a_pace_too():
    before = picture()
    task = filter_between(before, 1 - before, size=3)
    assert 1 <= task.pace <= 1000


@pytest.mark.parametrize("within", [0.3, 0.02, 0.001])
def test_the_steps_are_those_that_the_formula_takes(within):
    moments, start, goal = np.diag([1.0, 0.2, 0.5]), np.zeros((3, 1)), np.ones((3, 1))
    weights = before = start
    taken = 0
    while np.abs(weights - goal).max() > within:
        slope = 2 * moments @ (weights - goal)
        weights, before = weights - 0.1 * slope + 0.9 * (weights - before), weights
        taken += 1
    assert taken <= steps_to(within, moments, SETUP, start, goal) <= max(taken + 1, 1.3 * taken)


def test_from_the_goal_it_takes_a_step_and_without_contrast_for_ever():
    goal = np.ones((2, 1))
    assert steps_to(0.01, np.eye(2), SETUP, goal, goal) == 1
    assert steps_to(0.01, np.zeros((2, 2)), SETUP, 0 * goal, goal) is None
    assert pace_and_epochs(np.zeros((2, 2)), SETUP, 0 * goal, goal, 32) == (None, 5000)


def test_more_kernels_share_the_loss_and_take_longer():
    moments, start, goal = np.eye(2), np.zeros((2, 3)), np.ones((2, 3))
    setup = TrainingSetup(optimizer="momentum", learning_rate=0.01, momentum=0.5)
    alone = steps_to(0.01, moments, setup, start[:, :1], goal[:, :1])
    assert 2.5 < steps_to(0.01, moments, setup, start, goal) / alone < 3.5
