"""A run's log while one thread adds to it and another reads: nothing is torn, lost or raised.

In this run every number of a moment is the number of its step: weights, gradients, what the
optimizer remembers, the loss, and what is validated.
"""

from threading import Lock
from types import SimpleNamespace

import numpy as np
import pytest

from playground.core.runs.frame_history import FrameHistory
from playground.core.runs.run import Run, RunLog
from playground.core.runs.run_updates import gain, take_state, update_of
from playground.core.runs.series import NEWEST
from playground.core.training.trainer import Moment, StepResult
from tests.sharing import look_while_it_changes

LOOKS = 1_000_000
EPOCH, SIZE, KEPT = 7, 64, 32
NEVER = 1e30
"""As the first loss: no later one counts as exploded."""


class CountingTrainer:
    """Its numbers are those of its steps."""

    steps_per_epoch = EPOCH

    def __init__(self):
        self.steps = 0
        self.values = np.zeros((4, SIZE), np.float32)
        self.network = SimpleNamespace(
            gradients=self.values[1], mask=lambda: None, layers=(), freeze=lambda _masks: None
        )
        self.optimizer = SimpleNamespace(rate=0.0)

    def look(self):
        return SimpleNamespace()

    def present(self):
        memories = {"m": self.values[2], "v": self.values[3]}
        return Moment(self.steps, self.values[0], (self.steps, memories))

    def step(self):
        self.steps += 1
        for row in self.values:
            row[...] = self.steps
        return StepResult(self.steps, 0, float(self.steps), float(self.steps), 0.0)

    def return_to(self, moment):
        self.steps = moment.step

    def evaluate(self, *_examples):
        return float(self.steps), float(self.steps)


@pytest.fixture
def log():
    lock = Lock()
    made = RunLog(1, lock, history=FrameHistory(most=KEPT, lock=lock))
    made.first_loss = NEVER
    return made


class Reader:
    """Looks at a log in one way after the other; what it sees fits together and only grows."""

    def __init__(self, log):
        self.log, self.steps, self.seen = log, 0, 0
        self.rng = np.random.default_rng(0)
        self.ways = [self.frame, self.curve, self.validations, self.frame, self.room, self.child]

    def look(self, number):
        # The dear ways come seldom, so that a million looks take no more than some seconds.
        dear, rest = divmod(number, 10)
        self.count() if rest else self.ways[dear % len(self.ways)]()

    def count(self):
        steps = self.log.steps
        assert steps >= self.steps
        self.steps = steps

    def frame(self):
        asked = int(self.rng.integers(self.steps + 1))
        frame = self.log.frame(asked)
        if frame is None:
            assert not self.seen
            return
        self.seen += 1
        moment = frame.moment
        memories = moment.optimizer[1].values()
        assert frame.step <= asked
        assert moment.optimizer[0] == frame.step
        for values in (moment.parameters, frame.gradients, *memories):
            assert (values == frame.step).all()

    def curve(self):
        start = max(0, self.steps - 100)
        values = self.log.curves.loss.since(start)
        assert np.array_equal(values, np.arange(start, start + len(values)) + 1)
        counts, means = self.log.curves.accuracy.points()
        assert len(counts) == len(means)
        assert np.allclose(means, counts - (counts[:1] - 1) / 2, rtol=1e-5)

    def validations(self):
        for accuracy in (False, True):
            steps, values = self.log.curves.validations(accuracy=accuracy)
            assert len(steps) == len(values)
            # Of very many, older points are means of neighbours.
            assert np.array_equal(steps[-NEWEST // 2 :], values[-NEWEST // 2 :])

    def room(self):
        history = self.log.history
        assert history.nbytes <= history.room
        assert len(history.frames) <= KEPT

    def child(self):
        # A step is there before what is validated after it.
        start = int(self.rng.integers(max(1, self.steps)))
        child = RunLog(2, Lock(), parent=self.log, start=start)
        assert child.steps == start
        steps, values = child.curves.validations(accuracy=False)
        if self.steps // EPOCH < NEWEST:  # of more, older points are means of neighbours
            assert np.array_equal(steps, np.arange(EPOCH, start + 1, EPOCH))
            assert np.array_equal(steps, values)


def test_a_run_that_steps_is_read_whole(log, part_of):
    run, reader = Run(CountingTrainer(), ((), ()), log), Reader(log)
    steps = look_while_it_changes(lambda _number: run.step(), reader.look, part_of(LOOKS))
    assert log.steps == steps - 1 or log.steps == steps
    assert reader.seen


def test_a_run_that_is_stepped_elsewhere_is_read_whole(log, part_of):
    here, there = Run(CountingTrainer(), ((), ()), log), Run(CountingTrainer(), ((), ()))
    take_state(there, state(there))
    reader = Reader(log)

    def absorb(number):
        for _ in range(1 + number % 40):
            there.step()
        gain(here, update_of(there, log.history.spacing))

    look_while_it_changes(absorb, reader.look, part_of(LOOKS))
    assert log.steps == there.steps
    assert reader.seen


def state(run):
    moment = run.trainer.present()
    rest = {"first_loss": NEVER, "revision": 0, "spacing": 1}
    return SimpleNamespace(moment=moment, optimizer={}, trainable=(), frozen=None, **rest)


def test_a_log_that_is_let_go_while_it_grows_holds_what_came_later(log, part_of):
    run = Run(CountingTrainer(), None, log)

    def look(number):
        if number % 100 == 0:
            log.history.let_go()
        assert log.history.room in (0, KEPT * 4 * SIZE * 4)
        assert log.history.nbytes % (4 * SIZE * 4) == 0
        frame = log.history.at(10**9)
        assert frame is None or (frame.moment.parameters == frame.step).all()

    look_while_it_changes(lambda _number: run.step(), look, part_of(LOOKS))
    log.history.let_go()
    assert (log.history.room, log.history.nbytes, log.history.frames) == (0, 0, ())


def test_a_series_that_is_folded_meanwhile_is_read_whole(log, part_of):
    series = log.curves.loss
    values = np.ones(NEWEST // 3, np.float32)

    def look(_number):
        counts, means = series.points()
        assert len(counts) == len(means)
        assert (means == 1).all()
        assert (series.since(len(series) // 2) == 1).all()

    look_while_it_changes(lambda _number: series.extend(values), look, part_of(LOOKS // 1000))


def test_a_validation_is_seen_with_its_step_or_not_at_all(log, part_of):
    run, reader = Run(CountingTrainer(), ((), ()), log), Reader(log)

    def validate(number):
        run.trainer.steps = number
        run.validate()

    look_while_it_changes(validate, lambda _number: reader.validations(), part_of(LOOKS // 20))
