"""The training thread while the window orders and looks: no order is lost, no report is torn.

The run's rate is zero, so its weights are what the last edit made of them: all of them the number
of that edit.
"""

import numpy as np
import pytest

from playground.core.network.weight_edit import WeightEdit
from playground.core.runs.run import Run, RunLog
from playground.core.specs import Conv2DSpec
from playground.core.tasks import copy_filter
from playground.jobs.training_process.changes import Edit
from playground.jobs.training_process.messages import Load
from playground.models.training.run import process_steps
from playground.models.training.run.orders import Begin, Go, SetPace, Stop
from playground.models.training.run.thread import TrainingThread
from tests.sharing import threads_that_switch_often

LOOKS, AN_ORDER, ANOTHER, FEWEST_REPORTS = 1_000_000, 100, 5_003, 100
FOREVER = 10**9
SIDE, SMALL = 3, 2.0**-20


@pytest.fixture
def thread(qtbot):
    thread = TrainingThread()
    thread.frame = 0.0
    yield thread
    thread.close()


@pytest.fixture
def begin(thread):
    """Begin run 1 of a copy task that learns nothing, with edits that are told apart."""
    picture = np.random.default_rng(0).random((30, 30, 1), np.float32)
    goal = Conv2DSpec(np.ones((SIDE, SIDE, 1, 1), np.float32), np.zeros(1, np.float32), ("goal",))
    task = copy_filter(picture, goal)
    setup = task.setup
    setup = type(setup)(**{**vars(setup), "learning_rate": 0.0, "optimizer": "sgd"})
    run = Run(task.trainer(task.network, setup), task.validation, RunLog(1))
    thread.give(Begin(run, Load(1, task, task.network, setup)))
    thread.give(edit(1, run))
    return run


def edit(number, run):
    """All weights and the bias become `number`, times what lets no loss explode."""
    sizes = [array.size for array in run.trainer.network.weights]
    arrays = np.repeat(np.arange(len(sizes)), sizes)
    places = np.concatenate([np.arange(size) for size in sizes])
    values = np.full(sum(sizes), number * SMALL, np.float32)
    return Edit(1, number, (WeightEdit(arrays, places, values),))


class Reader:
    """Takes reports, each of which is whole and no older than the one before."""

    def __init__(self, thread):
        self.thread, self.step, self.revision, self.reports = thread, 0, 0, 0

    def look(self):
        report = self.thread.take()
        if report is None or not report.frame.revision:
            return
        frame = report.frame
        assert (frame.moment.parameters == frame.revision * SMALL).all()
        assert np.isfinite(frame.gradients).all()
        assert frame.step >= self.step
        assert frame.revision >= self.revision
        self.step, self.revision = frame.step, frame.revision
        self.reports += 1


def looks_and_orders(thread, run, looks):
    """So many looks, with an edit and other orders among them; the reader, and the last edit."""
    reader, last = Reader(thread), 1
    others = [SetPace(1, 1e6), SetPace(1, None), Stop(1), Go(1, FOREVER, None, 1)]
    number = 0
    with threads_that_switch_often():
        while number < looks or reader.reports < FEWEST_REPORTS:
            if number % AN_ORDER == 0:
                last += 1
                thread.give(edit(last, run))
            if number % ANOTHER == 0:
                thread.give(others[number // ANOTHER % len(others)])
            reader.look()
            number += 1
    return reader, last


@pytest.mark.parametrize("elsewhere", [False, True], ids=["alone", "elsewhere"])
def test_every_order_arrives_and_every_report_is_whole(
    qtbot, monkeypatch, thread, begin, part_of, elsewhere
):
    monkeypatch.setattr(process_steps, "AFTER", 0.0 if elsewhere else 1e9)
    thread.give(Go(1, FOREVER, None, 1))
    qtbot.waitUntil(lambda: begin.log.steps > 3 and thread.elsewhere == elsewhere)
    reader, last = looks_and_orders(thread, begin, part_of(LOOKS))
    thread.give(Go(1, FOREVER, None, 2))
    with qtbot.waitSignal(thread.stopped, check_params_cb=lambda go, _end: go == 2) as stopped:
        thread.give(Stop(1))
    go, end = stopped.args
    assert (go, end.kind, end.reason) == (2, "paused", "")
    assert (end.step, end.revision) == (begin.log.steps, last)
    reader.look()
    assert reader.revision == last
    assert reader.step == begin.log.steps > 3
