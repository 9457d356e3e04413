"""Any step of a run can be seen again, and gone on from."""

import numpy as np

from playground.core.kernels import bank
from playground.core.runs import run
from playground.core.runs.run import Curves
from playground.models.training.run.timeline import training_points
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen


def kernel_of(training):
    return training.network.conv().kernel


def test_an_earlier_step_shows_the_weights_it_had(bench, copying, steps):
    kernels = [kernel_of(copying)]
    for _ in range(6):
        steps(copying, 1)
        kernels.append(kernel_of(copying))
    for step in (0, 3, 5):
        bench.timeline.show(step)
        assert bench.timeline.step == step
        assert np.array_equal(kernel_of(copying), kernels[step])
    bench.timeline.show(6)
    assert bench.timeline.step is None
    assert np.array_equal(kernel_of(copying), kernels[6])


def test_looking_back_changes_nothing_in_the_run(bench, copying, steps):
    steps(copying, 4)
    newest = copying.run.weights
    bench.timeline.show(1)
    for shown, kept in zip(copying.run.weights, newest, strict=True):
        assert np.array_equal(shown, kept)


def test_going_on_from_there_repeats_what_came_after(qtbot, bench, copying, steps):
    steps(copying, 6)
    newest, losses = kernel_of(copying), copying.curves.loss.since(0)
    copying.set_pace(1.0)
    bench.timeline.show(3)
    bench.timeline.continue_from_here()
    assert copying.running
    copying.pause()
    qtbot.waitUntil(lambda: not copying.running)
    assert 3 <= copying.run.steps < 6
    copying.set_pace(None)
    steps(copying, 6 - copying.run.steps)
    assert bench.timeline.step is None
    assert np.array_equal(kernel_of(copying), newest)
    assert np.array_equal(copying.curves.loss.since(0), losses)


def test_the_slider_pauses_training(qtbot, bench, copying):
    copying.play()
    qtbot.waitUntil(lambda: copying.frame is not None and copying.frame.step > 20)
    bench.timeline.show(2)
    qtbot.waitUntil(lambda: not copying.running)
    assert bench.timeline.step == 2


def test_a_large_network_is_kept_at_pauses_and_ends_of_epochs(
    qtbot, monkeypatch, bench, copying, steps
):
    assert not bench.timeline.seldom
    monkeypatch.setattr(run, "LARGE_FRAME", 0)
    copying.reset()
    each = copying.task.steps_per_epoch(copying.setup.batch_size)
    assert each > 3
    steps(copying, 3)
    assert bench.timeline.seldom
    at_pause = kernel_of(copying)
    copying.epoch_once()
    qtbot.waitUntil(lambda: copying.frame.step == each and not copying.running)
    copying.epoch_once()
    qtbot.waitUntil(lambda: copying.frame.step == 2 * each and not copying.running)
    kept = [frame.step for frame in copying.run.log.history.frames]
    assert kept == [0, 1, 2, 3, each, 2 * each]
    bench.timeline.show(3)
    assert bench.timeline.step == 3
    assert np.array_equal(kernel_of(copying), at_pause)
    bench.timeline.show(each + 1)
    assert bench.timeline.step == each


def test_the_newest_step_is_shown_with_the_edits_that_are_on_their_way(bench, copying, steps):
    steps(copying, 2)
    document = bench.document
    document.change_conv("Set", bank.set_weights(document.conv, {(1, 1, 0, 0): 4.0}))
    bench.timeline.show(2)
    assert kernel_of(copying)[1, 1, 0, 0] == 4.0


def test_each_kind_of_task_begins_with_the_scale_that_fits_it(qtbot, bench, copying):
    timeline = bench.timeline
    assert timeline.log
    timeline.set_log(False)
    with qtbot.waitSignal(copying.task_changed):
        copying.choose(chosen("copy", goal=preset_goal("sharpen", 1)))
    assert not timeline.log, "what was set by hand stays for another task of the kind"
    with qtbot.waitSignal(copying.task_changed):
        copying.choose(chosen("lines"))
    assert not timeline.log
    with qtbot.waitSignal(copying.task_changed):
        copying.choose(chosen("copy", goal=preset_goal("sharpen", 1)))
    assert timeline.log


def test_a_long_curve_keeps_its_first_steps_on_a_logarithmic_scale():
    curves = Curves()
    curves.loss.extend(np.arange(30_000, dtype=np.float32))
    even, _ = training_points(curves, accuracy=False, window=1)
    early, values = training_points(curves, accuracy=False, window=1, log=True)
    assert np.sum(even <= 1000) < 100
    assert np.sum(early <= 1000) > 500
    assert early[-1] == 30_000
    assert np.array_equal(values, early - 1)
