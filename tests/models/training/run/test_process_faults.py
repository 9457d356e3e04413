"""The training process is killed, stopped, or cannot be started: training goes on, and says so."""

import os
import signal
import time

import numpy as np
import pytest

from playground.core.runs.run import Run
from playground.jobs.training_process.messages import Load
from playground.models.training.run import process_steps, thread
from playground.models.training.run.training_process import Helper

posix_only = pytest.mark.skipif(os.name != "posix", reason="only POSIX can stop a process")


@pytest.fixture
def said(bench):
    sentences = []
    bench.document.problem.connect(sentences.append)
    return sentences


@pytest.fixture
def helped(monkeypatch, copying):
    """A run that another process steps from its first moments on."""
    monkeypatch.setattr(process_steps, "AFTER", 0.0)
    copying.change_setup(epochs=20_000, learning_rate=1e-5)
    return copying


def goes_helped(qtbot, training):
    if not training.running:
        training.play()
    start = training.run.steps
    qtbot.waitUntil(lambda: training._thread.helped and training.run.steps > start + 20)


def process_of(training):
    return training._thread._helped._helper._process


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


def test_killed_it_is_replaced_nothing_is_lost_and_it_is_said(qtbot, helped, said):
    network = helped.network
    goes_helped(qtbot, helped)
    first = process_of(helped)
    first.kill()
    qtbot.waitUntil(lambda: bool(said))
    assert said == [
        "The training process ended unexpectedly; training goes on, and another one was started."
    ]
    assert helped.running
    qtbot.waitUntil(lambda: process_of(helped).pid != first.pid)
    goes_helped(qtbot, helped)
    pause(qtbot, helped)
    assert same_as_undisturbed(helped, network)


def test_what_fails_in_the_window_leaves_no_news_behind(qtbot, monkeypatch, helped, said):
    def fail(*_arguments):
        raise ValueError("on purpose")

    network = helped.network
    goes_helped(qtbot, helped)
    with monkeypatch.context() as patched:
        patched.setattr(thread, "Report", fail)
        with qtbot.waitSignal(helped.halted):
            pass  # the next report cannot be made, and the process goes on stepping
    assert not helped.running
    goes_helped(qtbot, helped)
    pause(qtbot, helped)
    assert same_as_undisturbed(helped, network)
    assert not said


@posix_only
def test_stopped_it_is_ended_and_replaced_nothing_is_lost_and_it_is_said(
    qtbot, monkeypatch, helped, said
):
    network = helped.network
    goes_helped(qtbot, helped)
    monkeypatch.setattr(process_steps, "SILENCE", 1.0)
    first = process_of(helped)
    os.kill(first.pid, signal.SIGSTOP)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("The training process did not answer and was ended;")
    assert is_gone(first.pid)
    goes_helped(qtbot, helped)
    pause(qtbot, helped)
    assert same_as_undisturbed(helped, network)


@posix_only
def test_pause_is_answered_though_the_process_is_stopped(qtbot, helped, said):
    goes_helped(qtbot, helped)
    os.kill(process_of(helped).pid, signal.SIGSTOP)
    began = time.monotonic()
    pause(qtbot, helped)
    assert time.monotonic() - began < process_steps.SILENCE + 2


@posix_only
def test_stopped_while_it_gets_ready_it_is_replaced(qtbot, monkeypatch, helped, said):
    goes_helped(qtbot, helped)
    monkeypatch.setattr(process_steps, "SILENCE", 2.0)
    pause(qtbot, helped)
    os.kill(process_of(helped).pid, signal.SIGSTOP)
    helped.reset()  # a new run, which the process cannot load
    goes_helped(qtbot, helped)
    assert len(said) == 1


def test_a_process_that_has_nothing_to_say_gives_signs_of_life(qtbot):
    helper = Helper(lambda: None)
    qtbot.waitUntil(lambda: helper.waiting)
    until, most = time.monotonic() + 2.0, 0.0
    while time.monotonic() < until:
        most = max(most, helper.silence())
        qtbot.wait(100)
    helper.close()
    assert most < process_steps.SILENCE / 2


def test_one_that_ends_again_and_again_is_given_up_and_that_is_said_once(qtbot, helped, said):
    for count in range(1, process_steps.MOST_ENDS + 1):
        goes_helped(qtbot, helped)
        process_of(helped).kill()
        qtbot.waitUntil(lambda count=count: len(said) == count)
    assert said[-1].endswith("training goes on without one, more slowly.")
    steps = helped.run.steps
    qtbot.waitUntil(lambda: helped.run.steps > steps + 100)
    assert helped.running
    assert not helped._thread.helped
    assert len(said) == process_steps.MOST_ENDS


def test_ends_far_apart_are_forgiven(qtbot, monkeypatch, helped, said):
    monkeypatch.setattr(process_steps, "WITHIN", 0.0)
    for count in range(1, process_steps.MOST_ENDS + 1):
        goes_helped(qtbot, helped)
        process_of(helped).kill()
        qtbot.waitUntil(lambda count=count: len(said) == count)
    goes_helped(qtbot, helped)


def test_one_that_cannot_be_started_is_logged_once_and_training_goes_on(
    qtbot, monkeypatch, caplog, helped, said
):
    def refuse(_arrived):
        raise OSError("no more processes")

    monkeypatch.setattr(process_steps, "Helper", refuse)
    helped.play()
    qtbot.waitUntil(lambda: helped.run.steps > 200)
    assert caplog.text.count("no more processes") == 1
    assert not said


@posix_only
def test_what_is_sent_to_a_stopped_process_holds_nobody_up(copying):
    helper = Helper(lambda: None)
    os.kill(helper._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    for number in range(200):  # far more than a pipe holds
        helper.send(Load(number, copying.task, copying.network, copying.setup))
    assert time.monotonic() - began < 1
    helper.close()
    assert time.monotonic() - began < 2
    assert is_gone(helper._process.pid)


@posix_only
def test_closing_with_a_stopped_process_takes_no_time_and_leaves_none(qtbot, bench, helped):
    goes_helped(qtbot, helped)
    pid = process_of(helped).pid
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    bench.close()
    assert time.monotonic() - began < 2
    assert is_gone(pid)
