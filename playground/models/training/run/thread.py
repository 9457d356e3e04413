"""The thread that trains: steps while it may, and carries out orders between two steps.

The window never waits for it and it never waits for the window: orders are left in a queue, and
a report is made at most once a frame, and only when the last one has been taken.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from dataclasses import replace
from functools import partial
from time import monotonic, thread_time

from PySide6.QtCore import QObject, QThread, Signal
from shiboken6 import Shiboken
from threadpoolctl import threadpool_limits

from playground.core.errors import DivergedError, PlaygroundError
from playground.core.runs.frames import Frame
from playground.core.runs.run import EndKind, Run, RunEnd
from playground.core.runs.run_updates import RunUpdate, gain, stand_at, state_of
from playground.jobs.training_process.changes import Change, Edit, Freeze, Tune, change
from playground.jobs.training_process.messages import Load, Progress
from playground.models.guard import Guarded
from playground.models.training.run.orders import Begin, Go, Order, SetPace, Stop
from playground.models.training.run.process_steps import ProcessSteps
from playground.models.training.run.reports import (
    FRAME,
    REPORTING,
    REPORTING_ELSEWHERE,
    Report,
    Speed,
)
from playground.models.training.run.training_process import LOOK

log = logging.getLogger(__name__)

_PATIENCE = 5e-4


class TrainingThread(Guarded, QThread):
    """Steps one Run at a time. The window's thread calls `give`, `take` and `close`."""

    ready = Signal()
    """A report can be taken."""
    stopped = Signal(int, object)
    """The run has come to a halt: which Go ends so, and its RunEnd."""
    left = Signal(object)
    """The last Report of a run in place of which another has been taken up."""
    told = Signal(str)
    """A sentence for the user that changes nothing in the run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self._wake = threading.Condition()
        self._orders: deque[Order] = deque()
        self._report: Report | None = None
        self._closing = False
        self.frame = FRAME
        """Seconds between two reports; the window may ask for more."""
        # From here on the thread's own.
        self._run: Run | None = None
        self._load: Load | None = None
        self._goal = self._went = 0
        self._pace: float | None = None
        self._due = self._next_step = self._since = 0.0
        self._speed = Speed()
        self._process_steps = ProcessSteps(self._wake, self.told.emit)
        self.elsewhere = False
        """Whether another process does the steps just now."""
        if parent is not None:
            parent.destroyed.connect(partial(TrainingThread.close, self))

    def give(self, order: Order) -> None:
        """Let `order` be carried out between two steps; edits that still wait become one."""
        with self._wake:
            if self._closing:
                return
            last = self._orders[-1] if self._orders else None
            if isinstance(order, Edit) and isinstance(last, Edit) and last.run == order.run:
                self._orders[-1] = last.followed_by(order)
            else:
                self._orders.append(order)
            self._wake.notify()
        if not self.isRunning():
            self.start()

    def take(self) -> Report | None:
        """The newest report, once."""
        with self._wake:
            report, self._report = self._report, None
            self._wake.notify()
        return report

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
                pass
        self._process_steps.close()

    def _attend(self) -> bool:
        """Carry out the next order, or step; whatever fails halts the run. False to end."""
        with self._wake:
            while not (self._closing or self._orders or self._has_work()):
                self._wake.wait()
            if self._closing:
                return False
            order = self._orders.popleft() if self._orders else None
            rest = self._next_step - monotonic() if self._pace else 0.0
            if order is None and rest > 0:
                self._wake.wait(rest)
                return True
        try:
            if order is not None:
                self._carry_out(order)
            else:
                self._step()
        except DivergedError as error:
            self._halt("diverged", str(error))
        except PlaygroundError as error:
            self._halt("stopped", str(error))
        except MemoryError:
            self._halt("stopped", self.tr("There is not enough memory to train this network."))
        except Exception:
            log.exception("training failed")
            self._halt("stopped", self.tr("Training stopped; the log file has the details."))
        return True

    def _carry_out(self, order: Order) -> None:
        if isinstance(order, Begin):
            before = self._run
            self._run, self._load, self._goal = order.taken_up, order.load, order.taken_up.steps
            self._publish()
            if before is not None and before is not order.taken_up:
                self.left.emit(Report(before.log.number, before.frame(), 0.0, running=False))
            return
        run = self._run
        if run is None or order.run != run.log.number:
            return
        match order:
            case Go():
                self._goal, self._pace, self._went = order.until, order.pace, order.go
                run.set_off()
                self._next_step = self._since = monotonic()
                self._speed.restart()
                if not self._has_work():
                    self._halt()
            case SetPace():
                self._pace, self._next_step = order.pace, monotonic()
            case Stop():
                self._halt()
            case _:
                change(run, order)
                self._publish()

    def _has_work(self) -> bool:
        run = self._run
        return run is not None and run.steps < self._goal and not run.found

    def _step(self) -> None:
        self.elsewhere = self._pace is None and self._process_steps.ready_for(
            self._load, self._since
        )
        if self.elsewhere:
            self._advance_elsewhere()
        else:
            self._advance()

    def _advance(self) -> None:
        """One step, and a report where one is due."""
        run, now = self._run, monotonic()
        assert run is not None
        run.step()
        self._speed.count()
        if self._pace:
            self._next_step = max(self._next_step + 1 / self._pace, now - 1 / self._pace)
        if not self._has_work():
            self._halt()
        elif now >= self._due and self._report is None:
            began, self._due = thread_time(), now + self.frame
            self._publish()
            self._pace_reports(0.0, thread_time() - began)

    def _advance_elsewhere(self) -> None:
        """Steps in the other process, up to the goal or an order; reports as they are due."""
        run = self._run
        assert run is not None
        self._process_steps.go(state_of(run), self._goal)
        sent: deque[Change] = deque()
        last: RunUpdate | None = None
        try:
            while (progress := self._next_progress(run, sent)) is not None:
                began, last = thread_time(), progress.update
                gain(run, last)
                while sent and last.frame.revision >= sent[0].revision:
                    change(run, sent.popleft())
                self._speed.count(last.steps)
                if progress.reason:
                    raise (DivergedError if progress.diverged else PlaygroundError)(progress.reason)
                if progress.final:
                    break
                self._publish(replace(last.frame, learns=run.trainer.network.mask()))
                self._pace_reports(thread_time() - began, progress.seconds)
        finally:
            self._process_steps.let_go()
            if last is not None:
                stand_at(run, last)
            for each in sent:
                # Whatever became of the process, what was changed by hand is changed.
                change(run, each)
        if progress is not None and not self._has_work():
            self._halt()

    def _next_progress(self, run: Run, sent: deque[Change]) -> Progress | None:
        """How far the process is: where it stops at an order, else when a report is due.

        Changes by hand go on to the process, and to `sent`. None where nothing will be told.
        """
        asked = halted = False
        while self._process_steps.stepping and not self._closing:
            self._process_steps.watch()
            with self._wake:
                order = None if halted or not self._orders else self._orders[0]
                wanted = not asked and self._report is None
                rest = self._due - monotonic() if wanted else LOOK
                if not (self._process_steps.waiting or order or self._closing or rest <= 0):
                    self._wake.wait(min(rest, LOOK))
                    continue
                if isinstance(order, Edit | Freeze | Tune):
                    self._orders.popleft()
            if isinstance(order, Edit | Freeze | Tune):
                if order.run == run.log.number:
                    sent.append(order)
                    self._process_steps.send(order)
            elif self._process_steps.waiting:
                if (progress := self._process_steps.take()) is not None:
                    return progress
            elif order is not None:
                halted = True
                self._process_steps.halt()
            elif wanted:
                asked, self._due = True, monotonic() + self.frame
                self._process_steps.ask(run.log.history.spacing)
        return None

    def _pace_reports(self, here: float, where_it_steps: float) -> None:
        """Let the next report wait, so that reports of this cost take a small share of the time.

        Seconds that a report took this thread, and whoever does the steps.
        """
        wait = max(here / REPORTING_ELSEWHERE, where_it_steps / REPORTING)
        self._due += max(0.0, wait - self.frame)

    def _halt(self, kind: EndKind = "paused", reason: str = "") -> None:
        """Say that the run rests, whatever else may fail."""
        run = self._run
        if run is not None:
            self._goal = run.steps
            try:
                run.keep()
                self._publish()
            except Exception:
                log.exception("there is no frame of where training halts")
                kind = "stopped"
                reason = reason or self.tr("Training stopped; the log file has the details.")
        step, revision = (0, 0) if run is None else (run.steps, run.revision)
        self.stopped.emit(self._went, RunEnd(kind, step, revision, reason))

    def _publish(self, frame: Frame | None = None) -> None:
        """Report `frame`, or else the run as it is here."""
        run = self._run
        assert run is not None
        shown = run.frame() if frame is None else frame
        report = Report(run.log.number, shown, self._speed.value, self._has_work())
        with self._wake:
            self._report = report
        self.ready.emit()
