"""What a task did to the picture is said, as long as it is so."""

import numpy as np
import pytest
from PIL import Image

from playground.core.pictures.picture import Picture
from playground.core.tasks.denoise import damaged
from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from tests.models.made_tasks import chosen


def choose(qtbot, bench, name, **settings):
    with qtbot.waitSignal(bench.training.task_changed, timeout=20_000):
        bench.training.choose(chosen(name, **settings))
    return bench.note.text


def test_without_a_task_nothing_is_said(bench):
    assert bench.note.text == ""


@pytest.mark.parametrize("strength", [0.1, 0.25])
def test_noise_is_said_to_have_been_added_and_how_much(qtbot, bench, strength):
    own = bench.document.picture.pixels
    text = choose(qtbot, bench, "denoise", strength=strength)
    assert text == (
        f"Noise of about ±{strength:.2g} was added to your picture: the network is to take it away."
    )
    grey = np.full((200, 200, 1), 0.5, np.float32)
    assert np.std(damaged(grey, "noise", strength, 0)) == pytest.approx(strength, rel=0.1)
    assert not np.array_equal(bench.document.picture.pixels, own)


@pytest.mark.parametrize(("strength", "sigma"), [(0.1, "1"), (0.25, "2.5")])
def test_blur_is_said_to_have_been_made_and_how_wide(qtbot, bench, strength, sigma):
    text = choose(qtbot, bench, "deblur", strength=strength)
    assert text == (
        f"Your picture was blurred (σ = {sigma} px): the network is to sharpen it again."
    )
    line = np.zeros((41, 41, 1), np.float32)
    line[:, 20] = 1
    spread = damaged(line, "blur", strength, 0)[20, :, 0].astype(np.float64)
    places = np.arange(41) - 20
    measured = np.sqrt(np.sum(spread * places**2) / spread.sum())
    assert measured == pytest.approx(float(sigma), rel=0.06)


def test_a_picture_to_copy_a_kernel_on_is_left_as_it_was(qtbot, bench):
    own = bench.document.picture
    text = choose(qtbot, bench, "copy", goal=preset_goal("sobel_x", 1))
    assert text.startswith("Nothing was done to your picture: the network is to find the kernel")
    assert bench.document.picture is own
    assert bench.note.shorter == text


def test_an_example_stands_in_place_of_the_picture(qtbot, bench, lines):
    task = lines.task
    name = task.class_names[task.validation[1][0]]
    assert bench.note.text == f"Class “{name}”: an example for checking, in place of your picture."
    assert bench.note.shorter == f"Class “{name}”: an example for checking."
    bench.classes.make_input(2)
    name = task.class_names[task.validation[1][2]]
    assert bench.note.text == f"Class “{name}”: an example for checking."
    text = choose(qtbot, bench, "denoise")
    assert text.startswith("Noise of about"), "to the example that was made the picture"
    assert bench.note.shorter == text


def test_a_patchs_example_is_one_that_is_learned_from(qtbot, bench, lines):
    bench.patches.set_watched(True)
    qtbot.waitUntil(lambda: bench.patches.answer is not None)
    name = bench.patches.answer.class_name(bench.patches.answer.patches[0])
    bench.patches.point_at(0)
    assert bench.note.text == f"Class “{name}”: an example to learn from."


def test_a_picture_put_in_by_hand_is_said_to_be_as_it_was(bench, lines):
    document = bench.document
    pixels = np.random.default_rng(1).random((30, 30, 1), np.float32)
    document.change_picture("Open", Picture(pixels, "other", (30, 30)), document.conv)
    assert bench.note.text == "Nothing was done to your picture."
    document.undo_stack.undo()
    assert bench.note.text.endswith("in place of your picture.")


def test_a_picture_of_other_colours_than_the_examples_is_said_to_be_turned(
    qtbot, bench, lines, photo
):
    bench.sources.open_file(photo)
    with qtbot.waitSignal(bench.loading.opened):
        pass
    bench.loading.set_colour("rgb")
    qtbot.waitUntil(lambda: bench.document.picture.channels == 3)
    lines.reset()
    assert bench.document.picture.channels == 1
    assert bench.note.text == "Your picture is shown in grey, as the examples are."


def test_a_grey_picture_among_examples_in_colour_is_said_to_be_turned(qtbot, bench, tmp_path):
    for name in ("red", "blue"):
        folder = tmp_path / name
        folder.mkdir()
        for number in range(6):
            Image.new("RGB", (40, 40 + number), name).save(folder / f"{number}.png")
    choose(qtbot, bench, "own", folder=tmp_path, colour=True)
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample()
    bench.loading.set_colour("grey")
    qtbot.waitUntil(lambda: bench.document.picture.channels == 1)
    bench.training.reset()
    assert bench.document.picture.channels == 3
    assert bench.note.text == "Your picture is shown in three channels, as the examples are."


def test_of_a_pair_the_first_is_shown(qtbot, bench, tmp_path):
    rng = np.random.default_rng(0)
    for name in ("before", "after"):
        Image.fromarray(rng.integers(0, 255, (30, 40), dtype=np.uint8)).save(
            tmp_path / f"{name}.png"
        )
    kind = type(chosen("which"))
    choice = kind.of(tmp_path / "before.png", tmp_path / "after.png", 3)
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(choice)
    assert bench.note.text == "The first picture of the pair stands in place of yours."
    bench.patches.set_watched(True)
    qtbot.waitUntil(lambda: bench.patches.answer is not None)
    bench.patches.point_at(0)
    assert bench.note.text == "An example to learn from."
    alone = Workbench()
    with qtbot.waitSignal(alone.training.task_changed):
        alone.training.choose(choice)
    assert alone.note.text == "This is the first picture of the pair."
    alone.close()


def test_undo_takes_the_sentence_back_and_a_step_leaves_it(qtbot, bench, lines, steps):
    said = []
    bench.note.changed.connect(said.append)
    before = bench.note.text
    steps(lines, 2)
    assert (said, bench.note.text) == ([], before)
    while bench.document.session.task is not None:
        bench.document.undo_stack.undo()
    assert said == [""]


def test_while_a_stroke_is_drawn_nothing_is_said_of_noise(qtbot, bench, training):
    bench.pad.show()
    choose(qtbot, bench, "denoise")
    assert bench.note.text.startswith("Noise of about")
    bench.pad.press(4.0, 4.0)
    bench.pad.drag(20.0, 22.0)
    assert bench.note.text == ""
    with qtbot.waitSignal(training.task_changed):
        bench.pad.release()
    assert bench.note.text.startswith("Noise of about")
