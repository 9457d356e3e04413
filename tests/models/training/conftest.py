"""A workbench with a small picture, and a task that is quick to learn."""

import numpy as np
import pytest
from PIL import Image

from playground.core.pictures.picture import Picture
from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from tests.models.made_tasks import chosen


@pytest.fixture
def bench(qtbot):
    workbench = Workbench()
    pixels = np.random.default_rng(0).random((40, 50, 1), np.float32)
    picture = Picture(pixels, "noise", (50, 40))
    workbench.document.change_picture("Noise", picture, workbench.document.conv)
    workbench.document.undo_stack.clear()
    yield workbench
    workbench.close()


@pytest.fixture
def training(bench):
    return bench.training


@pytest.fixture
def copying(qtbot, training):
    """Sobel x is to be copied, as fast as can be: it is found at once, unless the rate is tiny."""
    with qtbot.waitSignal(training.pace_changed):
        training.choose(chosen("copy", goal=preset_goal("sobel_x", 1)))
    training.set_pace(None)
    return training


@pytest.fixture
def lines(qtbot, training):
    """Lines are to be told apart."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    return training


@pytest.fixture
def steps(qtbot):
    """Train until so many steps are done, and wait for the pause."""

    def go(training, count):
        for _ in range(count):
            goal = 1 + (0 if training.run is None else training.run.steps)
            training.step_once()
            qtbot.waitUntil(
                lambda goal=goal: (
                    training.frame is not None
                    and training.frame.step >= goal
                    and not training.running
                )
            )

    return go


@pytest.fixture
def classes(bench):
    return bench.classes


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.png"
    colours = np.random.default_rng(2).integers(0, 256, (20, 30, 3), np.uint8)
    Image.fromarray(colours).save(path)
    return path
