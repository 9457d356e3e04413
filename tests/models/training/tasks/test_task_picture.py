"""The picture that is looked at has the colours that the task learns from."""

import numpy as np
import pytest
from PIL import Image

from playground.core.pictures.picture import Picture
from playground.core.specs import Conv2DSpec
from playground.files.pictures.images import load_picture
from playground.files.pictures.sources import FileSource
from tests.models.made_tasks import chosen


def test_an_rgb_picture_is_shown_in_grey_for_a_task_in_grey(qtbot, bench, training):
    pixels = np.random.default_rng(1).random((30, 30, 3), np.float32)
    picture = Picture(pixels, "colours", (30, 30), colour="rgb")
    kernel = np.zeros((3, 3, 3, 1), np.float32)
    conv = Conv2DSpec(kernel, np.zeros(1), ("one",))
    bench.document.change_picture("Colours", picture, conv)
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen("lines"))
    assert bench.document.picture.channels == 1


@pytest.mark.parametrize("name", ["denoise", "deblur"])
def test_an_rgb_picture_is_spoiled_and_restored_in_rgb(qtbot, bench, training, name):
    pixels = np.random.default_rng(1).random((30, 30, 3), np.float32)
    picture = Picture(pixels, "colours", (30, 30), colour="rgb")
    conv = Conv2DSpec(np.zeros((3, 3, 3, 1), np.float32), np.zeros(1), ("one",))
    bench.document.change_picture("Colours", picture, conv)
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen(name))
    assert bench.document.picture.colour == "rgb"
    assert np.array_equal(bench.document.picture.pixels, training.task.before)
    assert np.array_equal(training.task.after, pixels)
    assert not np.array_equal(training.task.before, pixels)


def a_folder_of_colours(tmp_path):
    for name, colour in (("red", (250, 10, 10)), ("blue", (10, 10, 250))):
        folder = tmp_path / "classes" / name
        folder.mkdir(parents=True)
        for number in range(5):
            Image.new("RGB", (40, 40 + number), colour).save(folder / f"{number}.png")
    return chosen("own", folder=tmp_path / "classes", colour=True)


def test_a_task_in_colour_shows_the_colours_of_a_photo_seen_in_grey(
    qtbot, bench, training, photo, tmp_path
):
    with qtbot.waitSignal(bench.loading.opened):
        bench.loading.open(FileSource(photo))
    grey = bench.document.picture
    assert grey.colour == "grey"
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(a_folder_of_colours(tmp_path))
    shown = bench.document.picture
    assert np.array_equal(shown.pixels, load_picture(FileSource(photo), 512, "rgb").pixels)
    bench.document.undo_stack.undo()
    assert bench.document.picture is grey


def test_a_photo_that_is_gone_is_shown_in_its_grey(qtbot, bench, training, photo, tmp_path):
    with qtbot.waitSignal(bench.loading.opened):
        bench.loading.open(FileSource(photo))
    grey = bench.document.picture
    photo.unlink()
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(a_folder_of_colours(tmp_path))
    assert np.array_equal(bench.document.picture.pixels, np.repeat(grey.pixels, 3, axis=2))
