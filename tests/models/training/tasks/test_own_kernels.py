"""What was the learner's own before a task began comes back whole, whatever was done since."""

import numpy as np
import pytest

from playground.core.kernels import bank
from playground.core.kernels.kernel_ops import to_channels
from playground.core.pictures.picture import Picture
from playground.core.specs import Conv2DSpec
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen
from tests.models.training.conftest import bench, copying, steps, training

__all__ = ["bench", "copying", "steps", "training"]


@pytest.fixture
def own(bench):
    """A network of the learner's own: a weight was changed and a kernel frozen."""
    document = bench.document
    document.change_conv("Set", bank.set_weights(document.conv, {(1, 1, 0, 2): 4.5}))
    bench.training.freezing.set_kernel(0, 2, True)
    return document.network


def begin(qtbot, training, name, **settings):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen(name, **settings))


def is_own(bench, own):
    return bench.document.network is own and bench.training.task is None


def test_there_is_nothing_to_bring_back_before_a_task(bench):
    assert not bench.own_kernels.there
    before = bench.document.session
    bench.own_kernels.bring_back()
    assert bench.document.session is before


def test_one_step_brings_them_back_with_what_was_frozen(qtbot, bench, training, own, steps):
    picture, frozen = bench.document.picture, bench.document.session.frozen
    begin(qtbot, training, "copy", goal=preset_goal("sobel_x", 1))
    with qtbot.waitSignal(bench.own_kernels.changed, check_params_cb=lambda there: not there):
        steps(training, 3)
        bench.own_kernels.bring_back()
    assert is_own(bench, own)
    assert bench.document.picture is picture
    assert bench.document.session.frozen == frozen
    assert training.freezing.is_frozen(0, 2)
    assert not bench.own_kernels.there
    assert not training.running


def test_it_is_one_entry_and_undone_the_learned_is_there_again(qtbot, bench, own, copying, steps):
    steps(copying, 3)
    learned = bench.document.network.conv().kernel
    stack = bench.document.undo_stack
    bench.document.settle()
    count = stack.index()
    bench.own_kernels.bring_back()
    assert (stack.index(), stack.undoText()) == (count + 1, "My own kernels")
    stack.undo()
    assert np.array_equal(bench.document.network.conv().kernel, learned)
    assert (copying.task, copying.frame.step) == (copying.run.task, 3)
    assert bench.own_kernels.there


def test_further_tasks_and_edits_in_them_leave_them_as_they_were(qtbot, bench, training, own):
    for name, settings in (
        ("lines", {}),
        ("copy", {"goal": preset_goal("sobel_x", 1)}),
        ("denoise", {"kernels": 2}),
    ):
        begin(qtbot, training, name, **settings)
        conv = bench.document.conv
        bench.document.change_conv("Set", bank.set_weights(conv, {(0, 0, 0, 0): 9.0}))
    training.reset(new_seed=True)
    bench.own_kernels.bring_back()
    assert is_own(bench, own)


def test_they_outlast_all_that_undo_holds(monkeypatch, bench, own, copying):
    monkeypatch.setattr("playground.models.state.undo.UNDO_LIMIT", 3)
    for value in range(6):
        conv = bench.document.conv
        bench.document.change_conv("Set", bank.set_weights(conv, {(0, 0, 0, 0): float(value)}))
    while bench.document.undo_stack.canUndo():
        bench.document.undo_stack.undo()
    assert copying.task is not None
    bench.own_kernels.bring_back()
    assert is_own(bench, own)


def test_what_is_begun_from_them_sets_aside_what_they_are_by_then(qtbot, bench, own, copying):
    bench.own_kernels.bring_back()
    document = bench.document
    document.change_conv("Set", bank.set_weights(document.conv, {(0, 0, 0, 0): 7.0}))
    changed = document.network
    begin(qtbot, copying, "lines")
    bench.own_kernels.bring_back()
    assert is_own(bench, changed)


def test_beginning_a_task_is_undone_in_one_step(qtbot, bench, own, training):
    before = bench.document.session
    begin(qtbot, training, "lines")
    bench.document.undo_stack.undo()
    assert bench.document.session is before
    assert not bench.own_kernels.there
    bench.document.undo_stack.redo()
    assert bench.own_kernels.there


def test_a_second_task_is_undone_in_one_step_too(qtbot, bench, own, copying, steps):
    steps(copying, 2)
    first, kernel = copying.task, bench.document.conv.kernel
    begin(qtbot, copying, "lines")
    bench.document.undo_stack.undo()
    assert copying.task is first
    assert np.array_equal(bench.document.conv.kernel, kernel)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_picture_that_is_open_by_then_fits_them(bench, own, copying, channels):
    pixels = np.random.default_rng(1).random((30, 20, channels), np.float32)
    colour = "grey" if channels == 1 else "rgb"
    other = Picture(pixels, "other", (20, 30), colour=colour)
    document = bench.document
    conv = document.conv
    fitting = Conv2DSpec(to_channels(conv.kernel, channels), conv.bias, conv.names)
    document.change_picture("Other", other, fitting)
    bench.own_kernels.bring_back()
    assert is_own(bench, own)
    assert document.picture.name == "other"
    assert document.picture.channels == 1
    assert document.session.clean is other
