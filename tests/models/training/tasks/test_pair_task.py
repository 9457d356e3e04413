"""Which filter did this: the two files become a task, and the first of them the input."""

import numpy as np
import pytest
from PIL import Image

from playground.models.training.tasks.task_choices import PairChoice
from tests.core.pair_fit.pairs import BOX, filtered, image, photo, pixels


@pytest.fixture
def pair(tmp_path):
    """Save a picture and what a box blur makes of it, and give both paths."""

    def save(mode, kept="RGB"):
        before = photo("coffee.jpg", mode).crop((0, 0, 120, 90))
        after = image(filtered(pixels(before), BOX))
        paths = tmp_path / "before.png", tmp_path / "after.png"
        for picture, path in zip((before, after), paths, strict=True):
            picture.convert(kept).save(path)
        return paths

    return save


def choose(qtbot, training, paths, size=3):
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(PairChoice.of(*paths, size))


def test_the_input_becomes_the_picture_before_the_filter_as_one_undo_step(
    qtbot, bench, training, pair
):
    document, own = bench.document, bench.document.picture
    before, after = pair("RGB")
    choose(qtbot, training, (before, after))
    assert document.picture.name == "before.png"
    assert np.array_equal(document.picture.pixels, pixels(Image.open(before)))
    assert document.conv.kernel.shape == (3, 3, 3, 3)
    assert document.conv.names == ("red", "green", "blue")
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.picture is own
    assert document.conv.channels == 1
    document.undo_stack.redo()
    assert document.picture.name == "before.png"


def test_the_next_task_is_made_from_the_learners_own_picture(qtbot, bench, training, pair):
    own = bench.document.picture
    choose(qtbot, training, pair("RGB"))
    assert bench.document.session.clean is own


def test_without_a_picture_the_first_of_the_pair_is_the_input(qtbot, pair):
    from playground.models.workbench import Workbench

    workbench = Workbench()
    choose(qtbot, workbench.training, pair("RGB"))
    assert workbench.document.picture.name == "before.png"
    workbench.close()


@pytest.mark.parametrize("kept", ["L", "RGB", "P"])
def test_pictures_without_colours_are_compared_in_grey_however_they_are_kept(
    qtbot, bench, training, pair, kept
):
    choose(qtbot, training, pair("L", kept))
    assert bench.document.picture.colour == "grey"
    assert bench.document.conv.kernel.shape == (3, 3, 1, 1)
    assert training.task.fit.verdict == "linear"


def test_the_task_knows_what_the_best_kernel_does(qtbot, training, pair):
    choose(qtbot, training, pair("RGB"))
    fit = training.task.fit
    assert (fit.verdict, fit.remainder) == ("linear", "rounding")
    # coffee.jpg hardly tells its colours' fine detail apart.
    assert fit.kernel.sum(axis=2) == pytest.approx(np.stack([BOX] * 3, axis=2), abs=0.05)


def test_it_learns(qtbot, bench, training, pair, steps):
    choose(qtbot, training, pair("RGB"))
    start = bench.document.conv.kernel
    steps(training, 2)
    assert not np.array_equal(bench.document.conv.kernel, start)
