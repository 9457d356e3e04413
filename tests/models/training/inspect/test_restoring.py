"""A picture that is to be restored is restored whole while somebody looks, and judged."""

import gc
from weakref import ref

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.core.tasks import denoise
from playground.core.tasks.comparison import compare
from playground.models.training.inspect import restoring as module
from tests.models.made_tasks import chosen


@pytest.fixture
def restoring(qtbot, bench, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("deblur", kernels=1))
    training.set_pace(None)
    bench.restoring.set_watched(True)
    return bench.restoring


def answered(qtbot, restoring, holds=lambda found: True):
    qtbot.waitUntil(lambda: restoring.answer is not None and holds(restoring.answer))
    return restoring.answer


def kinds(found):
    return [claim.kind for claim in found.claims]


@pytest.mark.parametrize("name", ["copying", "lines"])
def test_only_a_task_that_restores_has_a_picture_before_and_after(request, bench, name):
    request.getfixturevalue(name)
    bench.restoring.set_watched(True)
    assert bench.restoring.task is None
    assert not bench.restoring.asking


def test_it_is_the_network_that_is_shown_and_the_picture_as_it_was_spoiled(
    qtbot, training, restoring, steps
):
    steps(training, 2)
    found = answered(qtbot, restoring, lambda _: restoring.step == 2).comparison
    expected = compare(training.task, training.network)
    assert np.array_equal(found.made, expected.made)
    assert np.array_equal(found.before, training.task.before)


def test_a_replayed_step_is_judged_by_the_losses_up_to_it(qtbot, bench, training, restoring, steps):
    steps(training, 3)
    answered(qtbot, restoring, lambda _: restoring.step == 3)
    bench.timeline.show(1)
    found = answered(qtbot, restoring, lambda _: restoring.step == 1)
    assert kinds(found) == ["restored", "best kernel", "few steps"]
    assert found.claims[-1].numbers == (1,)


def test_of_a_long_run_the_last_losses_are_looked_at(
    qtbot, monkeypatch, training, restoring, steps
):
    monkeypatch.setattr(module, "_LOSSES", 2)
    steps(training, 3)
    training.task_changed.emit(training.task)
    assert np.array_equal(restoring._losses(), training.curves.loss.since(1))


def test_weights_changed_by_hand_are_not_judged_by_losses(qtbot, bench, training, restoring, steps):
    steps(training, 1)
    document = bench.document
    kernel = np.zeros((5, 5, 1, 1), np.float32)
    network = NetworkSpec((Conv2DSpec(kernel, np.zeros(1), ("k",)),))
    document.change_network("Other layers", network)
    found = answered(qtbot, restoring, lambda found: kinds(found)[0] == "restored")
    assert kinds(found) == ["restored", "best kernel"]


def test_the_best_kernel_is_fitted_once_for_a_task(qtbot, monkeypatch, bench, training, steps):
    fitted = []
    real = module.best_kernel
    monkeypatch.setattr(
        module, "best_kernel", lambda task, size: fitted.append((task, size)) or real(task, size)
    )
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise"))
    bench.restoring.set_watched(True)
    answered(qtbot, bench.restoring)
    first = training.task
    steps(training, 2)
    answered(qtbot, bench.restoring, lambda _: bench.restoring.step == 2)
    assert fitted == [(first, 5)]
    pixels = np.random.default_rng(1).random((30, 30, 1), np.float32)
    with qtbot.waitSignal(training.task_changed):
        training.take_picture("Other", Picture(pixels, "other", (30, 30)))
    answered(qtbot, bench.restoring)
    assert fitted == [(first, 5), (training.task, 5)]


def test_a_task_that_is_gone_is_not_kept_alive(bench):
    pixels = np.random.default_rng(1).random((30, 30, 1), np.float32)
    task = denoise(pixels)
    first = bench.restoring._best_kernel(task, 5)
    assert bench.restoring._best_kernel(task, 5) is first
    watched = ref(task)
    del task
    gc.collect()
    assert watched() is None
    assert bench.restoring._best_kernel(denoise(pixels), 5) is not first


def test_the_divider_stays_within_the_picture(qtbot, bench):
    restoring = bench.restoring
    with qtbot.waitSignal(restoring.divider_changed):
        restoring.set_divider(0.25)
    for asked, expected in ((-1.0, 0.0), (2.0, 1.0), (0.75, 0.75)):
        restoring.set_divider(asked)
        assert restoring.divider == expected
