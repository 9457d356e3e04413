"""The thread that trains: steps while it may, and answers orders between two steps.

The window never waits for it and it never waits for the window: orders are left in a queue, and
a snapshot is made at most once a frame, and only when the last one has been taken.
"""

from __future__ import annotations

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
from playground.core.run_news import absorb, place_of
from playground.core.trainer import Moment
from playground.models.training.helped_steps import HelpedSteps
from playground.models.training.helper import LOOK
from playground.models.training.outgoing import Outgoing
from playground.models.training.snapshot import Snapshot
from playground.models.training.speed import Speed
from playground.models.training.wire import Load, News

log = logging.getLogger(__name__)

FRAME = 1 / 38
"""Seconds between two snapshots, at least."""

_PATIENCE = 5e-4

Order = Callable[["TrainingThread"], None]


class TrainingThread(QThread):
    """Runs one Run at a time. Every method but `run` is called from the window's thread."""

    ready = Signal()
    """A snapshot can be taken."""
    stopped = Signal(int, str)
    """The run has come to a halt: which `go_to` ends so, and why, in a sentence, or nothing."""

    told = Signal(str)
    """A sentence for the user that changes nothing in the run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self._wake = threading.Condition()
        self._orders: deque[Order] = deque()
        self._closing = False
        self._outgoing = Outgoing(self._wake)
        self.frame = FRAME
        """Seconds between two snapshots; the window may ask for more."""
        self.goes = 0
        """How often this was told where to go; `stopped` says which of these has ended."""
        # From here on the thread's own.
        self._run: Run | None = None
        self._number = 0
        self._goal = self._went = 0
        self._pace: float | None = None
        self._before: Moment | None = None
        self._due = 0.0
        self._next_step = 0.0
        self._speed = Speed()
        self._load: Load | None = None
        self._since = 0.0
        self._helped = HelpedSteps(self._wake, self.told.emit)
        self.helped = False
        """Whether another process does the steps just now."""
        if parent is not None:
            parent.destroyed.connect(partial(TrainingThread.close, self))

    def begin(self, run: Run, number: int, load: Load | None = None) -> None:
        """Take up `run`, called `number`, in place of any other; it waits for `go_to`.

        `load` is what another process needs to do its steps.
        """

        def order(thread: TrainingThread) -> None:
            thread._run, thread._number, thread._load = run, number, load
            thread._goal, thread._before = run.steps, None
            thread._outgoing.restart()
            thread._publish()

        self._give(order)

    def go_to(self, step: int, pace: float | None) -> None:
        """Step until `step` steps are done, at `pace` steps a second or as fast as may be."""
        self.goes += 1
        number = self.goes

        def order(thread: TrainingThread) -> None:
            thread._goal, thread._pace, thread._went = step, pace, number
            thread._next_step = thread._since = monotonic()
            thread._speed.restart()
            if not thread._has_work():
                thread._halt("")

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
                rests = not thread._has_work()
                change(thread._run)
                if rests:
                    # Gone back to an earlier step, it would else run off to its old goal.
                    thread._goal = thread._run.steps
                # What was changed counts from the next step on: the last one is of another run.
                thread._before = None
                thread._outgoing.cut(thread._run.curves)
                thread._publish()

        self._give(order)

    def take(self) -> Snapshot | None:
        """The newest snapshot, once."""
        return self._outgoing.take()

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
            while (deed := self._next()) is not None:
                self._do(deed)
        self._helped.close()

    def _do(self, deed: Order) -> None:
        """Carry out an order, or steps; where that fails the run halts and this thread goes on."""
        try:
            deed(self)
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

    def _next(self) -> Order | None:
        """What is to be done next, orders first; waits for it. None to end."""
        with self._wake:
            while not self._closing:
                if self._orders:
                    return self._orders.popleft()
                if not self._has_work():
                    self._wake.wait()
                    continue
                rest = self._next_step - monotonic() if self._pace else 0.0
                if rest <= 0:
                    return TrainingThread._step
                self._wake.wait(rest)
        return None

    def _has_work(self) -> bool:
        return self._run is not None and self._run.steps < self._goal

    def _step(self) -> None:
        self.helped = self._pace is None and self._can_be_helped()
        if self.helped:
            self._advance_helped()
        else:
            self._advance()

    def _advance(self) -> None:
        """One step, and a snapshot where one is due."""
        run, now = self._run, monotonic()
        assert run is not None
        last = run.steps + 1 >= self._goal
        due = last or (now >= self._due and self._outgoing.taken)
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

    def _can_be_helped(self) -> bool:
        return self._helped.ready_for(self._load, self._since)

    def _advance_helped(self) -> None:
        """Steps in the other process, up to the goal or an order; snapshots as they are due."""
        run = self._run
        assert run is not None
        self._helped.go(place_of(run), self._goal)
        try:
            while (news := self._next_news()) is not None:
                absorb(run, news.news)
                self._speed.count(news.news.steps)
                self._before = news.news.before
                if news.reason:
                    raise PlaygroundError(news.reason)
                if news.final:
                    break
                self._publish()
        finally:
            self._helped.let_go()
        if news is not None and not self._has_work():
            self._halt("")

    def _next_news(self) -> News | None:
        """The process's news: the last ones at an order, else when a snapshot is due.

        None where there will be none any more.
        """
        asked = halted = False
        while self._helped.stepping and not self._closing:
            self._helped.watch()
            with self._wake:
                halts = bool(self._orders) and not halted
                wanted = not asked and self._outgoing.taken
                rest = self._due - monotonic() if wanted else LOOK
                if not (self._helped.waiting or halts or self._closing or rest <= 0):
                    self._wake.wait(min(rest, LOOK))
                    continue
            if self._helped.waiting:
                if (news := self._helped.take()) is not None:
                    return news
            elif halts:
                halted = True
                self._helped.halt()
            elif wanted:
                asked, self._due = True, monotonic() + self.frame
                self._helped.ask()
        return None

    def _halt(self, reason: str) -> None:
        """Say that the run rests, whatever else may fail."""
        if self._run is not None:
            self._goal = self._run.steps
            try:
                self._publish()
            except Exception:
                log.exception("there is no snapshot of where training halts")
                reason = reason or self.tr("Training stopped; the log file has the details.")
        self.stopped.emit(self._went, reason)

    def _publish(self) -> None:
        run = self._run
        assert run is not None
        self._outgoing.put(run, self._number, self._before, self._speed.value, self._has_work())
        self.ready.emit()
