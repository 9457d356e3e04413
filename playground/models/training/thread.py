"""The thread that trains: steps while it may, and answers orders between two steps.

The window never waits for it and it never waits for the window: orders are left in a queue, and
a snapshot is made at most once a frame, and only when the last one has been taken.
"""

from __future__ import annotations

import copy
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal
from shiboken6 import Shiboken
from threadpoolctl import threadpool_limits

from playground.core.errors import PlaygroundError
from playground.core.run import Run
from playground.core.trainer import Moment
from playground.models.training.snapshot import CurveTail, Snapshot

log = logging.getLogger(__name__)

FRAME = 1 / 45
"""Seconds between two snapshots, at least."""

_PATIENCE = 5e-4

Order = Callable[["TrainingThread"], None]


class TrainingThread(QThread):
    """Runs one Run at a time. Every method but `run` is called from the window's thread."""

    ready = Signal()
    """A snapshot can be taken."""
    stopped = Signal(str)
    """The run has come to a halt: why, in a sentence, or nothing where it was told to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self._wake = threading.Condition()
        self._orders: deque[Order] = deque()
        self._closing = False
        self._snapshot: Snapshot | None = None
        self.frame = FRAME
        """Seconds between two snapshots; the window may ask for more."""
        # From here on the thread's own.
        self._run: Run | None = None
        self._number = 0
        self._goal = 0
        self._pace: float | None = None
        self._before: Moment | None = None
        self._sent = (0, 0)
        self._due = 0.0
        self._next_step = 0.0
        self._speed = _Speed()
        if parent is not None:
            parent.destroyed.connect(partial(TrainingThread.close, self))

    def begin(self, run: Run, number: int) -> None:
        """Take up `run`, called `number`, in place of any other; it waits for `go_to`."""

        def order(thread: TrainingThread) -> None:
            thread._run, thread._number = run, number
            thread._goal, thread._before, thread._sent = run.steps, None, (0, 0)
            thread._publish()

        self._give(order)

    def go_to(self, step: int, pace: float | None) -> None:
        """Step until `step` steps are done, at `pace` steps a second or as fast as may be."""

        def order(thread: TrainingThread) -> None:
            thread._goal, thread._pace = step, pace
            thread._next_step = monotonic()
            thread._speed.restart()

        self._give(order)

    def pause(self) -> None:
        """Stop after the step that is under way."""

        def order(thread: TrainingThread) -> None:
            if thread._run is not None:
                thread._goal = min(thread._goal, thread._run.steps)
                thread._halt("")

        self._give(order)

    def change(self, change: Callable[[Run], None]) -> None:
        """Do `change` to the run between two steps, and show what came of it."""

        def order(thread: TrainingThread) -> None:
            if thread._run is not None:
                waits = not thread._has_work()
                change(thread._run)
                if waits:  # a run that went back has steps before it again, but nobody asked
                    thread._goal = thread._run.steps
                sent, validated = thread._sent
                curves = thread._run.curves
                thread._sent = (
                    min(sent, len(curves.loss)),
                    min(validated, len(curves.validation_step)),
                )
                thread._publish()

        self._give(order)

    def take(self) -> Snapshot | None:
        """The newest snapshot, once."""
        with self._wake:
            snapshot, self._snapshot = self._snapshot, None
            self._wake.notify()
        return snapshot

    def close(self, _owner: object = None) -> None:
        """End after the step that is under way, and wait for it."""
        with self._wake:
            self._closing = True
            self._orders.clear()
            self._wake.notify()
        if Shiboken.isValid(self):
            self.wait()

    def run(self) -> None:
        # Between two operations of NumPy this thread needs Python for microseconds only; it shall
        # not wait for the window's thread for the five milliseconds that are usual.
        sys.setswitchinterval(_PATIENCE)
        # One core for the numbers, one for the window: faster for both than sharing two.
        with threadpool_limits(1, "blas"):
            while self._attend():
                try:
                    self._advance()
                except PlaygroundError as error:
                    self._halt(str(error))
                except MemoryError:
                    self._halt(self.tr("There is not enough memory to train this network."))
                except Exception:
                    log.exception("training failed")
                    self._halt(self.tr("Training stopped; the log file has the details."))

    def _give(self, order: Order) -> None:
        with self._wake:
            if self._closing:
                return
            self._orders.append(order)
            self._wake.notify()
        if not self.isRunning():
            self.start()

    def _attend(self) -> bool:
        """Carry out what was ordered; wait where there is nothing to do. False to end."""
        while True:
            with self._wake:
                if self._closing:
                    return False
                if not self._orders:
                    if self._has_work():
                        rest = self._next_step - monotonic() if self._pace else 0.0
                        if rest <= 0:
                            return True
                        self._wake.wait(rest)
                    else:
                        self._wake.wait()
                    continue
                order = self._orders.popleft()
            order(self)

    def _has_work(self) -> bool:
        return self._run is not None and self._run.steps < self._goal

    def _advance(self) -> None:
        """One step, and a snapshot where one is due."""
        run, now = self._run, monotonic()
        assert run is not None
        last = run.steps + 1 >= self._goal
        due = last or (now >= self._due and self._snapshot is None)
        if due:
            self._before = run.trainer.moment()
        run.step()
        self._speed.count()
        if self._pace:
            self._next_step = max(self._next_step + 1 / self._pace, now - 1 / self._pace)
        if due:
            self._due = now + self.frame
            self._publish()
        if last:
            self._halt("")

    def _halt(self, reason: str) -> None:
        run = self._run
        if run is None:
            return
        self._goal = run.steps
        self._publish()
        self.stopped.emit(reason)

    def _publish(self) -> None:
        run = self._run
        assert run is not None
        before, steps = self._before, run.steps
        start, validated = self._sent
        with self._wake:
            if self._snapshot is not None and self._snapshot.run == self._number:
                # The window has not taken the last one: its news go into this one.
                start = min(start, self._snapshot.tail.start)
                validated = min(validated, self._snapshot.tail.validation_start)
        curves = run.curves
        tail = CurveTail(
            start,
            curves.loss.since(start),
            curves.accuracy.since(start),
            validated,
            curves.validation_step.since(validated),
            curves.validation_loss.since(validated),
            curves.validation_accuracy.since(validated),
        )
        network = run.trainer.network
        optimizer = copy.deepcopy(run.trainer.optimizer)
        coming = optimizer.change(network.gradients, network.parameters)
        snapshot = Snapshot(
            self._number,
            steps,
            steps // run.trainer.steps_per_epoch,
            self._speed.value,
            run.trainer.optimizer.rate,
            tuple(network.weights),
            tuple(network.unpacked(network.gradients)),
            tuple(network.unpacked(coming)),
            before if before is not None and before.step == steps - 1 else None,
            tail,
            tuple(moment.step for moment in run.history.moments),
            self._has_work(),
        )
        self._sent = len(curves.loss), len(curves.validation_step)
        with self._wake:
            self._snapshot = snapshot
        self.ready.emit()


class _Speed:
    """Steps a second, over the last second or so."""

    def __init__(self) -> None:
        self.value = 0.0
        self.restart()

    def restart(self) -> None:
        self._began, self._steps = monotonic(), 0

    def count(self) -> None:
        self._steps += 1
        passed = monotonic() - self._began
        if passed >= 0.5:
            self.value = self._steps / passed
            self.restart()
