"""The page that compares what is to come out with what does."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.specs import ActivationSpec, Conv2DSpec, NetworkSpec
from playground.core.tasks import comparison
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.training.tasks.task_choices import kernel_goal, preset_goal
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.pages.target_page import TargetPage
from tests.models.made_tasks import chosen
from tests.views.train.hands import click, paused, reached, says_step


@pytest.fixture
def page(window):
    return window.train.pages.target


def says(qtbot, page, *words):
    qtbot.waitUntil(lambda: all(word in page.verdict.text() for word in words))


def put(window, *layers):
    window.bench.document.change_network("Other layers", NetworkSpec(layers))


def identity(count=1):
    kernel = np.zeros((3, 3, 1, count))
    kernel[1, 1] = 1
    return Conv2DSpec(kernel, np.zeros(count), ("k",) * count)


def test_a_kernel_of_another_size_is_not_compared_and_it_is_said_why(qtbot, window, copying, page):
    says(qtbot, page, "between the two kernels")
    assert page.prediction.values is not None
    KernelEdits(window.bench.document).resize_bank(7, 5)
    assert page.prediction.values is page.target.values is None
    says(qtbot, page, "The target was made by a kernel of 3 × 3")
    assert page.prediction.values is None
    assert page.target.values is not None
    window.bench.document.undo_stack.undo()
    says(qtbot, page, "between the two kernels")
    assert page.prediction.values is not None


def test_a_long_verdict_leaves_the_pictures_their_room(qtbot, window, copying, page):
    """What does not fit is shortened, and whole under the pointer; more is said in more room."""
    says(qtbot, page, "between the two kernels")
    page.verdict.setText("a long sentence " * 40)
    page.setParent(None)
    qtbot.addWidget(page)
    page.show()
    heights = []
    for height in range(100, 300, 14):
        page.resize(480, height)
        page.layout().activate()
        assert page.target.geometry().bottom() < page.verdict.y()
        assert page.verdict.geometry().bottom() < page.height()
        heights.append(page.verdict.height())
        # No line is cut through: the hint has two pixels to spare.
        assert heights[-1] >= page.verdict.sizeHint().height() - 2
    assert heights[0] < heights[-1]
    assert page.minimumSizeHint().height() <= 100, "no more room is asked for than before"


def test_whatever_the_layers_are_what_is_said_is_true(qtbot, window, copying, page):
    same, other = "between the two kernels", "but the target is"
    for layers, words in (
        ((replace(identity(), dilation=2),), other),
        ((replace(identity(), stride=2),), other),
        ((identity(2),), other),
        ((Conv2DSpec(np.full((1, 1, 1, 1), 2.0), np.zeros(1), ("k",)),), other),
        ((identity(), ActivationSpec("relu")), same),
        ((identity(2), ActivationSpec("relu")), other),
    ):
        put(window, *layers)
        assert page.verdict.text() == ""
        says(qtbot, page, words)
        assert (page.prediction.values is None) == (words == other)


def test_kernels_of_other_shapes_are_not_compared_where_the_outputs_can_be(
    qtbot,
    window,
    copying,
    page,
):
    join = Conv2DSpec(np.full((1, 1, 2, 1), 0.5), np.zeros(1), ("k",))
    put(window, identity(2), join)
    # The mean of two copies is the picture; what it is off by is taken from the page.
    task = copying.task
    off = task.before[1:-1, 1:-1] - task.after
    rms = f"differ by {np.sqrt(np.mean(np.float64(off) ** 2)):.4f} (root"
    says(qtbot, page, "hidden kernel is 3 × 3 × 1 × 1", "first layer are 3 × 3 × 1 × 2", rms)


def test_of_a_large_picture_it_is_said_that_the_middle_is_compared(
    qtbot,
    monkeypatch,
    window,
    copying,
    page,
):
    says(qtbot, page, "between the two kernels")
    assert "In the middle" not in page.verdict.text()
    monkeypatch.setattr(comparison, "SIDE", 16)
    put(window, identity())
    says(qtbot, page, "(In the middle 16 × 16 pixels.)")
    assert page.target.values.shape == (16, 16)


def test_a_small_difference_is_not_said_to_be_none(qtbot, window, copying, page):
    document, goal = window.bench.document, copying.task.goal
    for off, words in ((0.0, "0.0000"), (1e-5, "< 0.0001"), (0.0123, "0.0123")):
        kernel = goal.kernel.copy()
        kernel[0, 1] += np.float32(off)
        document.change_conv("Edit", replace(document.conv, kernel=kernel))
        says(qtbot, page, f"between the two kernels: {words}")


def test_relu_is_part_of_what_the_network_makes(qtbot, window, copying, page):
    put(window, replace(identity(), kernel=-identity().kernel), ActivationSpec("relu"))
    says(qtbot, page, "between the two kernels")
    assert np.array_equal(page.prediction.values, np.zeros_like(page.prediction.values))


def test_kernels_of_a_colour_picture_are_shown_channel_by_channel(qtbot, window, training, page):
    document = window.bench.document
    window.bench.loading.set_colour("rgb")
    qtbot.waitUntil(lambda: document.picture.channels == 3)
    opponent = np.zeros((3, 3, 3, 1), np.float32)
    opponent[1, 1] = [[1], [-1], [0]]
    goal = Conv2DSpec(opponent, np.zeros(1, np.float32), ("red − green",))
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("copy", goal=kernel_goal(goal, 0)))
    says(qtbot, page, "between the two kernels")
    assert np.array_equal(page.goal.values[0, :, 1, 1], [1, -1, 0])
    assert page.learner.values.shape == (1, 3, 3, 3)


def test_a_task_made_anew_from_another_picture_or_colour_is_compared_anew(qtbot, window, page):
    training = window.bench.training
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise"))
    says(qtbot, page, "grey levels")
    click(window.train.run_controls.play)
    reached(qtbot, training, 3)
    with qtbot.waitSignal(training.task_changed):
        window.bench.loading.set_colour("rgb")
    assert page.target.values is None
    says(qtbot, page, "grey levels")
    with qtbot.waitSignal(training.task_changed):
        pixels = np.random.default_rng(0).random((70, 90, 1), np.float32)
        training.take_picture("Other", Picture(pixels, "other", (90, 70)))
    assert page.target.values is None
    says(qtbot, page, "grey levels")
    assert page.target.values.shape == (70, 90)


def test_whether_a_restored_picture_is_better_is_said(qtbot, window, training, page):
    # Half grey, spoiled by noise: a little less contrast about grey brings it nearer.
    pixels = np.full((40, 40, 1), 0.5, np.float32)
    window.bench.document.change_picture("Grey", Picture(pixels, "grey", (40, 40)), identity())
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise"))
    conv = identity()
    for factor, bias, words in (
        (1.0, 0.0, "no better and no worse."),
        (0.0, 0.0, "worse than before."),
        (0.97, 0.015, "better."),
    ):
        put(window, replace(conv, kernel=conv.kernel * factor, bias=np.full(1, bias)))
        says(qtbot, page, "Error of the spoiled picture", f": {words}")


def test_it_names_the_step_and_goes_with_it(qtbot, window, copying, page):
    for step in (1, 2, 3):
        click(window.train.run_controls.step)
        reached(qtbot, copying, step)
        paused(qtbot, copying)
    says_step(qtbot, page, copying)
    before = page.prediction.values
    window.bench.timeline.show(1)
    assert page.prediction.values is None
    assert page.verdict.text() == ""
    says(qtbot, page, "step 1 · ")
    assert not np.array_equal(page.prediction.values, before)


def test_a_network_beyond_all_numbers_is_said_to_be_so(qtbot):
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    page = TargetPage(bench.target, theming)
    qtbot.addWidget(page)
    pixels = np.ones((40, 40, 1), np.float32)
    document, goal = bench.document, preset_goal("sobel_x", 1)
    document.change_picture("White", Picture(pixels, "white", (40, 40)), document.conv)
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(chosen("copy", goal=goal))
    page.show()
    huge = replace(document.conv, kernel=np.full_like(document.conv.kernel, 3e38))
    document.change_conv("Far", huge)
    says(qtbot, page, "not finite numbers")
    assert page.prediction.values is None
    page.grab()
    bench.close()
