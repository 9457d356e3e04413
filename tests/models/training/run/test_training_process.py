"""Steps done by the training process are the same steps, and nothing of it is left over."""

import io
import sys
import threading
from dataclasses import replace

import numpy as np
import psutil
import pytest

from playground.core.runs.run import Run
from playground.core.runs.run_updates import gain, stand_at, state_of, take_state, update_of
from playground.jobs.parallel import workers
from playground.jobs.training_process.messages import Ended, Load, Progress, Ready, receive, send
from playground.models.state import training_run
from playground.models.state.training_run import TrainingRun
from playground.models.training.run import process_steps
from playground.models.training.run.training_process import TrainingProcess


@pytest.fixture
def elsewhere(monkeypatch, copying):
    """A run that another process steps from its first moments on."""
    monkeypatch.setattr(process_steps, "AFTER", 0.0)
    copying.change_setup(epochs=2000, learning_rate=1e-5)
    return copying


def goes_elsewhere(qtbot, training):
    training.play()
    qtbot.waitUntil(lambda: training._thread.elsewhere and training.run.steps > 20)


def alive(process):
    return process.poll() is None


def process_of(training):
    return training._thread._process_steps._process._process


def by_itself(task, network, setup, steps):
    """The run as it goes in one process."""
    run = Run(task.trainer(network, setup), task.validation)
    for _ in range(steps):
        run.step()
    return run


def test_the_steps_are_those_of_one_process(qtbot, elsewhere):
    first = elsewhere.network
    goes_elsewhere(qtbot, elsewhere)
    elsewhere.pause()
    qtbot.waitUntil(lambda: not elsewhere.running)
    run = elsewhere.run
    alone = by_itself(elsewhere.task, first, elsewhere.setup, run.steps)
    assert np.array_equal(run.newest.moment.parameters, alone.trainer.network.parameters)
    assert np.array_equal(run.curves.loss.since(0), alone.log.curves.loss.since(0))
    validated = run.curves.validation_step.since(0)
    assert np.array_equal(validated, alone.log.curves.validation_step.since(0))
    kept = [frame.step for frame in alone.log.history.frames]
    assert [frame.step for frame in run.log.history.frames] == kept
    assert np.array_equal(elsewhere.curves.loss.since(0), run.curves.loss.since(0))


@pytest.fixture
def shared(monkeypatch, elsewhere):
    """A run that other processes share with the training process, as on four cores."""
    monkeypatch.setattr(training_run, "usable_cores", lambda: 4)
    monkeypatch.setattr(workers, "LEAST_WORK", 1)
    elsewhere.change_setup(batch_size=50)
    assert elsewhere.run.setup.workers == 3
    return elsewhere


def workers_of(training):
    return psutil.Process(process_of(training).pid).children()


def test_a_run_that_processes_share_is_that_of_as_many_parts(qtbot, bench, shared):
    first = shared.network
    goes_elsewhere(qtbot, shared)
    assert len(workers_of(shared)) == 2
    shared.pause()
    qtbot.waitUntil(lambda: not shared.running)
    run = shared.run
    alone = by_itself(shared.task, first, run.setup, run.steps)
    assert np.array_equal(run.newest.moment.parameters, alone.trainer.network.parameters)
    assert np.array_equal(run.curves.loss.since(0), alone.log.curves.loss.since(0))
    assert bench.document.session.setup.workers == 3


def test_a_run_that_goes_on_from_another_has_as_many_parts(qtbot, monkeypatch, bench, shared):
    goes_elsewhere(qtbot, shared)
    shared.pause()
    qtbot.waitUntil(lambda: not shared.running)
    monkeypatch.setattr(training_run, "usable_cores", lambda: 1)
    session, before = bench.document.session, shared.run
    again = TrainingRun(99, session, before, before.newest)
    assert again.setup.workers == 3
    assert TrainingRun(100, session).setup.workers == 1


def test_where_one_of_the_processes_is_killed_training_goes_on(qtbot, bench, shared):
    told = []
    bench.document.problem.connect(told.append)
    goes_elsewhere(qtbot, shared)
    process, steps = process_of(shared), shared.run.steps
    workers_of(shared)[0].kill()
    qtbot.waitUntil(lambda: bool(told) and shared.run.steps > steps + 20)
    assert "training goes on" in told[0]
    assert not alive(process)
    qtbot.waitUntil(lambda: shared._thread.elsewhere and len(workers_of(shared)) == 2)


def test_another_run_ends_the_processes_of_the_one_before(qtbot, shared):
    goes_elsewhere(qtbot, shared)
    before = workers_of(shared)
    shared.reset()
    goes_elsewhere(qtbot, shared)
    assert psutil.wait_procs(before, timeout=5)[1] == []
    assert len(workers_of(shared)) == 2


def test_a_weight_changed_by_hand_goes_into_the_run(qtbot, bench, elsewhere):
    goes_elsewhere(qtbot, elsewhere)
    elsewhere.freezing.set_kernel(0, 0, True)
    conv = bench.document.network.conv()
    bench.document.change_conv("Weight", replace(conv, kernel=conv.kernel + 1))
    steps = elsewhere.run.steps
    qtbot.waitUntil(lambda: elsewhere.run.steps > steps + 20)
    assert np.array_equal(bench.document.network.conv().kernel, conv.kernel + 1)


def test_what_is_frozen_or_tuned_in_the_other_process_stays_so_when_the_run_goes_on(
    qtbot, bench, elsewhere, steps
):
    goes_elsewhere(qtbot, elsewhere)
    elsewhere.freezing.set_kernel(0, 0, True)
    elsewhere.change_setup(learning_rate=0.0125)
    qtbot.waitUntil(lambda: elsewhere.frame.revision == bench.document.revision)
    assert elsewhere.frame.learns is not None
    assert not elsewhere.frame.learns[:9].any()
    elsewhere.pause()
    qtbot.waitUntil(lambda: not elsewhere.running)
    kernel = bench.document.network.conv().kernel
    steps(elsewhere, 2)
    assert elsewhere.frame.rate == 0.0125
    assert np.array_equal(bench.document.network.conv().kernel, kernel)
    goes_elsewhere(qtbot, elsewhere)
    assert np.array_equal(bench.document.network.conv().kernel, kernel)


def test_numbers_that_run_away_stop_it_with_the_reason(qtbot, elsewhere):
    goes_elsewhere(qtbot, elsewhere)
    with qtbot.waitSignal(elsewhere.halted) as reason:
        elsewhere.change_setup(learning_rate=1e9)
    assert "finite" in reason.args[0] or "exploded" in reason.args[0]
    assert not elsewhere.running


def test_another_run_goes_on_in_the_same_process(qtbot, elsewhere):
    goes_elsewhere(qtbot, elsewhere)
    process = process_of(elsewhere)
    elsewhere.change_setup(batch_size=8)
    qtbot.waitUntil(lambda: elsewhere.run is not None and elsewhere.run.steps > 20)
    qtbot.waitUntil(lambda: elsewhere._thread.elsewhere)
    assert process_of(elsewhere) is process


def test_closing_ends_the_process(qtbot, elsewhere):
    goes_elsewhere(qtbot, elsewhere)
    process = process_of(elsewhere)
    elsewhere.close()
    assert not alive(process)


def test_a_short_run_needs_no_process(qtbot, copying, steps):
    steps(copying, 3)
    assert copying._thread._process_steps._process is None


def test_a_program_without_interpreter_has_no_helper(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(OSError, match="no interpreter"):
        TrainingProcess(lambda: None)


def test_the_process_ends_with_its_owner():
    arrived = threading.Event()
    helper = TrainingProcess(arrived.set)
    assert arrived.wait(20)
    assert helper.take() == Ready(0)
    helper._orders.put(None)
    helper._threads[1].join()
    helper._in.close()
    assert helper._process.wait(10) == 0
    helper._threads[0].join()
    helper.close()
    assert helper.take() == Ended()


def test_messages_arrive_as_they_were_sent(copying):
    task, stream = copying.task, io.BytesIO()
    send(stream, Load(7, task, copying.network, copying.setup))
    stream.seek(0)
    load = receive(stream)
    assert load.run == 7
    assert load.setup == copying.setup
    assert np.array_equal(load.task.inputs, task.inputs)
    assert load.task.inputs.dtype == task.inputs.dtype
    assert load.network.conv().settings == copying.network.conv().settings
    assert load.task.goal.names == task.goal.names
    with pytest.raises(EOFError):
        receive(stream)


def test_news_of_one_run_absorbed_by_another_leave_both_alike(copying):
    task = copying.task
    one, other = (
        Run(task.trainer(copying.network, copying.setup), task.validation) for _ in range(2)
    )
    one.step()
    take_state(other, state_of(one))
    for _ in range(5):
        other.step()
    stream = io.BytesIO()
    send(stream, Progress(update_of(other, 1), 1, final=True, seconds=0.0))
    stream.seek(0)
    progress = receive(stream)
    gain(one, progress.update)
    stand_at(one, progress.update)
    assert one.steps == other.steps == 6
    assert len(one.log.curves.loss) == 6
    assert one.step().loss == other.step().loss
