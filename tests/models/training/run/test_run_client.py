"""What runs is what the window says, whatever is ordered, and however late it is heard."""

import random
import threading

import pytest
from PySide6.QtCore import QCoreApplication

from playground.core.runs.run import Run
from playground.models.state.shown import Live

ORDERS, A_CHUNK = 10_000, 40


WAIT = threading.Event()


def at_work(training):
    """The run that the training side steps, or None."""
    thread = training._thread
    return thread._run.log.number if thread._has_work() else None


def says(training):
    """The run that runs by what the window says, or None."""
    return training.run.number if training.running else None


def agreed(qtbot, training):
    """Every order has been carried out and heard of, and both sides say the same."""
    qtbot.waitUntil(lambda: not training._thread._orders and at_work(training) == says(training))
    assert isinstance(training._document.shown, Live) or not training.running


@pytest.mark.parametrize("change", [{"optimizer": "sgd"}, {"batch_size": 8}])
def test_another_optimizer_or_batch_size_is_another_run_which_the_window_can_stop(
    qtbot, copying, change
):
    copying.change_setup(epochs=1000, learning_rate=1e-5)
    copying.play()
    first = copying.run
    optimizer = first.setup.optimizer
    copying.change_setup(**change)
    assert copying.run is not first
    assert copying.run.parent.run == first.number
    qtbot.waitUntil(lambda: copying.frame.step > 20)
    assert copying.running
    agreed(qtbot, copying)
    copying.change_setup(optimizer="rmsprop", batch_size=16)
    agreed(qtbot, copying)
    copying.pause()
    qtbot.waitUntil(lambda: not copying.running)
    agreed(qtbot, copying)
    assert first.setup.optimizer == optimizer


def test_started_again_and_played_at_once_it_runs(qtbot, copying):
    copying.change_setup(epochs=1000, learning_rate=1e-5)
    for _ in range(12):
        copying.play()
        qtbot.waitUntil(lambda: copying.frame.step > 2)
        copying.reset()
        copying.play()
        qtbot.waitUntil(lambda: copying.frame.step > 2)
        assert copying.running
        agreed(qtbot, copying)


class Orders:
    """Orders at random, none of which waits for the one before."""

    def __init__(self, bench, seed):
        self.bench, self.random = bench, random.Random(seed)
        training, timeline = bench.training, bench.timeline
        self.all = [
            training.play,
            training.play,
            training.pause,
            training.toggle,
            training.step_once,
            training.epoch_once,
            training.reset,
            lambda: training.reset(new_seed=True),
            lambda: training.change_setup(optimizer=self.one("sgd", "adam", "rmsprop")),
            lambda: training.change_setup(batch_size=self.one(1, 8, 64)),
            lambda: training.change_setup(learning_rate=self.one(0.0, 1e-4, 1e-2)),
            lambda: training.change_setup(epochs=self.one(1, 50)),
            lambda: training.set_pace(self.one(None, 3.0, 500.0)),
            lambda: training.freezing.set_kernel(0, 0, self.one(True, False)),
            lambda: timeline.show(self.random.randrange(40)),
            timeline.continue_from_here,
            self.edit,
            self.edit,
            bench.document.undo_stack.undo,
            bench.document.undo_stack.redo,
        ]

    def one(self, *of):
        return self.random.choice(of)

    def edit(self):
        self.bench.document.change_conv("Bias", self.nudged(self.bench.document.conv))

    def nudged(self, conv):
        from playground.core.kernels import bank

        return bank.set_bias(conv, 0, self.random.uniform(-1, 1))

    def give(self):
        self.random.choice(self.all)()


def test_ten_thousand_orders_against_a_slow_thread(qtbot, monkeypatch, bench, copying, part_of):
    step = Run.step

    def slow(run):
        WAIT.wait(0.001)
        return step(run)

    monkeypatch.setattr(Run, "step", slow)
    orders = Orders(bench, seed=8)
    for number in range(part_of(ORDERS)):
        orders.give()
        if orders.random.random() < 0.2:
            QCoreApplication.processEvents()
        if number % A_CHUNK == A_CHUNK - 1:
            agreed(qtbot, copying)
    copying.pause()
    agreed(qtbot, copying)
    assert not copying.running
    shown, session = bench.document.shown, bench.document.session
    assert shown.network == session.network or not isinstance(shown, Live)
