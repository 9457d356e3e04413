"""Steps that the training process does for the training thread, once a run is worth it.

Whatever becomes of the process, nothing is lost: the thread goes on from what was told last,
another process is started, and the user is told. One that ends again and again is given up.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from threading import Condition
from time import monotonic

from PySide6.QtCore import QCoreApplication

from playground.core.runs.run_updates import RunState
from playground.jobs.training_process.messages import Ended, Go, Halt, Load, Progress, Ready, Tell
from playground.models.training.run.training_process import TrainingProcess

log = logging.getLogger(__name__)

AFTER = 0.3
"""Seconds that a run must last before a process is asked."""

SILENCE = 3.0
"""Seconds without a sign of life after which a process is taken for stuck."""

START_SECONDS = 30.0
"""The same while it starts: a slow disk is no fault, and nobody waits for it."""

MOST_ENDS, WITHIN = 3, 60.0
"""After so many ends within so many seconds there is no other process."""

_MOST_BYTES = 1 << 30
"""Examples that need more room than this are not kept twice."""


class ProcessSteps:
    """Belongs to the training thread.

    `wake` is notified when there is a message, and `tell` is given sentences for the user.
    """

    def __init__(self, wake: Condition, tell: Callable[[str], None]) -> None:
        self._wake, self._tell = wake, tell
        self._process: TrainingProcess | None = None
        self._failed = False
        self._ready = False
        self._asked = self._loaded = self._goes = 0
        self._ends: deque[float] = deque(maxlen=MOST_ENDS)
        self.stepping = False
        """Whether the process has been told to step, and its last message is to come."""

    @property
    def waiting(self) -> bool:
        """Whether there is a message."""
        return self._process is not None and self._process.waiting

    def ready_for(self, load: Load | None, since: float) -> bool:
        """Whether the process has loaded this run, which steps `since` then; it is asked to."""
        if load is None or self._failed or _size(load) > _MOST_BYTES:
            return False
        if self._process is None:
            if monotonic() - since >= AFTER:
                self._start()
            return False
        while self.waiting:
            self.take()
        self.watch()
        if self._process is not None and self._ready and self._asked != load.run:
            self._asked = load.run
            self._process.send(replace(load, task=load.task.for_training()))
        return self._process is not None and self._loaded == load.run

    def go(self, state: RunState, goal: int) -> None:
        """Step from `state` on to `goal`, or until halted."""
        self.stepping = True
        self._goes += 1
        self.send(Go(state, goal, self._goes))

    def ask(self, spacing: int) -> None:
        """Have it tell where it is after the next step; then it keeps every `spacing`-th frame."""
        self.send(Tell(spacing))

    def halt(self) -> None:
        """Stop after the present step, and tell where that is."""
        self.send(Halt())

    def let_go(self) -> None:
        """Hear no more of the present steps, which are stopped if they are still done."""
        if self.stepping:
            self.stepping = False
            self.halt()

    def take(self) -> Progress | None:
        """The next progress; None for other messages, and where the process has ended."""
        if self._process is None:
            return None
        message = self._process.take()
        match message:
            case Progress() if message.number == self._goes and self.stepping:
                self.stepping = not message.final
                return message
            case Ready(run):
                self._ready, self._loaded = True, run
            case Ended(reason):
                log.error("the training process has ended: %s", reason or "no reason given")
                self._replace(_tr("The training process ended unexpectedly;"))
        return None

    def watch(self) -> None:
        """Replace a process that has been silent for too long."""
        patience = SILENCE if self._ready else START_SECONDS
        if self._process is not None and self._process.silence() > patience:
            log.error("the training process has not answered for %g s", patience)
            self._replace(_tr("The training process did not answer and was ended;"))

    def close(self) -> None:
        """End the process; there will be no other."""
        self._failed = True
        self._end()

    def _replace(self, what: str) -> None:
        """Start another process in place of one that is of no use, and tell the user."""
        self._end()
        now = monotonic()
        self._ends.append(now)
        if len(self._ends) == MOST_ENDS and now - self._ends[0] < WITHIN:
            log.error("it has ended %d times: training goes on without it", MOST_ENDS)
            self._failed = True
        else:
            self._start()
        if self._failed:
            self._tell(f"{what} {_tr('training goes on without one, more slowly.')}")
        else:
            self._tell(f"{what} {_tr('training goes on, and another one was started.')}")

    def _start(self) -> None:
        try:
            self._process = TrainingProcess(self._notify)
        except (OSError, RuntimeError) as error:
            log.error("no training process can be started: %s", error)
            self._failed = True

    def _end(self) -> None:
        helper, self._process = self._process, None
        self.stepping = self._ready = False
        self._asked = self._loaded = 0
        if helper is not None:
            helper.close()

    def send(self, message: object) -> None:
        """Tell the process something, where there is one."""
        if self._process is not None:
            self._process.send(message)

    def _notify(self) -> None:
        with self._wake:
            self._wake.notify()


def _size(load: Load) -> int:
    return load.task.inputs.nbytes + load.task.targets.nbytes


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProcessSteps", text)
