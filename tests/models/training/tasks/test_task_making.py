"""Tasks are made ready beside the window; whatever happens meanwhile, the newest choice counts."""

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.tasks import CopyTask
from playground.files.pictures.images import load_picture
from playground.files.pictures.sources import FileSource
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen, made_ready


@pytest.mark.parametrize("name", ["lines", "denoise"])
def test_a_picture_opened_while_a_task_is_made_ready_stays(qtbot, bench, training, photo, name):
    training.choose(chosen(name))
    document, late = bench.document, load_picture(FileSource(photo), 512, "grey")
    document.change_picture("Open", late, document.conv)
    qtbot.waitUntil(lambda: training.task is not None, timeout=20_000)
    assert document.session.clean is late
    if name == "denoise":
        assert training.task.after.shape == late.pixels.shape


def test_what_is_made_ready_while_the_window_closes_is_not_taken(bench, copying, steps):
    steps(copying, 1)
    before = copying.task
    made, _ = chosen("lines").make(None)
    bench.layers.close()
    bench.close()
    copying.making.made.emit(made_ready(made, None))
    assert copying.task is before
    copying.progressed.emit(copying.frame)  # a late frame plans nothing, or it would be left


def test_of_two_quick_choices_the_second_is_taken(qtbot, training):
    taken = []
    training.task_changed.connect(lambda task: taken.append(task.name))
    training.choose(chosen("lines"))
    training.choose(chosen("shapes"))
    qtbot.waitUntil(lambda: bool(taken))
    training.choose(chosen("copy", goal=preset_goal("sobel_x", 1)))
    qtbot.waitUntil(lambda: len(taken) == 2)
    assert taken[0] == "Shapes"
    assert "Copy" in taken[1]


def test_a_choice_that_is_refused_is_forgotten_and_stops_nothing(qtbot, tmp_path, bench, copying):
    copying.change_setup(epochs=1000, learning_rate=1e-5)
    copying.play()
    qtbot.waitUntil(lambda: copying.frame.step > 2)
    with qtbot.waitSignal(bench.document.problem):
        copying.choose(chosen("own", folder=tmp_path))
    assert copying.running
    task = copying.task
    pixels = np.random.default_rng(1).random((40, 50, 1), np.float32)
    assert copying.take_picture("Open", Picture(pixels, "other", (50, 40)))
    with qtbot.waitSignal(copying.task_changed):
        pass
    assert copying.task is not task
    assert isinstance(copying.task, CopyTask)
