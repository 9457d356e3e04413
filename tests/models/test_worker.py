"""One request in flight, one waiting, the newest wins; faults become sentences."""

import threading

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.models.worker import LatestWorker


@pytest.fixture
def make_worker(qtbot):
    made = []

    def make(work):
        worker = LatestWorker("test", work, lambda _result: None, lambda _failure: None)
        made.append(worker)
        return worker

    yield make
    for worker in made:
        worker.close()


def test_the_newest_of_many_waiting_requests_wins(qtbot, make_worker):
    gate, started = threading.Event(), threading.Event()

    def work(request, control):
        started.set()
        gate.wait(5)
        return request

    worker = make_worker(work)
    got = []
    worker.produced.connect(got.append)
    worker.submit(0)
    assert started.wait(5)
    for request in range(1, 10):
        worker.submit(request)
    gate.set()
    qtbot.waitUntil(lambda: 9 in got)
    assert got == [0, 9]


def test_long_work_is_told_to_stop_for_a_newer_request(qtbot, make_worker):
    started = threading.Event()

    def work(request, control):
        started.set()
        while request == "long" and not control.should_stop():
            pass
        return None if request == "long" else request

    worker = make_worker(work)
    worker.submit("long")
    assert started.wait(5)
    with qtbot.waitSignal(worker.produced) as produced:
        worker.submit("short")
    assert produced.args == ["short"]


def test_closing_ends_work_that_is_under_way(make_worker):
    started = threading.Event()

    def work(request, control):
        started.set()
        while not control.should_stop(patience=1000):
            pass

    worker = make_worker(work)
    worker.submit(1)
    assert started.wait(5)
    worker.close()
    assert worker.isFinished()


def test_nothing_is_taken_after_closing(make_worker):
    worker = make_worker(lambda request, control: request)
    worker.close()
    worker.submit(1)
    assert not worker.isRunning()


def test_a_users_mistake_is_told_in_its_own_sentence(qtbot, make_worker):
    def work(request, control):
        raise PlaygroundError("The file is a folder.")

    worker = make_worker(work)
    with qtbot.waitSignal(worker.failed) as failed:
        worker.submit("x")
    assert failed.args[0].message == "The file is a folder."
    assert failed.args[0].request == "x"


def test_numbers_beyond_all_bounds_are_an_answer_not_a_fault(qtbot, make_worker):
    worker = make_worker(lambda request, control: request * request)
    with qtbot.waitSignal(worker.produced) as produced:
        worker.submit(np.full(3, 1e30, np.float32))
    assert np.isinf(produced.args[0]).all()


def test_a_fault_of_ours_is_logged_and_the_worker_lives_on(qtbot, make_worker, caplog):
    def work(request, control):
        return 1 / request

    worker = make_worker(work)
    with qtbot.waitSignal(worker.failed):
        worker.submit(0)
    assert "ZeroDivisionError" in caplog.text
    with qtbot.waitSignal(worker.produced):
        worker.submit(1)


def test_memory_that_runs_out_is_said_and_the_worker_lives_on(qtbot, make_worker):
    def work(request, control):
        if request == "much":
            raise MemoryError
        return request

    worker = make_worker(work)
    with qtbot.waitSignal(worker.failed) as failed:
        worker.submit("much")
    assert failed.args[0].message == "There is not enough memory for this."
    with qtbot.waitSignal(worker.produced):
        worker.submit("little")


def test_of_a_million_requests_the_last_is_answered_and_none_after_a_newer_one(qtbot, ask, part_of):
    answers = []

    def work(request, control):
        one, other = request
        assert one == -other
        if one % 3 == 0:
            control.publish(request)
        return None if one % 5 == 0 and control.should_stop() else request

    count = part_of(1_000_000)
    failures = ask(work, ((n, -n) for n in range(1, count + 1)), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and answers[-1] == (count, -count))
    assert not failures
    numbers = [one for one, _ in answers]
    assert numbers == sorted(numbers)
