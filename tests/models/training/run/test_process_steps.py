"""The training process is killed, stopped, or cannot be started: training goes on, and says so."""

import os
import signal
import time

import numpy as np
import pytest

from playground.core.runs.run import Run
from playground.jobs.training_process.messages import Load
from playground.models.training.run import process_steps, thread
from playground.models.training.run.training_process import TrainingProcess

posix_only = pytest.mark.skipif(os.name != "posix", reason="only POSIX can stop a process")


@pytest.fixture
def said(bench):
    sentences = []
    bench.document.problem.connect(sentences.append)
    return sentences


@pytest.fixture
def elsewhere(monkeypatch, copying):
    """A run that another process steps from its first moments on."""
    monkeypatch.setattr(process_steps, "AFTER", 0.0)
    copying.change_setup(epochs=20_000, learning_rate=1e-5)
    return copying


def goes_elsewhere(qtbot, training):
    if not training.running:
        training.play()
    start = training.run.steps
    qtbot.waitUntil(lambda: training._thread.elsewhere and training.run.steps > start + 20)


def process_of(training):
    return training._thread._process_steps._process._process


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def same_as_undisturbed(training, network):
    """Whether the run has come where it would have come without any fault."""
    run = Run(training.task.trainer(network, training.setup), training.task.validation)
    for _ in range(training.run.steps):
        run.step()
    same = np.array_equal(run.trainer.network.parameters, training.run.newest.moment.parameters)
    return same and np.array_equal(run.log.curves.loss.since(0), training.curves.loss.since(0))


def pause(qtbot, training):
    training.pause()
    qtbot.waitUntil(lambda: not training.running)


def test_killed_it_is_replaced_nothing_is_lost_and_it_is_said(qtbot, elsewhere, said):
    network = elsewhere.network
    goes_elsewhere(qtbot, elsewhere)
    first = process_of(elsewhere)
    first.kill()
    qtbot.waitUntil(lambda: bool(said))
    assert said == [
        "The training process ended unexpectedly; training goes on, and another one was started."
    ]
    assert elsewhere.running
    qtbot.waitUntil(lambda: process_of(elsewhere).pid != first.pid)
    goes_elsewhere(qtbot, elsewhere)
    pause(qtbot, elsewhere)
    assert same_as_undisturbed(elsewhere, network)


def test_what_fails_in_the_window_leaves_no_news_behind(qtbot, monkeypatch, elsewhere, said):
    def fail(*_arguments):
        raise ValueError("on purpose")

    network = elsewhere.network
    goes_elsewhere(qtbot, elsewhere)
    with monkeypatch.context() as patched:
        patched.setattr(thread, "Report", fail)
        with qtbot.waitSignal(elsewhere.halted):
            pass  # the next report cannot be made, and the process goes on stepping
    assert not elsewhere.running
    goes_elsewhere(qtbot, elsewhere)
    pause(qtbot, elsewhere)
    assert same_as_undisturbed(elsewhere, network)
    assert not said


@posix_only
def test_stopped_it_is_ended_and_replaced_nothing_is_lost_and_it_is_said(
    qtbot, monkeypatch, elsewhere, said
):
    network = elsewhere.network
    goes_elsewhere(qtbot, elsewhere)
    monkeypatch.setattr(process_steps, "SILENCE", 1.0)
    first = process_of(elsewhere)
    os.kill(first.pid, signal.SIGSTOP)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("The training process did not answer and was ended;")
    assert is_gone(first.pid)
    goes_elsewhere(qtbot, elsewhere)
    pause(qtbot, elsewhere)
    assert same_as_undisturbed(elsewhere, network)


@posix_only
def test_pause_is_answered_though_the_process_is_stopped(qtbot, elsewhere, said):
    goes_elsewhere(qtbot, elsewhere)
    os.kill(process_of(elsewhere).pid, signal.SIGSTOP)
    began = time.monotonic()
    pause(qtbot, elsewhere)
    assert time.monotonic() - began < process_steps.SILENCE + 2


@posix_only
def test_stopped_while_it_gets_ready_it_is_replaced(qtbot, monkeypatch, elsewhere, said):
    goes_elsewhere(qtbot, elsewhere)
    monkeypatch.setattr(process_steps, "SILENCE", 2.0)
    pause(qtbot, elsewhere)
    os.kill(process_of(elsewhere).pid, signal.SIGSTOP)
    elsewhere.reset()  # a new run, which the process cannot load
    goes_elsewhere(qtbot, elsewhere)
    assert len(said) == 1


def test_a_process_that_has_nothing_to_say_gives_signs_of_life(qtbot):
    helper = TrainingProcess(lambda: None)
    qtbot.waitUntil(lambda: helper.waiting)
    until, most = time.monotonic() + 2.0, 0.0
    while time.monotonic() < until:
        most = max(most, helper.silence())
        qtbot.wait(100)
    helper.close()
    assert most < process_steps.SILENCE / 2


def test_one_that_ends_again_and_again_is_given_up_and_that_is_said_once(qtbot, elsewhere, said):
    for count in range(1, process_steps.MOST_ENDS + 1):
        goes_elsewhere(qtbot, elsewhere)
        process_of(elsewhere).kill()
        qtbot.waitUntil(lambda count=count: len(said) == count)
    assert said[-1].endswith("training goes on without one, more slowly.")
    steps = elsewhere.run.steps
    qtbot.waitUntil(lambda: elsewhere.run.steps > steps + 100)
    assert elsewhere.running
    assert not elsewhere._thread.elsewhere
    assert len(said) == process_steps.MOST_ENDS


def test_ends_far_apart_are_forgiven(qtbot, monkeypatch, elsewhere, said):
    monkeypatch.setattr(process_steps, "WITHIN", 0.0)
    for count in range(1, process_steps.MOST_ENDS + 1):
        goes_elsewhere(qtbot, elsewhere)
        process_of(elsewhere).kill()
        qtbot.waitUntil(lambda count=count: len(said) == count)
    goes_elsewhere(qtbot, elsewhere)


def test_one_that_cannot_be_started_is_logged_once_and_training_goes_on(
    qtbot, monkeypatch, caplog, elsewhere, said
):
    def refuse(_arrived):
        raise OSError("no more processes")

    monkeypatch.setattr(process_steps, "TrainingProcess", refuse)
    elsewhere.play()
    qtbot.waitUntil(lambda: elsewhere.run.steps > 200)
    assert caplog.text.count("no more processes") == 1
    assert not said


@posix_only
def test_what_is_sent_to_a_stopped_process_holds_nobody_up(copying):
    helper = TrainingProcess(lambda: None)
    os.kill(helper._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    for number in range(200):  # far more than a pipe holds
        helper.send(Load(number, copying.task, copying.network, copying.setup))
    assert time.monotonic() - began < 1
    helper.close()
    assert time.monotonic() - began < 2
    assert is_gone(helper._process.pid)


@posix_only
def test_closing_with_a_stopped_process_takes_no_time_and_leaves_none(qtbot, bench, elsewhere):
    goes_elsewhere(qtbot, elsewhere)
    pid = process_of(elsewhere).pid
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    bench.close()
    assert time.monotonic() - began < 2
    assert is_gone(pid)
