"""Training and the document: the numbers of one are the numbers of the other."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.specs import ActivationSpec, Conv2DSpec
from playground.models.training.tasks.task_picture import in_channels
from tests.models.made_tasks import chosen


def kernel_of(training):
    return training.network.conv().kernel


def wait_for_pause(qtbot, training):
    qtbot.waitUntil(lambda: not training.running)


def test_a_task_brings_its_network_as_one_undo_step(bench, copying):
    stack = bench.document.undo_stack
    assert bench.document.network.conv().filters == 1
    assert stack.undoText() == "Task: Copy a filter"
    stack.undo()
    assert bench.document.network.conv().filters == 12


def test_a_step_changes_the_documents_kernel_to_that_of_the_run(copying, steps):
    before = kernel_of(copying)
    steps(copying, 1)
    assert not np.array_equal(kernel_of(copying), before)
    assert np.array_equal(kernel_of(copying), copying.run.weights[0])


def test_playing_learns_the_hidden_kernel(qtbot, copying):
    copying.play()
    assert copying.running
    goal = copying.task.goal.kernel
    qtbot.waitUntil(lambda: np.abs(kernel_of(copying) - goal).max() < 0.01, timeout=10_000)
    copying.pause()
    wait_for_pause(qtbot, copying)


def test_all_steps_of_one_play_are_one_undo_step(qtbot, bench, copying):
    stack = bench.document.undo_stack
    before, count = bench.document.network, stack.count()
    copying.play()
    qtbot.waitUntil(lambda: copying.frame is not None and copying.frame.step > 50)
    copying.pause()
    wait_for_pause(qtbot, copying)
    assert stack.count() == count + 1
    stack.undo()
    assert bench.document.network == before


def test_the_same_seed_is_the_same_run_bit_for_bit(qtbot, copying, steps):
    steps(copying, 5)
    first = kernel_of(copying)
    copying.reset()
    steps(copying, 5)
    assert np.array_equal(kernel_of(copying), first)
    copying.reset(new_seed=True)
    steps(copying, 5)
    assert not np.array_equal(kernel_of(copying), first)


def test_a_weight_changed_by_hand_goes_into_the_run(qtbot, bench, copying, steps):
    copying.change_setup(learning_rate=1e-4)
    steps(copying, 2)
    conv = bench.document.conv
    changed = conv.kernel.copy()
    changed[0, 0, 0, 0] = 7
    bench.document.change_conv("By hand", replace(conv, kernel=changed))
    steps(copying, 1)
    assert kernel_of(copying)[0, 0, 0, 0] == pytest.approx(7, abs=0.5)
    assert copying.run.steps == 3


def test_another_shape_of_network_begins_another_run(bench, copying, steps):
    steps(copying, 2)
    block = bench.document.block
    bench.document.change_block("ReLU", type(block)(block.conv, ActivationSpec("relu")))
    assert copying.run is None
    steps(copying, 1)
    assert copying.run.steps == 1


def test_a_network_that_does_not_fit_says_why_and_does_not_train(qtbot, bench, lines):
    conv = bench.document.conv
    kernel = np.repeat(conv.kernel, 3, axis=2)
    picture = in_channels(bench.document.picture, 3)
    bench.document.change_picture("RGB", picture, Conv2DSpec(kernel, conv.bias, conv.names))
    with qtbot.waitSignal(lines.halted) as halted:
        lines.play()
    assert "3 input channels" in halted.args[0]
    assert not lines.running


def test_a_learning_rate_far_too_large_stops_with_finite_weights_and_a_sentence(qtbot, copying):
    copying.change_setup(learning_rate=1e9)
    with qtbot.waitSignal(copying.halted, check_params_cb=bool) as halted:
        copying.play()
    assert "learning rate" in halted.args[0]
    assert np.isfinite(kernel_of(copying)).all()
    assert not copying.running


def test_the_learning_rate_can_be_changed_while_it_learns(qtbot, copying, steps):
    steps(copying, 1)
    copying.change_setup(learning_rate=0.0)
    before = kernel_of(copying)
    copying.change_setup(momentum=0.0)
    steps(copying, 3)
    assert np.array_equal(kernel_of(copying), before)


def test_a_frozen_kernel_keeps_its_weights(qtbot, training, steps):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise", kernels=3))
    training.freezing.set_kernel(0, 1, True)
    before = training.network.conv().kernel
    steps(training, 2)
    after = training.network.conv().kernel
    assert np.array_equal(after[..., 1], before[..., 1])
    assert not np.array_equal(after[..., 0], before[..., 0])


def test_slow_training_keeps_its_pace(qtbot, copying):
    copying.set_pace(20.0)
    copying.play()
    qtbot.waitUntil(lambda: copying.frame is not None and copying.frame.step >= 4)
    assert copying.run.steps < 40
    copying.pause()
    wait_for_pause(qtbot, copying)


def test_the_curves_in_the_window_are_those_of_the_run(qtbot, copying):
    copying.play()
    qtbot.waitUntil(lambda: copying.frame is not None and copying.frame.step > 200)
    copying.pause()
    wait_for_pause(qtbot, copying)
    run = copying.run
    assert np.array_equal(copying.curves.loss.since(0), run.curves.loss.since(0))
    assert len(copying.curves.loss) == run.steps


def test_the_gradients_of_a_frame_are_those_of_its_weights_for_the_batch_to_come(copying, steps):
    steps(copying, 3)
    trainer = copying.task.trainer(copying.network, copying.setup)
    trainer.return_to(copying.frame.moment)
    trainer.propagate(trainer.batch())
    assert np.array_equal(copying.frame.gradients, trainer.network.gradients)


def test_closing_in_the_middle_of_a_run_leaves_nothing_running(bench, copying):
    copying.play()
    bench.close()
    assert not copying._thread.isRunning()
