"""The training process is killed or stopped at any moment of anything: nothing is ever lost."""

import random
import signal
import time

import numpy as np
import psutil
import pytest

from playground.core.pictures.picture import Picture
from playground.core.runs.run import Run
from playground.models.training.run import process_steps
from playground.models.workbench import Workbench
from tests.models.made_tasks import chosen

KILLS, LIVES = 100, 5
"""Kills in all, and how many of them a window lives to see."""

SILENCE = 0.8
_LONGEST_WAIT = 0.25
_PAUSE_SECONDS = SILENCE + 3.0
"""Within this a pause is answered, on a machine that has other things to do."""

_FAULTS = [signal.SIGKILL, *([signal.SIGSTOP] if hasattr(signal, "SIGSTOP") else [])]


class Learner:
    """Trains, pauses, loads and starts again, and meets with faults meanwhile."""

    def __init__(self, qtbot, seed):
        self.qtbot, self.random = qtbot, random.Random(seed)
        self.bench = Workbench()
        self.training = self.bench.training
        self.said, self.halts = [], []
        self.bench.document.problem.connect(self.said.append)
        self.training.halted.connect(lambda reason: self.halts.append(reason) if reason else None)
        pixels = np.random.default_rng(seed).random((40, 50, 1), np.float32)
        picture = Picture(pixels, "noise", (50, 40))
        self.bench.document.change_picture("Noise", picture, self.bench.document.conv)
        self.choose("lines")

    def choose(self, kind):
        with self.qtbot.waitSignal(self.training.task_changed):
            self.training.choose(chosen(kind))
        self.training.change_setup(epochs=100_000, learning_rate=1e-3)

    def process(self):
        helper = self.training._thread._process_steps._process
        return None if helper is None else helper._process

    def act(self):
        training = self.training
        actions = [
            training.play,
            training.pause,
            training.toggle,
            training.reset,
            training.step_once,
            lambda: training.change_setup(batch_size=self.random.choice([8, 16, 32])),
            lambda: self.choose(self.random.choice(["lines", "shapes", "denoise"])),
        ]
        self.random.choice(actions)()

    def wait(self):
        self.qtbot.wait(int(1000 * self.random.uniform(0, _LONGEST_WAIT)))

    def suffer(self):
        """Whatever the process is doing, it is killed or stopped."""
        process = self.process()
        if process is not None:
            process.send_signal(self.random.choice(_FAULTS))

    def goes_on(self):
        """Training can be begun and paused as ever."""
        training = self.training
        training.play()
        assert training.running
        steps = training.run.steps
        self.qtbot.waitUntil(lambda: training.run.steps > steps + 5)
        began = time.monotonic()
        training.pause()
        self.qtbot.waitUntil(lambda: not training.running)
        assert time.monotonic() - began < _PAUSE_SECONDS

    def is_where_it_would_be(self):
        """One process alone comes to the same numbers."""
        training = self.training
        training.reset()
        network = training.network
        training.play()
        self.suffer()
        self.wait()
        self.suffer()
        self.qtbot.waitUntil(lambda: training.run.steps > 20)
        training.pause()
        self.qtbot.waitUntil(lambda: not training.running)
        run = Run(training.task.trainer(network, training.setup), training.task.validation)
        for _ in range(training.run.steps):
            run.step()
        mine = training.run.newest.moment.parameters
        assert np.array_equal(mine, run.trainer.network.parameters)
        assert np.array_equal(training.curves.loss.since(0), run.log.curves.loss.since(0))

    def close(self):
        """In the middle of something, with a process that may be stopped."""
        self.training.play()
        self.wait()
        self.suffer()
        began = time.monotonic()
        self.bench.close()
        assert time.monotonic() - began < 2.0


def helpers():
    """The ids of all training processes that this one has started."""
    children = psutil.Process().children()
    return [child.pid for child in children if child.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("seed", [1, 2])
def test_kills_at_random_moments(qtbot, monkeypatch, part_of, seed):
    monkeypatch.setattr(process_steps, "AFTER", 0.0)
    monkeypatch.setattr(process_steps, "SILENCE", SILENCE)
    monkeypatch.setattr(process_steps, "WITHIN", 0.0)
    before, said = set(helpers()), []
    for life in range(max(1, part_of(KILLS) // 2 // LIVES)):
        learner = Learner(qtbot, 100 * seed + life)
        try:
            for _ in range(LIVES - 2):
                learner.act()
                learner.wait()
                learner.suffer()
                learner.act()
                learner.wait()
                learner.goes_on()
            learner.is_where_it_would_be()
        finally:
            learner.close()
        assert not set(helpers()) - before
        said += learner.said
        assert not learner.halts
    assert said
    assert all(sentence.startswith("The training process") for sentence in said)
