"""The picture that is looked at has the colours that the task learns from."""

import numpy as np
import pytest
from PIL import Image

from playground.core.pictures.picture import Picture
from playground.core.specs import Conv2DSpec
from playground.files.pictures.sources import FileSource
from playground.models.training.tasks.task_picture import in_channels
from playground.models.workbench import Workbench
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


def test_a_task_from_a_folder_shows_one_of_its_checking_examples_in_its_colours(
    qtbot, bench, training, photo, tmp_path
):
    with qtbot.waitSignal(bench.loading.opened):
        bench.loading.open(FileSource(photo))
    grey = bench.document.picture
    assert grey.colour == "grey"
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(a_folder_of_colours(tmp_path))
    shown = bench.document.picture
    assert shown.colour == "rgb"
    assert np.array_equal(shown.pixels, training.task.validation[0][0])
    assert bench.document.session.clean is grey
    bench.document.undo_stack.undo()
    assert bench.document.picture is grey


def test_a_photo_that_is_gone_hinders_no_task_and_comes_back(
    qtbot, bench, training, photo, tmp_path
):
    with qtbot.waitSignal(bench.loading.opened):
        bench.loading.open(FileSource(photo))
    grey = bench.document.picture
    photo.unlink()
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(a_folder_of_colours(tmp_path))
    assert bench.document.picture is not grey
    bench.document.undo_stack.undo()
    assert bench.document.picture is grey


@pytest.mark.parametrize("name", ["digits", "clothes", "shapes", "lines"])
def test_a_task_with_classes_brings_a_checking_example_as_one_entry_of_undo(
    qtbot, bench, training, name
):
    document, own = bench.document, bench.document.picture
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen(name))
    task, shown = training.task, bench.document.picture
    assert np.array_equal(shown.pixels, task.validation[0][0])
    assert shown.source.checking
    assert shown.source.class_name == task.class_names[task.validation[1][0]]
    assert shown.working == own.working
    assert document.session.own is own
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.picture is own
    assert document.session.task is None
    document.undo_stack.redo()
    assert document.picture is shown


def test_without_a_picture_the_example_is_the_first_one(qtbot):
    bench = Workbench()
    with qtbot.waitSignal(bench.training.task_changed, timeout=20_000):
        bench.training.choose(chosen("lines"))
    assert bench.document.picture.source.checking
    assert bench.document.session.own is None
    bench.document.undo_stack.undo()
    assert bench.document.picture is None
    bench.close()


def test_the_task_after_one_with_classes_is_made_from_the_learners_own_picture(
    qtbot, bench, training, lines
):
    own = bench.document.session.own
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen("denoise"))
    assert np.array_equal(training.task.after, own.pixels)


def test_fresh_weights_leave_a_picture_opened_since(qtbot, bench, training, lines, photo):
    """In the channels of the task; the example does not come back by itself."""
    with qtbot.waitSignal(bench.loading.opened):
        bench.loading.open(FileSource(photo))
    bench.loading.set_colour("rgb")
    qtbot.waitUntil(lambda: bench.document.picture.channels == 3)
    opened = bench.document.picture
    training.reset()
    assert np.array_equal(bench.document.picture.pixels, in_channels(opened, 1).pixels)
    assert bench.document.session.own is opened


def test_what_is_drawn_takes_the_place_of_the_example(bench, lines):
    bench.pad.press(4.0, 4.0)
    bench.pad.drag(20.0, 22.0)
    bench.pad.release()
    assert bench.pad.active
    assert np.array_equal(bench.document.picture.pixels[..., 0], bench.pad.pixels)
    bench.document.undo_stack.undo()
    assert bench.document.picture.source.checking


def test_an_example_of_the_list_takes_the_place_of_the_first(bench, lines):
    bench.classes.make_input(3)
    shown, task = bench.document.picture, lines.task
    assert np.array_equal(shown.pixels, task.validation[0][3])
    assert shown.source.class_name == task.class_names[task.validation[1][3]]
    assert bench.document.session.own is None
